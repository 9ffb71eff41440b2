#include "decoders/autodiscover/pox_answer.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "decoders/answer_failure.h"
#include "decoders/autodiscover/offered_urls.h"
#include "decoders/autodiscover/pox.h"
#include "decoders/free_text.h"
#include "decoders/secret_query.h"
#include "decoders/url_parts.h"

namespace exotap {
namespace {

// What a hoster offers that has no Exchange.
constexpr std::array<std::string_view, 4> kPlainMail = {"IMAP", "POP3", "POP", "SMTP"};

bool is_plain_mail(std::string_view type) {
  return std::any_of(kPlainMail.begin(), kPlainMail.end(),
                     [&](std::string_view name) { return equal_ignoring_case(name, type); });
}

void state_error(XmlNode error, bool success, Facts& facts) {
  const auto code = whole_number(error.text_of("ErrorCode"));
  const auto status = whole_number(error.text_of("Status"));
  if (code) facts.add(fact::kAutodiscoverErrorCode, *code);
  if (status) facts.add(fact::kAutodiscoverErrorStatus, *status);
  if (success) {
    std::string words = "Autodiscover error";
    if (code) {
      words.append(" ").append(std::to_string(*code));
    } else if (status) {
      words.append(", ActiveSync status ").append(std::to_string(*status));
    }
    facts.add(kAnswerFailure, words);
  }
  facts.add_if(fact::kAutodiscoverErrorMessage, sentence(error.text_of("Message")));
  facts.add_if(fact::kAutodiscoverErrorTime, error.attribute("Time"));
  facts.add_if(fact::kAutodiscoverErrorId, error.attribute("Id"));
}

// Outlook's flavour says the action as a text, ActiveSync's as an element inside.
std::string action_of(XmlNode action) {
  if (action.child("Settings")) return "settings";
  if (action.child("Redirect") || action.child("RedirectAddr")) return "redirectAddr";
  if (action.child("RedirectUrl")) return "redirectUrl";
  return action.text();
}

void state_user_and_action(XmlNode response, Facts& facts) {
  const XmlNode user = response.child("User");
  facts.add_if(fact::kAutodiscoverDisplayName, user.text_of("DisplayName"));
  facts.add_if(fact::kAutodiscoverLegacyDn, user.text_of("LegacyDN"));
  const std::string address = user.text_of("AutoDiscoverSMTPAddress");
  facts.add_if(fact::kAutodiscoverSmtpAddress,
               address.empty() ? user.text_of("EMailAddress") : address);

  facts.add_if(fact::kAutodiscoverResponseAction, action_of(response.find("Action")));
  XmlNode redirect = response.find("RedirectAddr");
  if (!redirect) redirect = response.find("Redirect");
  facts.add_if(fact::kAutodiscoverRedirectAddress, redirect.text());
  facts.add_if(fact::kAutodiscoverRedirectUrl, shown_url(response.find("RedirectUrl").text()));
  facts.add_if(fact::kAutodiscoverMicrosoftOnline, response.find("MicrosoftOnline").text());
}

// mapiHttp names its type in an attribute, all others in a child.
std::string type_of(XmlNode protocol) {
  std::string type = protocol.text_of("Type");
  return type.empty() ? protocol.attribute("Type") : type;
}

void state_protocol(XmlNode protocol, Facts& facts) {
  const std::string type = type_of(protocol);
  const std::string server = protocol.text_of("Server");
  const std::string auth = protocol.text_of("AuthPackage");
  facts.add_if(fact::kAutodiscoverProtocolType, type);
  facts.add_if(fact::kAutodiscoverProtocolServer, server);
  facts.add_if(fact::kAutodiscoverProtocolAuthPackage, auth);
  facts.add_if(fact::kAutodiscoverProtocolEwsUrl, shown_url(protocol.text_of("EwsUrl")));
  std::string summary = type.empty() ? "?" : type;
  if (!server.empty()) summary.append(" server=").append(server);
  if (!auth.empty()) summary.append(" auth=").append(auth);
  facts.add(fact::kAutodiscoverProtocolSummary, summary);
}

// Elements whose text is a URL: EwsUrl, EcpUrl-um, OWAUrl, InternalUrl, and ActiveSync's Url.
void state_urls(XmlNode response, Facts& facts) {
  OfferedUrls urls(facts);
  std::size_t looked_at = 0;
  for (XmlNode at = response.following(response); at && looked_at < kMaxUrlElements && !urls.full();
       at = at.following(response), ++looked_at) {
    const std::string_view name = at.name();
    if (name.find("Url") != std::string_view::npos && name != "RedirectUrl") {
      urls.add(name, at.text());
    }
  }
}

void state_protocols(XmlNode response, Facts& facts) {
  std::size_t count = 0;
  for (const XmlNode protocol : response.all("Protocol")) {
    if (count++ == kMaxProtocols) break;
    state_protocol(protocol, facts);
  }
  for (const XmlNode server : response.find("Settings").children("Server")) {
    if (count++ >= kMaxProtocols) break;
    facts.add_if(fact::kAutodiscoverProtocolType, server.text_of("Type"));
  }
}

bool offers_only_plain_mail(XmlNode response) {
  const std::vector<XmlNode> protocols = response.all("Protocol");
  return !protocols.empty() &&
         std::all_of(protocols.begin(), protocols.end(),
                     [](XmlNode protocol) { return is_plain_mail(type_of(protocol)); });
}

// X-MapiHttpCapability asks for it; an answer for ActiveSync or about an error has no say in it.
void state_mapi_http(XmlNode response, Facts& facts) {
  const std::vector<XmlNode> protocols = response.all("Protocol");
  if (protocols.empty() || offers_only_plain_mail(response)) return;
  facts.add(fact::kAutodiscoverMapiHttp,
            std::any_of(protocols.begin(), protocols.end(), [](XmlNode protocol) {
              return equal_ignoring_case(type_of(protocol), "mapiHttp");
            }));
}

void state_alternate_mailboxes(XmlNode response, Facts& facts) {
  std::size_t count = 0;
  for (const XmlNode mailbox : response.all("AlternativeMailbox")) {
    if (count++ == kMaxAlternateMailboxes) break;
    facts.add_if(fact::kAutodiscoverAlternateMailbox, sentence(mailbox.text_of("Type")));
  }
}

}  // namespace

bool speaks_of_mobilesync(std::string_view schema) {
  return find_ignoring_case(schema, "mobilesync") != std::string_view::npos;
}

AnswerKind state_pox_answer(XmlNode response, bool success, Facts& facts) {
  if (const XmlNode error = response.find("Error")) state_error(error, success, facts);
  state_user_and_action(response, facts);
  state_protocols(response, facts);
  state_mapi_http(response, facts);
  state_alternate_mailboxes(response, facts);
  state_urls(response, facts);
  return offers_only_plain_mail(response) ? AnswerKind::plain_mail : AnswerKind::discovery;
}

}  // namespace exotap
