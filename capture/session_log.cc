#include "capture/session_log.h"

#include <algorithm>
#include <utility>

#include "decoders/connection.h"
#include "decoders/flow/flow.h"
#include "decoders/outcome.h"

namespace exotap {
namespace {

std::uint64_t attempt_of(const Facts& facts) {
  return static_cast<std::uint64_t>(facts.number(fact::kFlowAttempt).value_or(0));
}

// Whether this exchange lets its attempt fail.
bool fails_its_attempt(const Exchange& exchange, const Facts& facts) {
  return exchange.mail_related && exchange.fault.type != FaultType::client &&
         facts.text(fact::kEventOutcome) == "failure";
}

}  // namespace

SessionLog::SessionLog(Redaction& redaction, std::string run, Keep keep,
                       std::filesystem::path directory, RotationLimits limits, LogWorld world)
    : keep_(keep),
      redaction_(redaction),
      world_(world),
      format_(redaction, std::move(run)),
      log_(std::move(directory), limits, std::move(world)) {}

SessionLog::~SessionLog() { SessionLog::flush(); }

void SessionLog::exchange(const Exchange& exchange, const Facts& facts) {
  latest_ = exchange.started + exchange.timings.total;
  redaction_.learn_users(facts);
  if (keep_ == Keep::all) return write(exchange.id, exchange.started, facts);
  const std::uint64_t attempt = attempt_of(facts);
  if (fails_its_attempt(exchange, facts)) fail(attempt);
  const bool fault = static_cast<bool>(exchange.fault);
  if (fault || is_failing(attempt) || (attempt == 0 && fails_its_attempt(exchange, facts))) {
    return write(exchange.id, exchange.started, facts);
  }
  held_.hold(exchange.id, attempt, exchange.started, facts);
}

void SessionLog::finding(const Finding& finding) {
  if (finding.level >= Level::low) fail(finding.attempt_id);
  // Evidence must be in the log, whichever attempt it belongs to.
  const auto write_step = [&](const HeldStep& step) { write_held(step); };
  held_.release_exchange(finding.exchange_id, write_step);
  for (const Evidence& evidence : finding.evidence) {
    held_.release_exchange(evidence.exchange_id, write_step);
  }
  if (!finding.is_news) return;
  format_.append_finding(line_, finding, latest_ == WallTime{} ? world_.now() : latest_);
  append_line(0);
}

void SessionLog::gap(const Gap& gap) {
  format_.append_gap(line_, gap, world_.now());
  append_line(0);
}

void SessionLog::flush() {
  log_.flush();
  if (const auto lost = log_.take_gap()) {
    gap(*lost);
    log_.flush();
  }
}

bool SessionLog::is_failing(std::uint64_t attempt) const {
  return attempt != 0 && std::find(failing_.begin(), failing_.end(), attempt) != failing_.end();
}

void SessionLog::fail(std::uint64_t attempt) {
  if (attempt == 0 || keep_ == Keep::all || is_failing(attempt)) return;
  if (failing_.size() < kMaxFailingAttempts) {
    failing_.push_back(attempt);
  } else {
    failing_[next_failing_] = attempt;
    next_failing_ = (next_failing_ + 1) % kMaxFailingAttempts;
  }
  held_.release_attempt(attempt, [&](const HeldStep& step) { write_held(step); });
}

void SessionLog::write(std::uint64_t id, WallTime started, const Facts& facts) {
  format_.append_exchange(line_, id, started, facts);
  append_line(1);
}

void SessionLog::append_line(std::uint64_t exchanges) {
  log_.append(line_, exchanges);
  line_.clear();
}

}  // namespace exotap
