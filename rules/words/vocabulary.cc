#include "rules/words/vocabulary.h"

#include <algorithm>

#include "rules/words/did_you_mean.h"

namespace exotap {

Vocabulary::Vocabulary(std::span<const FactSpec* const> facts)
    : facts_(facts.begin(), facts.end()) {
  std::ranges::sort(facts_, {}, &FactSpec::name);
  for (const FactSpec* fact : facts_) names_.push_back(fact->name);
}

const FactSpec* Vocabulary::find(std::string_view name) const {
  const auto found = std::ranges::lower_bound(names_, name);
  if (found == names_.end() || *found != name) return nullptr;
  return facts_[static_cast<std::size_t>(found - names_.begin())];
}

std::string Vocabulary::suggestion(std::string_view name) const {
  return did_you_mean(name, names_);
}

}  // namespace exotap
