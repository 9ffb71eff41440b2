// How OAuth 2.0 says no, wherever it says so: JSON of a token endpoint (RFC 6749 section 5.2), the
// query or fragment of a redirect and a posted form (section 4.1.2.1), with what Entra ID adds:
// suberror, error_codes, AADSTS numbers in the text, and ids that Microsoft's support asks for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "decoders/entra/aadsts.h"
#include "decoders/facts.h"
#include "decoders/json.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kOauthError{"oauth.error", FactType::text,
                                      "OAuth's word for the refusal: invalid_grant, ..."};
inline constexpr FactSpec kOauthSuberror{
    "oauth.suberror", FactType::text,
    "Entra ID's second word for it: basic_action (the user can mend it), consent_required, ..."};
inline constexpr FactSpec kOauthErrorDescription{
    "oauth.error_description", FactType::text,
    "the refusal's sentence, without the ids and the time behind it"};
inline constexpr FactSpec kOauthErrorIn{
    "oauth.error_in", FactType::text,
    "where the refusal stood: json, redirect, form, page, header"};
inline constexpr FactSpec kOauthErrorIsStep{
    "oauth.error_is_step", FactType::boolean,
    "true: an ordinary step that looks like an error (authorization_pending, interaction_required "
    "to a silent request, nobody signed in yet); else absent"};
inline constexpr FactSpec kOauthErrorUri{"oauth.error_uri", FactType::text,
                                         "the page that explains the refusal"};
inline constexpr FactSpec kOauthTraceId{"oauth.trace_id", FactType::text,
                                        "trace id of the refusal: what Microsoft asks for"};
inline constexpr FactSpec kOauthCorrelationId{"oauth.correlation_id", FactType::text,
                                              "correlation id of the refusal"};
inline constexpr FactSpec kOauthMsis{"oauth.msis", FactType::text,
                                     "AD FS's number for it: MSIS9605"};
}  // namespace fact

// Facts that the functions below state, beside answer.failure.
inline constexpr const FactSpec* kOauthErrorFacts[] = {
    &fact::kOauthError,   &fact::kOauthSuberror,      &fact::kOauthErrorDescription,
    &fact::kOauthErrorIn, &fact::kOauthErrorIsStep,   &fact::kOauthErrorUri,
    &fact::kOauthTraceId, &fact::kOauthCorrelationId, &fact::kOauthMsis,
    &fact::kAadstsCode,   &fact::kAadstsName,         &fact::kAadstsText,
};

struct OAuthError {
  std::string error;
  std::string suberror;
  std::string description;
  std::string uri;
  std::string trace_id;
  std::string correlation_id;
  std::vector<std::int64_t> codes;  // empty: those of the description
  [[nodiscard]] explicit operator bool() const {
    return !error.empty() || !description.empty() || !codes.empty();
  }
};

// The error of a JSON object's members, or of a query's or form's parameters; empty where none.
[[nodiscard]] OAuthError oauth_error_of(JsonValue object);
[[nodiscard]] OAuthError oauth_error_of(std::string_view parameters);

struct OAuthErrorPlace {
  std::string_view in;  // value of oauth.error_in
  // The request allowed no question to the user (prompt=none): being told that one is needed is
  // the answer it wanted.
  bool silent = false;
  // The status line says that all is well: the error is a failure inside.
  bool inside = false;
};

// States nothing for an empty error.
void state_oauth_error(const OAuthError& error, const OAuthErrorPlace& place, Facts& facts);

}  // namespace exotap
