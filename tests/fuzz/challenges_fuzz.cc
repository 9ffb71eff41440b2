// Everything that reads one field value or query by hand: challenges, x-ms-diagnostics,
// X-AutoDiscovery-Error, tokens, queries. Views stay inside the value, counts inside their bounds,
// and redaction leaves nothing for a second redaction to find.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "decoders/auth/bearer_challenge.h"
#include "decoders/auth_token.h"
#include "decoders/challenges.h"
#include "decoders/exchange_errors.h"
#include "decoders/http_date.h"
#include "decoders/secret_query.h"
#include "decoders/secret_words.h"

namespace {

void require(bool yes) {
  if (!yes) std::abort();
}

void require_inside(std::string_view part, std::string_view whole) {
  require(part.empty() || (part.data() >= whole.data() &&
                           part.data() + part.size() <= whole.data() + whole.size()));
}

void read_challenges(std::string_view value) {
  exotap::ChallengeReader reader(value);
  exotap::Challenge challenge;
  std::size_t count = 0;
  while (reader.next(challenge)) {
    require(++count <= exotap::kMaxChallenges);
    require(!challenge.scheme.empty());
    require_inside(challenge.scheme, value);
    require_inside(challenge.token68, value);
    require(challenge.param_count <= exotap::kMaxChallengeParams);
    require(challenge.token68.empty() || challenge.param_count == 0);
    exotap::Facts facts;
    exotap::state_bearer_challenge(challenge, facts);
    require(facts.size() <= exotap::kMaxChallengeClaims + 12);
    for (std::size_t i = 0; i < challenge.param_count; ++i) {
      require(!challenge.params[i].name.empty());
      require_inside(challenge.params[i].name, value);
      require_inside(challenge.params[i].value, value);
      std::string buffer;
      require(exotap::unquoted(challenge.params[i].value, buffer).size() <=
              challenge.params[i].value.size());
    }
    (void)exotap::kind_of_token(challenge.token68);
  }
  if (const auto at = reader.broken_at()) require(*at <= value.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view value(reinterpret_cast<const char*>(data), size);
  read_challenges(value);
  for (std::string_view rest = value; !rest.empty();) {
    const std::size_t before = rest.size();
    const auto diagnostics = exotap::take_diagnostics(rest);
    require(rest.size() < before);
    require_inside(diagnostics.reason, value);
    require_inside(diagnostics.source, value);
  }
  const auto error = exotap::parse_autodiscover_error(value);
  require_inside(error.result, value);
  require(error.detail.size() <= exotap::kMaxAutodiscoverDetail);
  (void)exotap::kind_of_token(value);
  (void)exotap::parse_http_date(value);

  std::string once;
  exotap::append_redacted_query(once, value);
  require((once != value) <= exotap::query_has_secret(value));
  std::string twice;
  exotap::append_redacted_query(twice, once);
  require(once == twice);

  std::string buffer;
  const std::string clean(exotap::without_token_words(value, buffer));
  require(exotap::without_token_words(clean, buffer) == clean);
  (void)exotap::shown_url(value);
  return 0;
}
