// The rules, compiled and linked: what an Engine judges by.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "rules/judging/consequence.h"
#include "rules/judging/correlation.h"
#include "rules/judging/own_questions.h"
#include "rules/judging/rule.h"
#include "rules/judging/rule_index.h"
#include "rules/matching/composed_facts.h"
#include "rules/matching/detection.h"
#include "rules/words/placeholders.h"

namespace exotap {

// A rule ready to run.
struct CompiledRule {
  // A correlation this rule's matches are counted by, and the rule's place among its rules.
  struct Feed {
    std::size_t correlation;
    std::size_t place;
  };

  Rule rule;
  Detection detection;                     // empty for a correlation
  std::optional<Correlation> correlation;  // of a correlation
  TextTemplate title, explain, remedy;
  const FactSpec* about = nullptr;
  std::vector<const FactSpec*> once_per;  // tells repeats apart; never empty but for lack of facts
  std::vector<const FactSpec*> fields;    // shown in the evidence though no test asks for them
  std::vector<Feed> feeds;
  std::vector<std::size_t> filters;  // exceptions from elsewhere, all of which must hold too
};

// The facts an engine asks for on its own account.
struct EngineFacts {
  const FactSpec* attempt = nullptr;   // flow.attempt
  std::optional<Slot> mail_related;    // exotap.mail_related
  std::optional<Slot> speculative;     // exotap.speculative
  std::optional<Slot> client_aborted;  // exotap.client_aborted
  OwnQuestions questions;
  const Wording* words = &english();  // the language of the rules' texts, and of its own
};

// Immutable, so several engines may share it; made by load_rules().
class RuleSet {
 public:
  RuleSet(std::vector<CompiledRule> rules, std::vector<Detection> filters, SlotTable slots,
          ComposedFacts composed, EngineFacts facts, std::vector<Consequence> consequences = {});
  RuleSet(const RuleSet&) = delete;
  RuleSet& operator=(const RuleSet&) = delete;

  [[nodiscard]] std::size_t size() const { return rules_.size(); }
  [[nodiscard]] const Rule& rule(std::size_t i) const { return rules_[i].rule; }
  // By name or id; nullptr where there is none.
  [[nodiscard]] const Rule* find(std::string_view name_or_id) const;

  // For the engine.
  [[nodiscard]] const CompiledRule& compiled(std::size_t i) const { return rules_[i]; }
  [[nodiscard]] const Detection& filter(std::size_t i) const { return filters_[i]; }
  // Detections are numbered for the index: those for mail traffic that was meant first, then those
  // for every exchange, else in the order of the rules.
  [[nodiscard]] const RuleIndex& index() const { return index_; }
  [[nodiscard]] std::size_t rule_of(std::size_t number) const { return numbered_[number]; }
  [[nodiscard]] bool is_for_related_only(std::size_t number) const {
    return number < for_related_only_;
  }
  [[nodiscard]] const SlotTable& slots() const { return slots_; }
  [[nodiscard]] const ComposedFacts& composed() const { return composed_; }
  [[nodiscard]] const EngineFacts& facts() const { return facts_; }
  [[nodiscard]] const std::vector<Consequence>& consequences() const { return consequences_; }

  // What exotap says of itself beside these rules.
  [[nodiscard]] const Wording& words() const { return *facts_.words; }

 private:
  std::vector<CompiledRule> rules_;
  std::vector<Detection> filters_;
  SlotTable slots_;
  ComposedFacts composed_;
  EngineFacts facts_;
  std::vector<Consequence> consequences_;
  std::vector<std::size_t> numbered_;
  std::size_t for_related_only_ = 0;
  RuleIndex index_;
};

}  // namespace exotap
