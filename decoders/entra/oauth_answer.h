// What an OAuth 2.0 server answers in JSON: a token (RFC 6749 section 5.1), a device code
// (RFC 8628 section 3.2), or an error (oauth_error.h).
#pragma once

#include <cstdint>
#include <string_view>

#include "decoders/entra/oauth_error.h"
#include "decoders/facts.h"
#include "decoders/json.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kOauthIssued{
    "oauth.issued", FactType::text,
    "each kind of secret the answer hands out: access_token, refresh_token, id_token, code, "
    "device_code"};
inline constexpr FactSpec kOauthTokenType{"oauth.token_type", FactType::text,
                                          "how the token is shown: Bearer, pop, ..."};
inline constexpr FactSpec kOauthExpiresIn{"oauth.expires_in", FactType::integer,
                                          "seconds what was issued lasts"};
inline constexpr FactSpec kOauthUserId{"oauth.user.id", FactType::text,
                                       "client_info: the user's id in the directory"};
inline constexpr FactSpec kOauthUserTenant{"oauth.user.tenant", FactType::text,
                                           "client_info: the directory that user is at home in"};
inline constexpr FactSpec kOauthVerificationDomain{
    "oauth.device.verification_domain", FactType::text,
    "host where the user types in the device's code"};
inline constexpr FactSpec kOauthInterval{"oauth.device.interval", FactType::integer,
                                         "seconds the device waits before it asks again"};

}  // namespace fact

inline constexpr const FactSpec* kOauthAnswerFacts[] = {
    &fact::kOauthIssued,   &fact::kOauthTokenType,  &fact::kOauthExpiresIn,
    &fact::kOauthUserId,   &fact::kOauthUserTenant, &fact::kOauthVerificationDomain,
    &fact::kOauthInterval,
};

// `now` is the exchange's time, seconds since 1970 UTC.
void state_oauth_success(JsonValue object, std::int64_t now, Facts& facts);

// Which secrets a redirect or a posted form carries back, by their parameters' names.
void state_oauth_parameters(std::string_view parameters, Facts& facts);

}  // namespace exotap
