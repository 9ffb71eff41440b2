#include "decoders/flow/challenge_outcome.h"

#include <algorithm>

#include "decoders/ascii.h"
#include "decoders/authentication.h"
#include "decoders/url_parts.h"
#include "decoders/windows_sign_in.h"

namespace exotap::flow {

// What the request carried, as views into exchange and facts.
struct ChallengeOutcomes::Sent {
  enum class Leg : std::uint8_t { nothing, opening, final };
  Leg leg = Leg::nothing;
  std::string_view scheme, family, who;
};

namespace {

// The first segment of the path: "ews" of /EWS/Exchange.asmx. Compared as sent but for its case.
std::string_view family_of(const Exchange& exchange) {
  std::string_view path = path_of(exchange.request.head);
  if (path.starts_with('/')) path.remove_prefix(1);
  return path.substr(0, std::min(path.find('/'), kMaxKeyText));
}

bool is_opening(std::string_view mechanism, const Facts& facts) {
  if (mechanism == "spnego") {
    return facts.text(fact::kHttpAuthInnerMechanism) == "ntlm_negotiate";
  }
  return mechanism == "ntlm_negotiate";
}

bool says_nothing_about_credentials(int status) {
  return status == 0 || status == 403 || status == 407 || status == 429 || status >= 500;
}

// KRB_AP_ERR_SKEW tells the client the server's time, and the client tries again by that
// (RFC 4120 section 3.2.3).
constexpr std::int64_t kClockSkew = 37;

// Whether the 401's own token asks for the next leg. NTLM has no leg after its third message, and
// SPNEGO and Kerberos can refuse in a token.
bool continues(std::string_view mechanism, const Facts& facts) {
  const std::string_view token = facts.text(fact::kHttpAuthChallengeToken);
  if (token.empty() || token == "spnego_reject") return false;
  if (const auto error = facts.number(fact::kKerberosErrorCode)) return *error == kClockSkew;
  if (mechanism == "spnego") {
    return facts.text(fact::kHttpAuthInnerMechanism) != "ntlm_authenticate";
  }
  return mechanism == "ntlm_negotiate" || mechanism == "kerberos" || mechanism == "negotiate";
}

}  // namespace

bool ChallengeOutcomes::Refusals::is_of(const Sent& sent) const {
  return equal_ignoring_case(family, sent.family) && scheme == sent.scheme && who == sent.who;
}

ChallengeOutcomes::Refusals ChallengeOutcomes::Refusals::of(const Sent& sent) {
  Refusals made;
  made.family = sent.family;
  made.scheme = sent.scheme;
  made.who = sent.who;
  return made;
}

std::string_view to_string(AuthOutcome outcome) {
  switch (outcome) {
    case AuthOutcome::none:
      return "none";
    case AuthOutcome::challenge:
      return "challenge";
    case AuthOutcome::in_progress:
      return "in_progress";
    case AuthOutcome::accepted:
      return "accepted";
    case AuthOutcome::rejected:
      return "rejected";
    case AuthOutcome::loop:
      return "loop";
  }
  return "none";
}

AuthVerdict ChallengeOutcomes::refuse(const Exchange& exchange, const Sent& sent) {
  const PlaceView place{exchange.client.address, exchange.host};
  const std::uint64_t hash = mix(hash_of(place.client), hash_of(place.host));
  AtPlace& here = *places_.find_or_make(hash, place).first;
  const auto same = [&](const Refusals& entry) { return entry.is_of(sent); };
  auto refusals = std::find_if(here.begin(), here.end(), same);
  if (refusals == here.end()) {
    refusals = std::min_element(here.begin(), here.end(), [](const auto& a, const auto& b) {
      return a.last_end < b.last_end;
    });
    *refusals = Refusals::of(sent);
  } else if (!within(refusals->last_end, exchange.started, kRefusalMemory)) {
    *refusals = Refusals::of(sent);
  }
  const bool first = refusals->count == 0 && !refusals->renewal_seen;
  if (first && sent.scheme == "bearer") {
    refusals->renewal_seen = true;
    refusals->last_end = ended(exchange);
  } else if (first || exchange.started >= refusals->last_end) {
    refusals->times[static_cast<std::size_t>(refusals->count % kLoopRejections)] = exchange.started;
    refusals->count = std::min(refusals->count + 1, 1'000'000);
    refusals->last_end = ended(exchange);
  }
  AuthVerdict verdict{AuthOutcome::rejected, refusals->count, true, false};
  if (refusals->count == 0) verdict.outcome = AuthOutcome::challenge;
  if (refusals->count >= kLoopRejections) {
    const WallTime oldest = *std::min_element(refusals->times.begin(), refusals->times.end());
    if (within(oldest, exchange.started, kLoopWindow)) verdict.outcome = AuthOutcome::loop;
  }
  return verdict;
}

void ChallengeOutcomes::accept(const Exchange& exchange, const Sent& sent) {
  const PlaceView place{exchange.client.address, exchange.host};
  AtPlace* here = places_.find(mix(hash_of(place.client), hash_of(place.host)), place);
  if (here == nullptr) return;
  for (Refusals& entry : *here) {
    if (!equal_ignoring_case(entry.family, sent.family)) continue;
    if (entry.scheme != sent.scheme || entry.who == sent.who) entry = Refusals{};
  }
}

AuthVerdict ChallengeOutcomes::fold(const Exchange& exchange, const Facts& facts) {
  const int status = exchange.answer.head.status;
  if (exchange.is_connect || exchange.still_waiting || status == 0) return {};
  const std::string_view mechanism = facts.text(fact::kHttpAuthMechanism);
  Sent sent;
  if (!mechanism.empty() && mechanism != "bearer_empty") {
    sent.leg = is_opening(mechanism, facts) ? Sent::Leg::opening : Sent::Leg::final;
  }
  if (sent.leg == Sent::Leg::nothing) {
    if (status != 401) return {};
    return {AuthOutcome::challenge, 0, true, true};
  }
  if (status == 401 && continues(mechanism, facts)) {
    return {AuthOutcome::in_progress, 0, true, false};
  }
  if (status == 401 && sent.leg == Sent::Leg::opening) {
    return {AuthOutcome::challenge, 0, true, false};
  }
  if (status != 401 && says_nothing_about_credentials(status)) return {};
  sent.scheme = facts.text(fact::kHttpAuthScheme);
  sent.family = family_of(exchange);
  sent.who = facts.text(fact::kHttpAuthUser);
  if (sent.who.empty()) {
    sent.who = exchange.request.head.find("X-AnchorMailbox").value_or(std::string_view{});
  }
  sent.who = sent.who.substr(0, kMaxKeyText);
  if (status == 401) return refuse(exchange, sent);
  accept(exchange, sent);
  return {AuthOutcome::accepted, 0, false, false};
}

}  // namespace exotap::flow
