#include "decoders/autodiscover/request_terms.h"

#include <algorithm>

#include "decoders/answer_origin.h"
#include "decoders/ascii.h"
#include "decoders/autodiscover/discovery_facts.h"
#include "decoders/free_text.h"
#include "decoders/secret_query.h"

namespace exotap {
namespace {

constexpr std::uint16_t kHttp = 80;
constexpr std::uint16_t kHttps = 443;

std::string origin_of(const Exchange& exchange) {
  std::string origin = exchange.scheme + "://" + exchange.host;
  const std::uint16_t usual = exchange.scheme == "http" ? kHttp : kHttps;
  if (exchange.port != 0 && exchange.port != usual) {
    origin.append(":").append(std::to_string(exchange.port));
  }
  return origin;
}

}  // namespace

void state_request_terms(const Exchange& exchange, Facts& facts) {
  const Head& head = exchange.request.head;
  facts.add(fact::kAutodiscoverPath, true);
  // In clear and without a body, nothing is asked but where to go (MS-OXDISCO section 3.1.5.4).
  const bool only_looks = head.method() == "GET" || head.method() == "HEAD";
  if (exchange.scheme == "http" && only_looks) {
    facts.add(fact::kAutodiscoverFlavour, "http_redirect");
  }
  if (head.find("X-MapiHttpCapability")) facts.add(fact::kAutodiscoverRequestMapiHttp, true);
  facts.add_if(fact::kAutodiscoverRequestCanHandle,
               sentence(head.find("X-ClientCanHandle").value_or("")));
}

std::string absolute_url(const Exchange& exchange, std::string_view location) {
  if (location.starts_with("//")) return exchange.scheme + ":" + std::string(location);
  if (location.starts_with('/')) return origin_of(exchange) + std::string(location);
  return std::string(location);
}

void state_http_redirect(const Exchange& exchange, Facts& facts) {
  if (!has_server_answer(exchange)) return;
  const std::uint16_t status = exchange.answer.head.status;
  const bool moves = (status >= 301 && status <= 303) || status == 307 || status == 308;
  const std::string_view location = exchange.answer.head.find("Location").value_or("");
  if (!moves || location.empty()) return;
  facts.add(fact::kAutodiscoverResponseAction, "httpRedirect");
  facts.add(fact::kAutodiscoverRedirectUrl, shown_url(absolute_url(exchange, location)));
}

bool is_mail_address(std::string_view text) {
  const std::size_t at = text.find('@');
  if (text.size() > kMaxMailAddress || at == 0 || at == std::string_view::npos) return false;
  const std::string_view domain = text.substr(at + 1);
  const auto strange = [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '/' || c == '?' || c == '<' || c == '>' ||
           c == '\x7F';
  };
  return !domain.empty() && domain.find('@') == std::string_view::npos &&
         std::none_of(text.begin(), text.end(), strange);
}

}  // namespace exotap
