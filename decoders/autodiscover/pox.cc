#include "decoders/autodiscover/pox.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "decoders/answer_origin.h"
#include "decoders/ascii.h"
#include "decoders/body.h"
#include "decoders/free_text.h"
#include "decoders/secret_query.h"
#include "decoders/url_parts.h"
#include "decoders/xml.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxProtocols = 32;
constexpr std::size_t kMaxUrls = 64;
constexpr std::size_t kMaxUrlElements = 1024;

// Fields that only Exchange's front and back ends send.
constexpr std::array<std::string_view, 10> kExchangeFields = {
    "X-FEServer",     "X-BEServer",           "X-CalculatedBETarget",
    "X-DiagInfo",     "X-CalculatedFETarget", "X-AutoDiscovery-Error",
    "X-SOAP-Enabled", "X-WSSecurity-Enabled", "X-OWA-Version",
    "X-MailboxGuid"};

// What a hoster offers that has no Exchange.
constexpr std::array<std::string_view, 4> kPlainMail = {"IMAP", "POP3", "POP", "SMTP"};

bool is_plain_mail(std::string_view type) {
  return std::any_of(kPlainMail.begin(), kPlainMail.end(),
                     [&](std::string_view name) { return equal_ignoring_case(name, type); });
}

bool has_exchange_field(const Head& head) {
  return std::any_of(kExchangeFields.begin(), kExchangeFields.end(),
                     [&](std::string_view name) { return head.find(name).has_value(); });
}

bool speaks_of_mobilesync(std::string_view schema) {
  return find_ignoring_case(schema, "mobilesync") != std::string_view::npos;
}

void state_flavour(bool mobilesync, Facts& facts) {
  if (facts.has(fact::kAutodiscoverFlavour)) return;
  facts.add(fact::kAutodiscoverFlavour, mobilesync ? "mobilesync" : "outlook");
}

void decode_request(const Message& request, Facts& facts) {
  if (request.head.find("X-MapiHttpCapability")) {
    facts.add(fact::kAutodiscoverRequestMapiHttp, true);
  }
  const DecodedBody body(request);
  if (!body.error().empty()) facts.add(fact::kDecodePoxError, "request: " + body.error());
  if (body.empty()) return;
  const XmlDocument document(body.text());
  if (!document.ok()) facts.add(fact::kDecodePoxError, "request: " + document.error());
  const XmlNode asked = document.find("Request");
  if (!asked) return;
  const std::string schema = asked.text_of("AcceptableResponseSchema");
  facts.add_if(fact::kAutodiscoverRequestEmail, asked.text_of("EMailAddress"));
  facts.add_if(fact::kAutodiscoverRequestLegacyDn, asked.text_of("LegacyDN"));
  facts.add_if(fact::kAutodiscoverRequestSchema, schema);
  state_flavour(speaks_of_mobilesync(schema) || speaks_of_mobilesync(asked.namespace_uri()), facts);
}

