#include "decoders/entra/claims_challenge.h"

#include <span>
#include <string>

#include "decoders/ascii.h"
#include "decoders/base64.h"
#include "decoders/free_text.h"
#include "decoders/json.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxName = 64;

bool is_claim_name(std::string_view name) {
  if (name.empty() || name.size() > kMaxName) return false;
  for (const char c : name) {
    const char lower = ascii_lower(c);
    if ((lower < 'a' || lower > 'z') && !is_ascii_digit(c) && c != '_' && c != '-') return false;
  }
  return true;
}

std::string from_base64(std::string_view text) {
  std::string bytes(text.size(), '\0');
  bytes.resize(
      decode_base64(text, std::span(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size())));
  return bytes;
}

}  // namespace

void state_claims_wanted(std::string_view claims, Facts& facts) {
  claims = trim_blanks(claims);
  if (claims.empty() || claims.size() > kMaxClaimsRequest) return;
  const std::string decoded = claims.starts_with('{') ? std::string() : from_base64(claims);
  const JsonDocument document(decoded.empty() ? claims : std::string_view(decoded));
  const JsonValue tokens = document.root();
  std::size_t stated = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const JsonValue token = tokens.at(i);
    if (!is_claim_name(token.key()) || token.type() != JsonType::object) continue;
    for (std::size_t k = 0; k < token.size() && stated < kMaxClaimsWanted; ++k) {
      const std::string_view claim = token.at(k).key();
      if (!is_claim_name(claim)) continue;
      facts.add(fact::kOauthClaimsWanted, std::string(token.key()).append(".").append(claim));
      ++stated;
    }
  }
}

}  // namespace exotap
