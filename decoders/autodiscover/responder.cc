#include "decoders/autodiscover/responder.h"

#include <algorithm>
#include <array>
#include <string>

#include "decoders/answer_failure.h"
#include "decoders/autodiscover/discovery_facts.h"
#include "decoders/autodiscover/responder_marks.h"
#include "decoders/body.h"
#include "decoders/url_parts.h"

namespace exotap {
namespace {

constexpr std::array<std::string_view, 10> kExchangeFields = {
    "X-FEServer",     "X-BEServer",           "X-CalculatedBETarget",
    "X-DiagInfo",     "X-CalculatedFETarget", "X-AutoDiscovery-Error",
    "X-SOAP-Enabled", "X-WSSecurity-Enabled", "X-OWA-Version",
    "X-MailboxGuid"};

// "Network Authentication Required": a portal's own status (RFC 6585 section 6).
constexpr std::uint16_t kPortalStatus = 511;

bool is_redirect(std::uint16_t status) { return status >= 301 && status <= 308; }

// What a server says that wants nothing to do with the path.
bool is_refusal(std::uint16_t status) {
  return status == 403 || status == 404 || status == 405 || status == 410;
}

std::string_view judged(const Message& answer, AnswerKind kind) {
  const std::uint16_t status = answer.head.status;
  if (kind == AnswerKind::discovery || has_exchange_field(answer.head)) return "exchange";
  if (kind == AnswerKind::plain_mail) return "other";
  if (status == kPortalStatus) return "web_site";
  if (kind == AnswerKind::web_page) {
    return status == 200 || is_refusal(status) ? "web_site" : "";
  }
  return kind == AnswerKind::foreign && status == 200 ? "other" : "";
}

void state_failure(AnswerKind kind, std::string_view product, Facts& facts) {
  std::string words;
  if (kind == AnswerKind::web_page) {
    words = "a web page instead of an Autodiscover answer";
  } else if (kind == AnswerKind::foreign) {
    words = "no Autodiscover answer";
  } else {
    return;
  }
  if (!product.empty()) words.append(" (").append(product).append(")");
  facts.add(kAnswerFailure, words);
}

}  // namespace

bool has_exchange_field(const Head& head) {
  return std::any_of(kExchangeFields.begin(), kExchangeFields.end(),
                     [&](std::string_view name) { return head.find(name).has_value(); });
}

bool is_html_type(const Message& answer) {
  return equal_ignoring_case(mime_type(answer), "text/html");
}

bool is_web_page(const Message& answer, std::string_view text) {
  if (begins_as_html(text)) return true;
  return is_html_type(answer) && !begins_as_xml(text) && !text.starts_with('{');
}

std::string_view responder_of(const Head& head, std::string_view text, AnswerKind kind) {
  if (head.status == kPortalStatus) return "captive_portal";
  if (const std::string_view by_head = product_by_head(head); !by_head.empty()) return by_head;
  const bool readable = kind == AnswerKind::web_page || kind == AnswerKind::plain_mail;
  if (readable) {
    const std::string_view by_page = product_by_page(text.substr(0, kMaxSearchedPage));
    if (!by_page.empty()) return by_page;
  }
  if (kind == AnswerKind::plain_mail) return "mail_panel";
  return server_by_head(head);
}

void state_responder(const Message& answer, std::string_view text, AnswerKind kind, Facts& facts) {
  const std::string_view by = judged(answer, kind);
  facts.add_if(fact::kAutodiscoverAnsweredBy, by);
  const std::uint16_t status = answer.head.status;
  if (by == "exchange") {
    if (status == 200 && kind == AnswerKind::web_page) state_failure(kind, by, facts);
    return;
  }
  // Who asks for a password is told where a mark says it, not by the mere server: that may stand in
  // front of Exchange. Who redirects has answered; IIS may be Exchange's own.
  std::string_view product;
  if (!by.empty() || status == kPortalStatus) {
    product = responder_of(answer.head, text, kind);
  } else if (is_redirect(status) || status == 401) {
    product = product_by_head(answer.head);
    if (product.empty() && status != 401) product = server_by_head(answer.head);
    if (product == "iis") product = {};
  }
  facts.add_if(fact::kAutodiscoverResponder, product);
  if (status == 200 && !by.empty()) state_failure(kind, product, facts);
}

}  // namespace exotap
