#include "app/judge.h"

#include <algorithm>
#include <utility>

#include "app/gap_finding.h"
#include "decoders/decoder.h"

namespace exotap {

Judge::Judge(std::unique_ptr<const RuleSet> rules, std::vector<Sink*> sinks)
    : rules_(std::move(rules)), engine_(*rules_), sinks_(std::move(sinks)) {}

void Judge::take(const Exchange& exchange) {
  const auto now = ControlRuns::Clock::now;
  if (exchange.probe && exchange.probe->kind == ProbeKind::control) {
    // Told with the failure it is about, not by itself.
    if (controls_ != nullptr) conclude(controls_->answered(exchange, now()));
    return;
  }
  facts_.clear();
  decode(exchange, facts_);
  if (more_) more_(exchange, facts_);
  flow_.fold(exchange, facts_);
  const bool failed = static_cast<bool>(exchange.fault);
  if (failed && controls_ != nullptr && controls_->hold(exchange, facts_, now())) return;
  conclude(exchange, facts_);
}

void Judge::conclude(const Exchange& exchange, const Facts& facts) {
  if (heed_) heed_(exchange, facts);
  take_judged(exchange, facts);
}

void Judge::conclude(const std::vector<ControlRuns::Failure>& failures) {
  for (const ControlRuns::Failure& failure : failures) conclude(*failure.exchange, failure.facts);
}

void Judge::take_judged(const Exchange& exchange, const Facts& facts) {
  findings_.clear();
  engine_.judge({exchange.id}, facts, exchange.started, findings_);
  for (Sink* sink : sinks_) {
    sink->exchange(exchange, facts);
    for (const Finding& finding : findings_) sink->finding(finding);
  }
  for (const Finding& finding : findings_) {
    found_any_ = true;
    worst_ = std::max(worst_, finding.level);
  }
}

void Judge::tell_gap(const Gap& gap) {
  for (Sink* sink : sinks_) sink->gap(gap);
  if (std::exchange(told_gap_, true)) return;
  Finding finding = finding_of(gap, rules_->words());
  engine_.number(finding);
  for (Sink* sink : sinks_) sink->finding(finding);
  found_any_ = true;
  worst_ = std::max(worst_, finding.level);
}

// What a correlation had to forget was examined, but not counted: a line of the log and the
// console, no finding.
void Judge::tell_forgotten() {
  for (const Engine::Forgotten& forgotten : engine_.take_forgotten()) {
    const Gap gap{"counted by " + forgotten.rule + ", which remembers no more at a time",
                  forgotten.matches, 0};
    for (Sink* sink : sinks_) sink->gap(gap);
  }
}

void Judge::flush() {
  if (controls_ != nullptr) conclude(controls_->overdue(ControlRuns::Clock::now()));
  tell_forgotten();
  for (Sink* sink : sinks_) sink->flush();
}

void Judge::end() {
  if (controls_ != nullptr) conclude(controls_->overdue(ControlRuns::Clock::now(), true));
  findings_.clear();
  engine_.end(findings_);
  for (const Finding& finding : findings_) {
    for (Sink* sink : sinks_) sink->finding(finding);
  }
  flush();
}

void Judge::replace_rules(std::unique_ptr<const RuleSet> rules) {
  tell_forgotten();
  engine_.replace(*rules);
  rules_ = std::move(rules);
}

}  // namespace exotap
