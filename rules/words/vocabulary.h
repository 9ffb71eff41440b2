// The facts that exist, by name: what rules may speak of.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "decoders/facts.h"

namespace exotap {

// Made once from all_facts() (decoders/decoder.h), or from a few facts in a test. The specs are
// not owned; they live as long as the program.
class Vocabulary {
 public:
  explicit Vocabulary(std::span<const FactSpec* const> facts);

  // nullptr where there is no fact of that name. Names are exact, letter case included.
  [[nodiscard]] const FactSpec* find(std::string_view name) const;
  // " (did you mean 'x'?)", or nothing where no fact's name is near.
  [[nodiscard]] std::string suggestion(std::string_view name) const;

 private:
  std::vector<const FactSpec*> facts_;   // sorted by name
  std::vector<std::string_view> names_;  // the same order
};

}  // namespace exotap
