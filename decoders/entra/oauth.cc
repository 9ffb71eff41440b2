#include "decoders/entra/oauth.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <string>

#include "decoders/answer_failure.h"
#include "decoders/answer_origin.h"
#include "decoders/ascii.h"
#include "decoders/body.h"
#include "decoders/entra/aadsts.h"
#include "decoders/entra/claims_challenge.h"
#include "decoders/entra/hidden_form.h"
#include "decoders/entra/jwt.h"
#include "decoders/entra/oauth_answer.h"
#include "decoders/entra/oauth_call.h"
#include "decoders/entra/oauth_error.h"
#include "decoders/entra/oauth_request.h"
#include "decoders/entra/oidc_documents.h"
#include "decoders/entra/sign_in_page.h"
#include "decoders/entra/sso_marks.h"
#include "decoders/free_text.h"
#include "decoders/html/html_entities.h"
#include "decoders/url_parts.h"
#include "decoders/user_name.h"

namespace exotap {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kMaxTenant = 128;

std::int64_t seconds_of(const Exchange& exchange) {
  return std::chrono::floor<std::chrono::seconds>(exchange.started).time_since_epoch().count();
}

bool is_form(const Message& request) {
  return equals_lower(mime_type(request), "application/x-www-form-urlencoded");
}

// A browser hands a result on to the application, as a hidden form made it.
bool is_posted_answer(const Message& request) {
  const std::string_view body = request.body;
  return (body.starts_with("code="sv) || body.starts_with("error="sv) ||
          body.starts_with("id_token="sv) || body.starts_with("access_token="sv)) &&
         request.head.method() == "POST" && is_form(request);
}

bool is_success(const Message& answer) { return answer.head.status < 400; }

// What the request says; `silent` where it allows no question.
bool decode_request(const Exchange& exchange, OAuthCall call, Facts& facts) {
  const Message& request = exchange.request;
  std::string parameters(query_of(request.head.target()));
  if (is_form(request)) {
    const DecodedBody body(request);
    if (!parameters.empty()) parameters.push_back('&');
    parameters.append(body.text());
  }
  if (call == OAuthCall::none) {
    state_oauth_parameters(parameters, facts);
    state_oauth_error(oauth_error_of(parameters), {"form", false, true}, facts);
  } else if (call != OAuthCall::page) {
    state_oauth_request(parameters, facts);
  } else {
    state_user(query_value(parameters, "login"), facts);
    state_user(query_value(parameters, "login_hint"), facts);
  }
  return equals_lower(query_value(parameters, "prompt"), "none");
}

void decode_json(const Exchange& exchange, OAuthCall call, std::string_view text, bool silent,
                 Facts& facts) {
  const JsonDocument document(text);
  if (!document.ok()) facts.add(fact::kDecodeOauthError, "answer: " + document.error());
  const JsonValue root = document.root();
  if (const OAuthError error = oauth_error_of(root)) {
    state_oauth_error(error, {"json", silent, is_success(exchange.answer)}, facts);
    state_claims_wanted(root["claims"].text(), facts);
    return;
  }
  switch (call) {
    case OAuthCall::token:
    case OAuthCall::device_code:
      state_oauth_success(root, seconds_of(exchange), facts);
      break;
    case OAuthCall::discovery:
      state_oidc_discovery(root, facts);
      break;
    case OAuthCall::keys:
      state_oidc_keys(root, facts);
      break;
    case OAuthCall::instance_discovery:
      state_instance_discovery(root, facts);
      break;
    default:
      break;
  }
}

// Where the browser is sent with the result: behind "?" or, for programs in the page, behind "#".
void decode_redirect(const Exchange& exchange, bool silent, Facts& facts) {
  const auto location = exchange.answer.head.find("Location");
  if (!location) return;
  const std::size_t hash = location->find('#');
  std::string parameters(query_of(location->substr(0, hash)));
  if (hash != std::string_view::npos) {
    if (!parameters.empty()) parameters.push_back('&');
    parameters.append(location->substr(hash + 1));
  }
  if (parameters.empty()) return;
  state_oauth_parameters(parameters, facts);
  state_oauth_error(oauth_error_of(parameters), {"redirect", silent, true}, facts);
}

// Where there is no address yet that is trusted with an error, the error is a sentence on a page,
// its number in front: AD FS always does so, Entra ID on pages without $Config.
OAuthError error_in_words(std::string_view html, OAuthCall call) {
  OAuthError error;
  std::string_view number = numbered_code(html, "AADSTS");
  if (number.empty() && call == OAuthCall::authorize) number = numbered_code(html, "MSIS");
  if (number.empty()) return error;
  const std::string_view text = html.substr(static_cast<std::size_t>(number.data() - html.data()));
  error.description = html_unescaped(text.substr(0, std::min(text.find('<'), kMaxSentence)));
  return error;
}

void decode_page(const Exchange& exchange, OAuthCall call, std::string_view html, bool silent,
                 Facts& facts) {
  const bool inside = is_success(exchange.answer);
  if (state_sign_in_page(html, inside, facts)) return;
  const std::string form = hidden_form(html);
  state_oauth_parameters(form, facts);
  const OAuthError posted = oauth_error_of(form);
  state_oauth_error(posted, {"form", silent, inside}, facts);
  if (!posted) state_oauth_error(error_in_words(html, call), {"page", silent, inside}, facts);
}

// "1,50126,0,...": version, error, second error, and two measures of the token.
void decode_telemetry(const Exchange& exchange, Facts& facts) {
  const auto field = exchange.answer.head.find("x-ms-clitelem");
  if (!field) return;
  const std::size_t comma = field->find(',');
  if (comma == std::string_view::npos) return;
  const std::string_view rest = field->substr(comma + 1);
  const auto code = whole_number(rest.substr(0, rest.find(',')));
  if (!code || *code <= 0 || facts.has(fact::kAadstsCode)) return;
  state_aadsts(*code, facts);
  if (!facts.has(fact::kOauthErrorIn)) facts.add(fact::kOauthErrorIn, "header");
}

void decode_answer(const Exchange& exchange, OAuthCall call, bool silent, Facts& facts) {
  const Message& answer = exchange.answer;
  state_sso_answer(answer.head, facts);
  if (answer.head.status >= 300 && answer.head.status < 400) {
    decode_redirect(exchange, silent, facts);
  } else if (!answer.body.empty()) {
    const DecodedBody body(answer);
    if (!body.error().empty()) facts.add(fact::kDecodeOauthError, "answer: " + body.error());
    const std::string_view text = body.text();
    const std::size_t begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
    if (text.substr(begin).starts_with('{')) {
      decode_json(exchange, call, text, silent, facts);
    } else if (begins_as_html(text) || text.find("$Config") != std::string_view::npos) {
      decode_page(exchange, call, text, silent, facts);
    }
  }
  decode_telemetry(exchange, facts);
}

bool recognises(const Exchange& exchange) {
  const Head& head = exchange.request.head;
  if (head.empty() || exchange.is_connect) return false;
  return oauth_call(exchange.host, path_of(head)) != OAuthCall::none ||
         is_posted_answer(exchange.request);
}

void decode_exchange(const Exchange& exchange, Facts& facts) {
  const std::string_view path = path_of(exchange.request.head);
  const OAuthCall call = oauth_call(exchange.host, path);
  // Sign-in hosts answer other questions too (whose user is it?): those are no call of OAuth's.
  if (call != OAuthCall::page) {
    facts.add(fact::kOauthEndpoint, call == OAuthCall::none ? "answer" : to_string(call));
    const std::string_view tenant = call == OAuthCall::none ? "" : oauth_tenant(path);
    if (tenant.size() <= kMaxTenant) facts.add_if(fact::kOauthTenant, tenant);
  }
  if (call != OAuthCall::none) state_sso_request(exchange.request.head, facts);
  const bool silent = decode_request(exchange, call, facts);
  // What the application answers to a result handed to it is its own business.
  if (has_server_answer(exchange) && call != OAuthCall::none) {
    decode_answer(exchange, call, silent, facts);
  }
}

constexpr const FactSpec* kOwnFacts[] = {
    &fact::kOauthEndpoint,     &fact::kOauthTenant, &fact::kDecodeOauthError, &fact::kAadstsCode,
    &fact::kOauthClaimsWanted, &kUserName,          &kAnswerFailure,
};

constexpr std::size_t kEmitted = std::size(kOwnFacts) + std::size(kOauthRequestFacts) +
                                 std::size(kOauthAnswerFacts) + std::size(kOauthErrorFacts) +
                                 std::size(kOidcFacts) + std::size(kEntraPageFacts) +
                                 std::size(kSsoMarkFacts) + std::size(kJwtFacts);

constexpr std::array<const FactSpec*, kEmitted> all_emitted() {
  std::array<const FactSpec*, kEmitted> all{};
  auto* to = std::copy(std::begin(kOwnFacts), std::end(kOwnFacts), all.begin());
  to = std::copy(std::begin(kOauthRequestFacts), std::end(kOauthRequestFacts), to);
  to = std::copy(std::begin(kOauthAnswerFacts), std::end(kOauthAnswerFacts), to);
  to = std::copy(std::begin(kOauthErrorFacts), std::end(kOauthErrorFacts), to);
  to = std::copy(std::begin(kOidcFacts), std::end(kOidcFacts), to);
  to = std::copy(std::begin(kEntraPageFacts), std::end(kEntraPageFacts), to);
  to = std::copy(std::begin(kSsoMarkFacts), std::end(kSsoMarkFacts), to);
  std::copy(std::begin(kJwtFacts), std::end(kJwtFacts), to);
  return all;
}

constexpr std::array<const FactSpec*, kEmitted> kEmits = all_emitted();

}  // namespace

constinit const Decoder kOAuthDecoder{"oauth", kEmits, recognises, decode_exchange};

}  // namespace exotap
