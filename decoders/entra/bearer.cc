#include "decoders/entra/bearer.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <string>

#include "decoders/ascii.h"
#include "decoders/challenges.h"
#include "decoders/entra/claims_challenge.h"
#include "decoders/entra/jwt.h"
#include "decoders/user_name.h"

namespace exotap {
namespace {

constexpr std::string_view kScheme = "bearer ";

// The token of an Authorization field; empty where there is none, also for the empty probe with
// which Office asks for a challenge.
std::string_view token_of(const Head& request) {
  for (std::size_t i = 0; i < request.fields.size(); ++i) {
    if (request.fields[i].name_size != 13) continue;
    const Field field = request.field(i);
    if (!is_field(field.name, "authorization")) continue;
    if (!starts_with_lower(field.value, kScheme)) return {};
    return trim_blanks(field.value.substr(kScheme.size()));
  }
  return {};
}

bool may_challenge(const Head& answer) {
  if (answer.status != 401 && answer.status != 403) return false;
  return std::any_of(answer.fields.begin(), answer.fields.end(),
                     [](const FieldPosition& field) { return field.name_size == 16; });
}

void decode_challenge(const Head& answer, Facts& facts) {
  for (std::size_t i = 0; i < answer.fields.size(); ++i) {
    const Field field = answer.field(i);
    if (!is_field(field.name, "www-authenticate")) continue;
    ChallengeReader reader(field.value);
    Challenge challenge;
    while (reader.next(challenge)) {
      const auto claims = challenge.param("claims");
      if (!claims || !equals_lower(challenge.scheme, "bearer")) continue;
      std::string plain;
      state_claims_wanted(unquoted(*claims, plain), facts);
    }
  }
}

bool recognises(const Exchange& exchange) {
  return !token_of(exchange.request.head).empty() || may_challenge(exchange.answer.head);
}

void decode_exchange(const Exchange& exchange, Facts& facts) {
  const auto now = std::chrono::floor<std::chrono::seconds>(exchange.started);
  state_jwt(token_of(exchange.request.head), "authorization", now.time_since_epoch().count(),
            facts);
  if (may_challenge(exchange.answer.head)) decode_challenge(exchange.answer.head, facts);
}

constexpr const FactSpec* kOwnFacts[] = {&fact::kOauthClaimsWanted, &kUserName};

constexpr std::array<const FactSpec*, std::size(kOwnFacts) + std::size(kJwtFacts)> all_emitted() {
  std::array<const FactSpec*, std::size(kOwnFacts) + std::size(kJwtFacts)> all{};
  auto* to = std::copy(std::begin(kOwnFacts), std::end(kOwnFacts), all.begin());
  std::copy(std::begin(kJwtFacts), std::end(kJwtFacts), to);
  return all;
}

constexpr auto kEmits = all_emitted();

}  // namespace

constinit const Decoder kBearerDecoder{"bearer", kEmits, recognises, decode_exchange};

}  // namespace exotap
