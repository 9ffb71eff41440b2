// Everything below the queue, in order: decoders, flow, rules, sinks. `exotap run` feeds it from
// the wire, `exotap analyze` from files.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "app/control_runs.h"
#include "capture/sink.h"
#include "decoders/flow/flow.h"
#include "rules/judging/engine.h"
#include "rules/judging/rule_set.h"

namespace exotap {

// States what is known of an exchange beside its record: the process behind its connection.
using MoreFacts = std::function<void(const Exchange&, Facts&)>;

// Learns what an exchange came to, flow's facts and the control's among them, before the rules.
using Heed = std::function<void(const Exchange&, const Facts&)>;

// For one thread. Never throws but for memory.
class Judge {
 public:
  // Sinks are told in this order; they outlive the Judge.
  Judge(std::unique_ptr<const RuleSet> rules, std::vector<Sink*> sinks);

  // Asked for every exchange that take() gets, after the decoders and before flow. Before the
  // first.
  void also_state(MoreFacts more) { more_ = std::move(more); }

  // Told of every exchange that take() gets, after flow. Before the first.
  void also_tell(Heed heed) { heed_ = std::move(heed); }

  // Failed connections wait for their control run there, and are judged when it has ended. It
  // outlives the Judge. Before the first exchange.
  void wait_for(ControlRuns& controls) { controls_ = &controls; }

  void take(const Exchange& exchange);
  // The same for an exchange whose facts are known already, flow's among them.
  void take_judged(const Exchange& exchange, const Facts& facts);
  // The first one is a finding, too.
  void tell_gap(const Gap& gap);
  // Judges what has waited long enough, and lets the sinks write.
  void flush();
  // Judges what still waits, and tells the last word about what was found: nothing more will come.
  void end();

  // What has been told stays told.
  void replace_rules(std::unique_ptr<const RuleSet> rules);
  // The highest level found so far; informational where nothing was.
  [[nodiscard]] Level worst() const { return worst_; }
  [[nodiscard]] bool found_any() const { return found_any_; }

 private:
  void tell_forgotten();
  void conclude(const Exchange& exchange, const Facts& facts);
  void conclude(const std::vector<ControlRuns::Failure>& failures);

  std::unique_ptr<const RuleSet> rules_;
  Engine engine_;
  Flow flow_;
  std::vector<Sink*> sinks_;
  MoreFacts more_;
  Heed heed_;
  ControlRuns* controls_ = nullptr;
  Facts facts_;                    // used again and again
  std::vector<Finding> findings_;  // likewise
  Level worst_ = Level::informational;
  bool found_any_ = false;
  bool told_gap_ = false;
};

}  // namespace exotap
