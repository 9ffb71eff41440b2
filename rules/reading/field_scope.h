// What the fields that a rule writes mean among our facts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/matching/fact_index.h"
#include "rules/matching/taxonomy.h"
#include "rules/reading/value_lists.h"
#include "rules/words/vocabulary.h"

namespace exotap {

// What a rule's fields may mean.
struct FieldScope {
  const Vocabulary& vocabulary;
  SlotTable& slots;  // gets the facts that are read
  LogSource source = LogSource::exotap;
  const ValueLists* placeholders = nullptr;  // of the modifier expand; none where null
};

// The facts behind a field: by Sigma's names for the categories proxy and webserver, else by the
// fact's own. nullopt with the reason in `why` where there is no such field; empty where it is
// never available.
[[nodiscard]] std::optional<std::vector<const FactSpec*>> resolve_field(const FieldScope& scope,
                                                                        std::string_view field,
                                                                        std::string& why);

}  // namespace exotap
