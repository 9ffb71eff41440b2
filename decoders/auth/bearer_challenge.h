// What a challenge of the Bearer or PoP scheme asks for (RFC 6750 section 3, RFC 9728 section 5.1;
// MS-OAUTH2EX for Exchange's parameters; claims as Entra ID's continuous access evaluation sends
// them: base64 or plain JSON).
#pragma once

#include "decoders/challenges.h"
#include "decoders/facts.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kOauthChallengeAuthorizationUri{
    "oauth.challenge.authorization_uri", FactType::text,
    "where the bearer challenge sends the client for a token"};
inline constexpr FactSpec kOauthChallengeError{"oauth.challenge.error", FactType::text,
                                               "error of the bearer challenge: invalid_token, ..."};
inline constexpr FactSpec kOauthChallengeErrorDescription{
    "oauth.challenge.error_description", FactType::text,
    "error_description of the bearer challenge, tokens in it redacted"};
inline constexpr FactSpec kOauthChallengeClientId{
    "oauth.challenge.client_id", FactType::text,
    "client_id of the bearer challenge: the application that wants the token"};
inline constexpr FactSpec kOauthChallengeRealm{"oauth.challenge.realm", FactType::text,
                                               "realm of the bearer challenge"};
inline constexpr FactSpec kOauthChallengeTrustedIssuers{
    "oauth.challenge.trusted_issuers", FactType::text,
    "trusted_issuers of the bearer challenge: whose tokens the server takes"};
inline constexpr FactSpec kOauthChallengeClaims{
    "oauth.challenge.claims", FactType::boolean,
    "true: the challenge demands further claims (continuous access evaluation); else absent"};
inline constexpr FactSpec kOauthChallengeClaim{
    "oauth.challenge.claim", FactType::text,
    "claim that the challenge demands, \"access_token.acrs\"; may repeat"};
inline constexpr FactSpec kOauthChallengeTokenTypes{
    "oauth.challenge.token_types", FactType::text,
    "token_types of the bearer challenge: which kinds of token the server takes"};
inline constexpr FactSpec kOauthChallengeScope{"oauth.challenge.scope", FactType::text,
                                               "scope of the bearer challenge"};
inline constexpr FactSpec kOauthChallengeResource{
    "oauth.challenge.resource", FactType::text,
    "resource of the bearer challenge (resource, resource_id): whom the token must be for"};
inline constexpr FactSpec kOauthChallengeResourceMetadata{
    "oauth.challenge.resource_metadata", FactType::text,
    "where the bearer challenge says the resource describes itself (RFC 9728)"};

}  // namespace fact

inline constexpr std::size_t kMaxChallengeClaims = 16;

void state_bearer_challenge(const Challenge& challenge, Facts& facts);

}  // namespace exotap
