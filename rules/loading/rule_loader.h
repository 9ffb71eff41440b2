// Loads rules: texts in, a RuleSet or a list of what is wrong out.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include "rules/judging/rule_set.h"
#include "rules/reading/load_report.h"
#include "rules/reading/messages.h"
#include "rules/words/vocabulary.h"
#include "rules/words/wording.h"

namespace exotap {

inline constexpr std::size_t kMaxRules = 10000;

// A rule file's text. `file` names it in messages; its stem is the rule's name.
struct RuleSource {
  std::string_view file;
  std::string_view text;
};

// The language that rules are told in: exotap's own words and the rules' texts. A rule without a
// message keeps the texts it was written with.
struct Telling {
  const Wording* words = &english();
  std::span<const MessageSource> messages;
};

struct LoadedRules {
  std::unique_ptr<const RuleSet> rules;  // null where the report has errors
  LoadReport report;                     // with those it was given before them
};

// Loads all sources as one set: they may refer to one another, and names and ids are unique in
// all of them. One broken rule fails the whole set, so that nobody relies on a rule that is not
// there. `report` may already hold messages of reading the files. Never throws but for memory.
[[nodiscard]] LoadedRules load_rules(std::span<const RuleSource> sources,
                                     const Vocabulary& vocabulary, LoadReport report = {},
                                     const Telling& telling = {});

}  // namespace exotap
