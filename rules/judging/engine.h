// Judges exchanges by rules: facts in, findings out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "decoders/facts.h"
#include "rules/judging/causes.h"
#include "rules/judging/correlation.h"
#include "rules/judging/repeats.h"
#include "rules/judging/rule_set.h"
#include "rules/words/finding.h"

namespace exotap {

// Which exchange the facts are of.
struct ExchangeKey {
  std::uint64_t id = 0;
};

// Holds what rules remember: correlations and repeats, both bounded. One thread. Reads no clock:
// time is what the exchanges say.
class Engine {
 public:
  // `rules` must outlive the engine, or its replacement.
  explicit Engine(const RuleSet& rules);

  // Appends the findings this exchange completes: those about mail traffic first, else in the order
  // of the rules. Allocates nothing while no rule fires. An exchange may be judged again with the
  // same id (while it waits, and when it has ended): what it has told it does not tell again.
  void judge(ExchangeKey exchange, const Facts& facts, WallTime time, std::vector<Finding>& out);

  // Goes on with other rules. What has been told stays told; correlations begin anew.
  void replace(const RuleSet& rules);

  // Appends the last word about what was told before: nothing more will come (Causes::end()).
  void end(std::vector<Finding>& out) { causes_.end(out); }
  // For a finding that no rule made.
  void number(Finding& finding) { causes_.number(finding); }

  // What correlations had to forget for want of room while it could still have counted, since this
  // was last asked: by the correlation's name, so many matches.
  struct Forgotten {
    std::string rule;
    std::size_t matches = 0;
  };
  [[nodiscard]] std::vector<Forgotten> take_forgotten();

 private:
  struct Judgement;
  struct Cause;

  [[nodiscard]] bool is_related() const;
  void run(std::size_t rule, const Judgement& judgement);
  void matched(std::size_t rule, const Judgement& judgement, const Cause& cause);
  void feed(const CompiledRule& rule, const Judgement& judgement, const Cause& cause);
  void tell(const CompiledRule& rule, const Judgement& judgement, const Cause& cause);
  [[nodiscard]] std::string identity_of(const CompiledRule& rule, const Facts& facts) const;
  void put_evidence(const CompiledRule& rule, const Judgement& judgement, const Cause& cause,
                    Finding& finding) const;

  const RuleSet* rules_;
  FactIndex index_;
  ComposedFacts::Texts texts_;
  NumberSet candidates_;
  std::vector<CorrelationMemory> memories_;  // by rule; unused for detections
  std::vector<std::size_t> correlations_;    // the rules that use theirs
  Repeats repeats_;
  Causes causes_;
};

}  // namespace exotap
