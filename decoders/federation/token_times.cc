#include "decoders/federation/token_times.h"

#include <chrono>
#include <cstdint>
#include <optional>

#include "decoders/answer_origin.h"
#include "decoders/federation/saml_message.h"
#include "decoders/federation/wsfed.h"
#include "decoders/http_date.h"
#include "decoders/signin/saml_summary.h"
#include "decoders/signin/wstrust.h"
#include "decoders/signin/wstrust_answer.h"

namespace exotap {
namespace {

constexpr std::int64_t kSecondsPerDay = 86400;

using Time = std::optional<std::int64_t>;

Time time_of(const Facts& facts, const FactSpec& spec, const FactSpec& or_spec) {
  const Time time = parse_rfc3339(facts.text(spec));
  return time ? time : parse_rfc3339(facts.text(or_spec));
}

void add_difference(const FactSpec& spec, Time later, Time earlier, Facts& facts) {
  if (later && earlier) facts.add(spec, *later - *earlier);
}

// When the request was written, by the asker's clock.
Time time_of_request(const Facts& facts) {
  if (const Time time = time_of(facts, fact::kWstrustTimestampCreated, fact::kWsfedTime)) {
    return time;
  }
  // The first message is the request's, unless it came with the answer alone.
  const bool asks = facts.text(fact::kSamlMessageType) == "AuthnRequest";
  return asks ? parse_rfc3339(facts.text(fact::kSamlMessageIssueInstant)) : std::nullopt;
}

Time date_of_answer(const Exchange& exchange) {
  if (!has_server_answer(exchange) || exchange.answer.head.find("Age")) return std::nullopt;
  const auto date = exchange.answer.head.find("Date");
  return date ? parse_http_date(*date) : std::nullopt;
}

// Whole days, rounded down, as tls.certificate.days_left has them.
std::int64_t days_between(std::int64_t from, std::int64_t to) {
  const std::int64_t seconds = to - from;
  return seconds >= 0 ? seconds / kSecondsPerDay
                      : -((-seconds + kSecondsPerDay - 1) / kSecondsPerDay);
}

}  // namespace

void state_token_times(const Exchange& exchange, Facts& facts) {
  const Time begin = time_of(facts, fact::kSamlNotBefore, fact::kWstrustCreated);
  const Time end = time_of(facts, fact::kSamlNotOnOrAfter, fact::kWstrustExpires);
  const Time made = time_of(facts, fact::kSamlIssueInstant, fact::kWstrustCreated);
  add_difference(fact::kTokenLifetime, end, begin, facts);
  const Time date = date_of_answer(exchange);
  add_difference(fact::kRequestAge, date, time_of_request(facts), facts);
  add_difference(fact::kTokenAge, date, made, facts);
  add_difference(fact::kTokenValidSince, date, begin, facts);
  add_difference(fact::kTokenSecondsLeft, end, date, facts);
  if (const Time expiry = parse_rfc3339(facts.text(fact::kSamlCertificateNotAfter))) {
    const auto now = std::chrono::floor<std::chrono::seconds>(exchange.started).time_since_epoch();
    facts.add(fact::kTokenCertificateDaysLeft, days_between(now.count(), *expiry));
  }
}

}  // namespace exotap
