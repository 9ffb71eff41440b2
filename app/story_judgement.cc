#include "app/story_judgement.h"

#include <utility>

#include "decoders/decoder.h"
#include "decoders/flow/flow.h"
#include "rules/judging/engine.h"

namespace exotap {

std::vector<JudgedStep> judge_story(const Story& story, const RuleSet& rules) {
  std::vector<JudgedStep> steps;
  Flow flow;
  Engine engine(rules);
  for (const ExchangePtr& exchange : story.exchanges) {
    JudgedStep step;
    step.exchange = exchange.get();
    decode(*exchange, step.facts);
    flow.fold(*exchange, step.facts);
    engine.judge({exchange->id}, step.facts, exchange->started, step.findings);
    steps.push_back(std::move(step));
  }
  return steps;
}

std::set<std::string> fired_in(const std::vector<JudgedStep>& steps) {
  std::set<std::string> fired;
  for (const JudgedStep& step : steps) {
    for (const Finding& finding : step.findings) fired.insert(finding.rule_name);
  }
  return fired;
}

}  // namespace exotap
