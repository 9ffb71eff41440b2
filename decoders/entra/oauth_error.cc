#include "decoders/entra/oauth_error.h"

#include <algorithm>
#include <array>

#include "decoders/answer_failure.h"
#include "decoders/entra/aadsts.h"
#include "decoders/free_text.h"
#include "decoders/secret_query.h"
#include "decoders/url_parts.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxId = 64;

// The device flow's answers until its user has acted, and after its time is over (RFC 8628
// section 3.5): the client asks again, or starts anew.
constexpr std::array<std::string_view, 4> kDeviceSteps = {"authorization_pending", "slow_down",
                                                          "expired_token", "code_expired"};
// What a request with prompt=none may be told (OIDC Core section 3.1.2.6).
constexpr std::array<std::string_view, 4> kSilentSteps = {
    "interaction_required", "login_required", "consent_required", "account_selection_required"};

bool holds(auto& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Entra ID writes ids and the time behind the sentence, on lines of their own or behind blanks.
std::string_view first_sentence(std::string_view description) {
  for (const std::string_view mark : {"\r\n", "\n", " Trace ID:", " Correlation ID:"}) {
    description = description.substr(0, description.find(mark));
  }
  return description;
}

// "https://login.microsoftonline.com/error?code=50126": this code is a number of an error, where
// any other in a URL may be a credential.
std::string shown_error_uri(std::string_view uri) {
  constexpr std::string_view kPage = "/error?code=";
  const std::size_t at = uri.find(kPage);
  const bool number =
      at != std::string_view::npos && whole_number(uri.substr(at + kPage.size())).has_value();
  return sentence(number ? std::string(uri) : shown_url(uri));
}

std::string id_text(std::string_view text) {
  std::string id = sentence(text);
  return id.size() <= kMaxId ? id : std::string();
}

bool is_step(const OAuthError& error, const std::vector<std::int64_t>& codes, bool silent) {
  if (holds(kDeviceSteps, error.error)) return true;
  if (std::any_of(codes.begin(), codes.end(), is_aadsts_step)) return true;
  return silent && holds(kSilentSteps, error.error);
}

std::string failure_text(const OAuthError& error, const std::vector<std::int64_t>& codes) {
  std::string text = sentence(error.error);
  for (const std::int64_t code : codes) {
    if (!text.empty()) text.append(", ");
    text.append("AADSTS").append(std::to_string(code));
    const std::string_view name = aadsts_name(code);
    if (!name.empty()) text.append(" ").append(name);
  }
  if (text.empty()) text = numbered_code(error.description, "MSIS");
  return text.empty() ? sentence(first_sentence(error.description)) : text;
}

}  // namespace

OAuthError oauth_error_of(JsonValue object) {
  OAuthError found;
  const JsonValue error = object["error"];
  if (error.type() != JsonType::text) return found;
  found.error = error.text();
  found.suberror = object["suberror"].text();
  if (found.suberror.empty()) found.suberror = object["error_subcode"].text();
  found.description = object["error_description"].text();
  found.uri = object["error_uri"].text();
  found.trace_id = object["trace_id"].text();
  found.correlation_id = object["correlation_id"].text();
  const JsonValue codes = object["error_codes"];
  for (std::size_t i = 0; i < codes.size() && i < kMaxAadstsCodes; ++i) {
    if (const auto code = codes.at(i).integer()) found.codes.push_back(*code);
  }
  return found;
}

OAuthError oauth_error_of(std::string_view parameters) {
  OAuthError found;
  found.error = query_value(parameters, "error");
  if (found.error.empty()) return found;
  found.suberror = query_value(parameters, "suberror");
  if (found.suberror.empty()) found.suberror = query_value(parameters, "error_subcode");
  found.description = query_value(parameters, "error_description");
  found.uri = query_value(parameters, "error_uri");
  return found;
}

void state_oauth_error(const OAuthError& error, const OAuthErrorPlace& place, Facts& facts) {
  if (!error) return;
  const std::vector<std::int64_t> codes =
      error.codes.empty() ? aadsts_codes(error.description) : error.codes;
  const std::string text = sentence(first_sentence(error.description));
  facts.add_if(fact::kOauthError, sentence(error.error));
  facts.add_if(fact::kOauthSuberror, sentence(error.suberror));
  facts.add_if(fact::kOauthErrorDescription, text);
  facts.add(fact::kOauthErrorIn, place.in);
  for (const std::int64_t code : codes) state_aadsts(code, facts);
  if (!codes.empty()) facts.add_if(fact::kAadstsText, text);
  facts.add_if(fact::kOauthMsis, numbered_code(error.description, "MSIS"));
  facts.add_if(fact::kOauthErrorUri, shown_error_uri(error.uri));
  facts.add_if(fact::kOauthTraceId, id_text(error.trace_id));
  facts.add_if(fact::kOauthCorrelationId, id_text(error.correlation_id));
  if (is_step(error, codes, place.silent)) {
    facts.add(fact::kOauthErrorIsStep, true);
  } else if (place.inside) {
    facts.add(kAnswerFailure, failure_text(error, codes));
  }
}

}  // namespace exotap
