#include "capture/record_of_facts.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "decoders/connection.h"
#include "decoders/http.h"

namespace exotap {
namespace {

template <typename Value>
struct Word {
  std::string_view word;
  Value value;
};

constexpr std::array<Word<FaultType>, 7> kFaults = {{{"dns", FaultType::dns},
                                                     {"tcp", FaultType::tcp},
                                                     {"proxy", FaultType::proxy},
                                                     {"tls", FaultType::tls},
                                                     {"http", FaultType::http},
                                                     {"timeout", FaultType::timeout},
                                                     {"client", FaultType::client}}};

constexpr std::array<Word<Stage>, 6> kStages = {{{"resolve", Stage::resolve},
                                                 {"connect", Stage::connect},
                                                 {"tls", Stage::tls},
                                                 {"request", Stage::request},
                                                 {"answer", Stage::answer},
                                                 {"tunnel", Stage::tunnel}}};

constexpr std::array<Word<Handling>, 5> kHandlings = {{{"opened", Handling::opened},
                                                       {"tunnelled", Handling::tunnelled},
                                                       {"clear", Handling::clear},
                                                       {"refused", Handling::refused},
                                                       {"probed", Handling::probed}}};

template <typename Value, std::size_t N>
Value value_of(const std::array<Word<Value>, N>& words, std::string_view word, Value otherwise) {
  for (const auto& known : words) {
    if (known.word == word) return known.value;
  }
  return otherwise;
}

template <typename Integer>
Integer number(const Facts& facts, const FactSpec& spec) {
  const std::int64_t value = facts.number(spec).value_or(0);
  return std::in_range<Integer>(value) ? static_cast<Integer>(value) : Integer{0};
}

// A file may say anything; times are added up.
Nanoseconds duration(std::int64_t nanoseconds) {
  constexpr Nanoseconds kLongest = std::chrono::hours(24 * 366);
  return std::clamp(Nanoseconds(nanoseconds), Nanoseconds(0), kLongest);
}

std::optional<Nanoseconds> phase(const Facts& facts, const FactSpec& spec) {
  const auto value = facts.number(spec);
  return value ? std::optional(duration(*value)) : std::nullopt;
}

Timings timings_of(const Facts& facts) {
  Timings timings;
  timings.dns = phase(facts, fact::kExotapTimingDns);
  timings.connect = phase(facts, fact::kExotapTimingConnect);
  timings.tls = phase(facts, fact::kExotapTimingTls);
  timings.wait = phase(facts, fact::kExotapTimingWait);
  timings.receive = phase(facts, fact::kExotapTimingReceive);
  timings.total = duration(facts.number(fact::kEventDuration).value_or(0));
  return timings;
}

Fault fault_of(const Facts& facts) {
  Fault fault;
  fault.type = value_of(kFaults, facts.text(fact::kErrorType), FaultType::none);
  if (!fault) return fault;
  fault.stage = value_of(kStages, facts.text(fact::kExotapFaultStage), Stage::resolve);
  fault.code = facts.text(fact::kErrorCode);
  fault.detail = facts.text(fact::kErrorMessage);
  return fault;
}

}  // namespace

Exchange record_of_facts(const Facts& facts, std::uint64_t id, WallTime started) {
  Exchange record;
  record.id = id;
  record.connection_id = number<std::uint64_t>(facts, fact::kExotapConnectionId);
  record.sequence = number<std::uint32_t>(facts, fact::kExotapConnectionSequence);
  record.started = started;
  record.timings = timings_of(facts);
  record.client = {std::string(facts.text(fact::kClientAddress)),
                   number<std::uint16_t>(facts, fact::kClientPort)};
  record.server = {std::string(facts.text(fact::kDestinationIp)),
                   number<std::uint16_t>(facts, fact::kDestinationPort)};
  record.upstream_address = facts.text(fact::kExotapUpstreamAddress);
  record.upstream_type = facts.text(fact::kExotapUpstreamType);
  record.upstream_sign_in = facts.text(fact::kExotapUpstreamSignIn);
  record.host = facts.text(fact::kUrlDomain);
  record.port = number<std::uint16_t>(facts, fact::kUrlPort);
  record.scheme = facts.text(fact::kUrlScheme);
  record.handling = value_of(kHandlings, facts.text(fact::kExotapHandling), Handling::opened);
  record.handling_reason = facts.text(fact::kExotapHandlingReason);
  record.step_aside = facts.text(fact::kExotapStepAside);
  record.is_connect = facts.is_true(fact::kExotapConnect);
  record.still_waiting = facts.is_true(fact::kExotapStillWaiting);
  record.clear_to_proxy = facts.is_true(fact::kExotapClearToProxy);
  record.mail_related = facts.is_true(fact::kExotapMailRelated);
  record.speculative = facts.is_true(fact::kExotapSpeculative);
  record.client_aborted = facts.is_true(fact::kExotapClientAborted);
  record.fault = fault_of(facts);
  return record;
}

}  // namespace exotap
