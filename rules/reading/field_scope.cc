#include "rules/reading/field_scope.h"

#include "rules/words/did_you_mean.h"

namespace exotap {

std::optional<std::vector<const FactSpec*>> resolve_field(const FieldScope& scope,
                                                          std::string_view field,
                                                          std::string& why) {
  std::vector<const FactSpec*> specs;
  if (scope.source != LogSource::exotap) {
    if (const FieldAlias* alias = find_alias(field)) {
      for (const std::string_view name : {alias->fact, alias->other_fact}) {
        if (name.empty()) continue;
        const FactSpec* spec = find_composed_fact(name);
        if (spec == nullptr) spec = scope.vocabulary.find(name);
        if (spec != nullptr) specs.push_back(spec);
      }
      return specs;
    }
  }
  if (const FactSpec* spec = scope.vocabulary.find(field)) {
    specs.push_back(spec);
    return specs;
  }
  why = "there is no fact '" + std::string(field) + "'";
  std::string guess = scope.vocabulary.suggestion(field);
  if (guess.empty() && scope.source != LogSource::exotap) {
    std::vector<std::string_view> names;
    for (const FieldAlias& alias : field_aliases()) names.push_back(alias.field);
    guess = did_you_mean(field, names);
  }
  why += guess;
  return std::nullopt;
}

}  // namespace exotap
