#include "decoders/auth/bearer_challenge.h"

#include <array>
#include <string>

#include "decoders/base64.h"
#include "decoders/json.h"
#include "decoders/secret_query.h"
#include "decoders/secret_words.h"

namespace exotap {
namespace {

using namespace fact;

constexpr std::size_t kMaxClaimsBytes = 4096;  // of the JSON
constexpr std::size_t kMaxClaimName = 128;

struct Param {
  const FactSpec* spec;
  std::string_view name;
};
// Azure's services say resource_id, and authorization without the "_uri".
constexpr Param kParams[] = {{&kOauthChallengeError, "error"},
                             {&kOauthChallengeErrorDescription, "error_description"},
                             {&kOauthChallengeClientId, "client_id"},
                             {&kOauthChallengeRealm, "realm"},
                             {&kOauthChallengeTrustedIssuers, "trusted_issuers"},
                             {&kOauthChallengeTokenTypes, "token_types"},
                             {&kOauthChallengeScope, "scope"},
                             {&kOauthChallengeResource, "resource"},
                             {&kOauthChallengeResource, "resource_id"}};
constexpr Param kUrls[] = {{&kOauthChallengeAuthorizationUri, "authorization_uri"},
                           {&kOauthChallengeAuthorizationUri, "authorization"},
                           {&kOauthChallengeResourceMetadata, "resource_metadata"}};

void add_param(const FactSpec& spec, const Challenge& challenge, std::string_view name,
               Facts& facts) {
  const auto value = challenge.param(name);
  if (!value) return;
  std::string plain;
  std::string clean;
  facts.add_if(spec, without_token_words(unquoted(*value, plain), clean));
}

void add_url(const FactSpec& spec, const Challenge& challenge, std::string_view name,
             Facts& facts) {
  const auto value = challenge.param(name);
  if (!value || value->empty() || facts.has(spec)) return;
  std::string plain;
  facts.add(spec, shown_url(unquoted(*value, plain)));
}

// {"access_token":{"acrs":{"essential":true,"value":"c1"}}}: the names only.
void add_claims(std::string_view content, Facts& facts) {
  facts.add(kOauthChallengeClaims, true);
  std::string plain;
  std::string_view json = unquoted(content, plain);
  std::array<unsigned char, kMaxClaimsBytes> decoded;
  if (!json.starts_with('{')) {
    const std::size_t size = decode_base64(json, decoded);
    json = {reinterpret_cast<const char*>(decoded.data()), size};
  }
  const JsonDocument document(json);
  std::size_t stated = 0;
  for (std::size_t i = 0; i < document.root().size() && i < kMaxChallengeClaims; ++i) {
    const JsonValue token = document.root().at(i);
    for (std::size_t j = 0; j < token.size() && stated < kMaxChallengeClaims; ++j, ++stated) {
      std::string name(token.key().substr(0, kMaxClaimName));
      name.append(".").append(token.at(j).key().substr(0, kMaxClaimName));
      std::string clean;
      facts.add(kOauthChallengeClaim, without_token_words(name, clean));
    }
  }
}

}  // namespace

void state_bearer_challenge(const Challenge& challenge, Facts& facts) {
  for (const auto& [spec, name] : kUrls) add_url(*spec, challenge, name, facts);
  for (const auto& [spec, name] : kParams) add_param(*spec, challenge, name, facts);
  if (const auto claims = challenge.param("claims")) add_claims(*claims, facts);
}

}  // namespace exotap
