#include "app/judge.h"

#include <algorithm>
#include <utility>

#include "app/gap_finding.h"
#include "decoders/decoder.h"

namespace exotap {

Judge::Judge(std::unique_ptr<const RuleSet> rules, std::vector<Sink*> sinks)
    : rules_(std::move(rules)), engine_(*rules_), sinks_(std::move(sinks)) {}

void Judge::take(const Exchange& exchange) {
  facts_.clear();
  decode(exchange, facts_);
  if (more_) more_(exchange, facts_);
  flow_.fold(exchange, facts_);
  if (heed_) heed_(exchange, facts_);
  take_judged(exchange, facts_);
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
  const Finding finding = finding_of(gap);
  for (Sink* sink : sinks_) sink->finding(finding);
  found_any_ = true;
  worst_ = std::max(worst_, finding.level);
}

void Judge::flush() {
  for (Sink* sink : sinks_) sink->flush();
}

void Judge::replace_rules(std::unique_ptr<const RuleSet> rules) {
  engine_.replace(*rules);
  rules_ = std::move(rules);
}

}  // namespace exotap
