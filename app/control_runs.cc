#include "app/control_runs.h"

#include <algorithm>
#include <utility>

#include "decoders/control.h"

namespace exotap {
namespace {

constexpr std::string_view kNoBudget =
    "Too many connections failed in the last minute to try each of them again.";
constexpr std::string_view kTooLate = "It did not come to an end in time.";

std::string like(const Exchange& failed) {
  return failed.host + ':' + std::to_string(failed.port) + ' ' + failed.upstream_address + ' ' +
         std::to_string(static_cast<int>(failed.fault.stage)) + ' ' + failed.fault.code;
}

}  // namespace

bool ControlRuns::hold(const Exchange& exchange, Facts& facts, Clock::time_point now) {
  if (!is_question_(exchange)) return false;
  const std::string key = like(exchange);
  Run* run = find(key, now);
  if (run != nullptr && run->answer) {
    state_control(exchange, *run->answer, facts);
    return false;
  }
  if (held_ >= kMaxHeld || (run == nullptr && !ask_(exchange))) {
    state_no_control(kNoBudget, facts);
    return false;
  }
  if (run == nullptr) {
    make_room();
    run = &runs_.emplace_back();
    run->like = key;
    run->about = exchange.id;
    run->since = now;
    if (announce_) announce_(exchange);
  }
  run->held.push_back({std::make_unique<const Exchange>(exchange), facts});
  ++held_;
  return true;
}

std::vector<ControlRuns::Failure> ControlRuns::answered(const Exchange& control,
                                                        Clock::time_point now) {
  const auto run = std::ranges::find_if(runs_, [&](const Run& one) {
    return !one.answer && control.probe && one.about == control.probe->about;
  });
  if (run == runs_.end()) return {};
  run->answer = std::make_unique<Exchange>(control);
  run->since = now;
  std::vector<Failure> released = std::exchange(run->held, {});
  held_ -= released.size();
  for (Failure& failure : released) state_control(*failure.exchange, control, failure.facts);
  return released;
}

std::vector<ControlRuns::Failure> ControlRuns::overdue(Clock::time_point now, bool ending) {
  std::vector<Failure> released;
  for (Run& run : runs_) {
    if (run.answer || (!ending && now - run.since < kPatience)) continue;
    for (Failure& failure : run.held) {
      state_no_control(kTooLate, failure.facts);
      released.push_back(std::move(failure));
    }
    held_ -= run.held.size();
    run.held.clear();
  }
  std::erase_if(runs_, [&](const Run& run) {
    return run.held.empty() && now - run.since >= (run.answer ? kKnown : kPatience);
  });
  return released;
}

ControlRuns::Run* ControlRuns::find(const std::string& like, Clock::time_point now) {
  const auto found = std::ranges::find_if(runs_, [&](const Run& run) {
    return run.like == like && (!run.answer || now - run.since < kKnown);
  });
  return found == runs_.end() ? nullptr : &*found;
}

// Runs under way are fewer than there is room for: the prober takes no more at a time.
void ControlRuns::make_room() {
  if (runs_.size() < kMaxRuns) return;
  const auto oldest = std::ranges::find_if(runs_, [](const Run& run) { return run.held.empty(); });
  if (oldest != runs_.end()) runs_.erase(oldest);
}

}  // namespace exotap