void state_error(XmlNode error, Facts& facts) {
  if (const auto code = whole_number(error.text_of("ErrorCode"))) {
    facts.add(fact::kAutodiscoverErrorCode, *code);
  }
  if (const auto status = whole_number(error.text_of("Status"))) {
    facts.add(fact::kAutodiscoverErrorStatus, *status);
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
  std::vector<std::string> seen;
  std::size_t looked_at = 0;
  for (XmlNode at = response.following(response);
       at && looked_at < kMaxUrlElements && seen.size() < kMaxUrls;
       at = at.following(response), ++looked_at) {
    const std::string_view name = at.name();
    if (name.find("Url") != std::string_view::npos && name != "RedirectUrl") {
      const std::string url = at.text();
      if (starts_with_ignoring_case(url, "http")) {
        std::string stated = std::string(name) + "=" + shown_url(url);
        if (std::find(seen.begin(), seen.end(), stated) == seen.end()) {
          facts.add(fact::kAutodiscoverUrl, stated);
          seen.push_back(std::move(stated));
        }
      }
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

// What a sound answer says; what the document shows of who wrote it.
std::string_view decode_document(std::string_view text, Facts& facts) {
  const XmlDocument document(text);
  const XmlNode root = document.root();
  if (root.name() != "Autodiscover") {
    if (!document.ok()) facts.add(fact::kDecodePoxError, "answer: " + document.error());
    return equal_ignoring_case(root.name(), "html") ? "web_site" : "other";
  }
  if (!document.ok()) facts.add(fact::kDecodePoxError, "answer: " + document.error());
  const XmlNode response = root.child("Response");
  state_flavour(speaks_of_mobilesync(response.namespace_uri()), facts);
  if (const XmlNode error = response.find("Error")) state_error(error, facts);
  state_user_and_action(response, facts);
  state_protocols(response, facts);
  state_urls(response, facts);
  return offers_only_plain_mail(response) ? "other" : "exchange";
}

bool is_html(const Message& answer, std::string_view text) {
  return begins_as_html(text) || equal_ignoring_case(mime_type(answer), "text/html");
}

void decode_answer(const Message& answer, Facts& facts) {
  const DecodedBody body(answer);
  if (!body.error().empty()) facts.add(fact::kDecodePoxError, "answer: " + body.error());
  const std::uint16_t status = answer.head.status;
  const bool html = is_html(answer, body.text());
  std::string_view answered_by;
  if (!html && begins_as_xml(body.text())) answered_by = decode_document(body.text(), facts);
  if (answered_by != "exchange" && has_exchange_field(answer.head)) answered_by = "exchange";
  if (answered_by.empty()) {
    const bool refused = status == 403 || status == 404 || status == 405 || status == 410;
    if (html && (status == 200 || refused)) answered_by = "web_site";
    if (!html && status == 200 && answer.complete) answered_by = "other";
  }
  facts.add_if(fact::kAutodiscoverAnsweredBy, answered_by);
}

bool recognises(const Exchange& exchange) {
  return is_pox_path(path_of(exchange.request.head.target()));
}

void decode_exchange(const Exchange& exchange, Facts& facts) {
  facts.add(fact::kAutodiscoverPath, true);
  decode_request(exchange.request, facts);
  if (has_server_answer(exchange)) decode_answer(exchange.answer, facts);
}

constexpr const FactSpec* kEmits[] = {
    &fact::kAutodiscoverPath,
    &fact::kAutodiscoverFlavour,
    &fact::kAutodiscoverAnsweredBy,
    &fact::kAutodiscoverRequestEmail,
    &fact::kAutodiscoverRequestLegacyDn,
    &fact::kAutodiscoverRequestSchema,
    &fact::kAutodiscoverRequestMapiHttp,
    &fact::kAutodiscoverResponseAction,
    &fact::kAutodiscoverRedirectAddress,
    &fact::kAutodiscoverRedirectUrl,
    &fact::kAutodiscoverErrorCode,
    &fact::kAutodiscoverErrorMessage,
    &fact::kAutodiscoverErrorTime,
    &fact::kAutodiscoverErrorId,
    &fact::kAutodiscoverErrorStatus,
    &fact::kAutodiscoverSmtpAddress,
    &fact::kAutodiscoverLegacyDn,
    &fact::kAutodiscoverDisplayName,
    &fact::kAutodiscoverMicrosoftOnline,
    &fact::kAutodiscoverProtocolType,
    &fact::kAutodiscoverProtocolServer,
    &fact::kAutodiscoverProtocolAuthPackage,
    &fact::kAutodiscoverProtocolEwsUrl,
    &fact::kAutodiscoverProtocolSummary,
    &fact::kAutodiscoverUrl,
    &fact::kDecodePoxError,
};

}  // namespace

bool is_pox_path(std::string_view path) { return ends_with_lower(path, "/autodiscover.xml"); }

constinit const Decoder kPoxDecoder{"pox", kEmits, recognises, decode_exchange};

}  // namespace exotap
