// Puts a message's texts in the place of a rule's.
#pragma once

#include "rules/judging/rule_set.h"
#include "rules/reading/load_report.h"
#include "rules/reading/messages.h"
#include "rules/words/vocabulary.h"
#include "rules/words/wording.h"

namespace exotap {

struct TranslationScope {
  const Vocabulary& vocabulary;
  const Wording& words;  // of the message's language
  LoadReport& report;
};

// `rule` is compiled, with the texts it was written with; it has the message's from here on. What a
// reader would miss is an error in the report, and the text stays: a placeholder of a fact that the
// rule's text does not show or the other way round, no words for its absence where the rule has
// them, a name that is not the rule's.
void translate(CompiledRule& rule, const RuleMessage& message, const TranslationScope& scope);

}  // namespace exotap
