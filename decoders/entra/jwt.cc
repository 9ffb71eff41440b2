#include "decoders/entra/jwt.h"

#include <array>
#include <optional>
#include <span>
#include <string>

#include "decoders/base64.h"
#include "decoders/entra/well_known_apps.h"
#include "decoders/free_text.h"
#include "decoders/http_date.h"
#include "decoders/json.h"
#include "decoders/secret_query.h"
#include "decoders/user_name.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxWord = 256;
constexpr std::size_t kMaxParts = 5;  // of a JWE; a signed token has three

struct Parts {
  std::array<std::string_view, kMaxParts> part{};
  std::size_t count = 0;  // kMaxParts + 1: more than any token has
};

Parts split(std::string_view token) {
  Parts parts;
  while (parts.count < kMaxParts) {
    const std::size_t dot = token.find('.');
    parts.part[parts.count++] = token.substr(0, dot);
    if (dot == std::string_view::npos) return parts;
    token.remove_prefix(dot + 1);
  }
  ++parts.count;
  return parts;
}

std::string from_base64(std::string_view text) {
  std::string bytes(text.size(), '\0');
  bytes.resize(
      decode_base64(text, std::span(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size())));
  return bytes;
}

std::string word(JsonValue value) {
  const std::string_view text = value.text();
  return text.size() <= kMaxWord ? sentence(text) : std::string();
}

void state_time(const FactSpec& spec, std::optional<std::int64_t> seconds, Facts& facts) {
  TimeText buffer;
  if (seconds) facts.add_if(spec, rfc3339(*seconds, buffer));
}

bool is_time(std::int64_t seconds) {
  TimeText buffer;
  return !rfc3339(seconds, buffer).empty();
}

void state_times(JsonValue claims, std::int64_t now, Facts& facts) {
  const auto begin = claims["nbf"].integer();
  const auto end = claims["exp"].integer();
  state_time(fact::kJwtIssuedAt, claims["iat"].integer(), facts);
  state_time(fact::kJwtNotBefore, begin, facts);
  state_time(fact::kJwtExpires, end, facts);
  if (end && is_time(*end)) facts.add(fact::kJwtSecondsLeft, *end - now);
  if (begin && is_time(*begin) && *begin > now) {
    facts.add(fact::kJwtSecondsToStart, *begin - now);
  }
}

void state_audience(JsonValue aud, Facts& facts) {
  const JsonValue first = aud.type() == JsonType::array ? aud.at(0) : aud;
  if (first.text().size() > kMaxWord) return;
  facts.add_if(fact::kJwtAudience, sentence(shown_url(first.text())));
  facts.add_if(fact::kJwtAudienceName, resource_name(first.text()));
}

void state_app(JsonValue claims, Facts& facts) {
  const JsonValue v1 = claims["appid"];
  const std::string app = word(v1 ? v1 : claims["azp"]);
  facts.add_if(fact::kJwtApp, app);
  facts.add_if(fact::kJwtAppName, app_name(app));
}

void state_claims(JsonValue claims, std::int64_t now, Facts& facts) {
  state_audience(claims["aud"], facts);
  facts.add_if(fact::kJwtIssuer, sentence(shown_url(word(claims["iss"]))));
  facts.add_if(fact::kJwtTenant, word(claims["tid"]));
  state_app(claims, facts);
  facts.add_if(fact::kJwtVersion, word(claims["ver"]));
  state_times(claims, now, facts);
  facts.add_if(fact::kJwtScope, sentence(claims["scp"].text()));
  if (const std::size_t roles = claims["roles"].size(); roles != 0) {
    facts.add(fact::kJwtRoleCount, static_cast<std::int64_t>(roles));
  }
  const JsonValue methods = claims["amr"];
  for (std::size_t i = 0; i < methods.size() && i < kMaxJwtMethods; ++i) {
    facts.add_if(fact::kJwtMethod, word(methods.at(i)));
  }
  facts.add_if(fact::kJwtContextClass, word(claims["acr"]));
  if (claims["idtyp"].text() == "app") facts.add(fact::kJwtIsApp, true);
  if (!claims["deviceid"].text().empty()) facts.add(fact::kJwtOnDevice, true);
  const JsonValue capabilities = claims["xms_cc"];
  for (std::size_t i = 0; i < capabilities.size(); ++i) {
    if (capabilities.at(i).text() == "cp1") {
      facts.add(fact::kJwtContinuousAccess, true);
      break;
    }
  }
  for (const std::string_view name : {"upn", "unique_name", "preferred_username"}) {
    if (const std::string_view user = claims[name].text(); !user.empty()) {
      state_user(user, facts);
      break;
    }
  }
}

}  // namespace

bool state_jwt(std::string_view token, std::string_view carrier, std::int64_t now, Facts& facts) {
  if (token.empty()) return false;
  facts.add(fact::kJwtCarrier, carrier);
  const Parts parts = split(token);
  const bool encrypted = parts.count == 5;
  if (token.size() > kMaxJwtBytes || (parts.count != 3 && !encrypted)) {
    facts.add(fact::kJwtForm, "opaque");
    return true;
  }
  const JsonDocument header(from_base64(parts.part[0]));
  if (!header.ok() || header.root().type() != JsonType::object) {
    facts.add(fact::kJwtForm, "opaque");
    return true;
  }
  facts.add(fact::kJwtForm, encrypted ? "encrypted" : "signed");
  facts.add_if(fact::kJwtAlgorithm, word(header.root()["alg"]));
  facts.add_if(fact::kJwtType, word(header.root()["typ"]));
  facts.add_if(fact::kJwtKeyId, word(header.root()["kid"]));
  if (encrypted) return true;
  const JsonDocument claims(from_base64(parts.part[1]));
  state_claims(claims.root(), now, facts);
  return true;
}

}  // namespace exotap
