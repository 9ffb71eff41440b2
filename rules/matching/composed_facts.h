// Makes the facts that only Sigma's proxy fields need (taxonomy.h) out of those of the URL.
#pragma once

#include <optional>
#include <string>

#include "rules/matching/fact_index.h"
#include "rules/words/vocabulary.h"

namespace exotap {

// Immutable; made once the rules that may ask for them are read.
class ComposedFacts {
 public:
  // The texts of one filling; its memory is used again.
  struct Texts {
    std::string full;
    std::string extension;
  };

  ComposedFacts() = default;
  // Looks up what it is made of, if some rule reads a composed fact at all. Adds to `slots` then.
  ComposedFacts(const Vocabulary& vocabulary, SlotTable& slots);

  // States them in `index`. `texts` must outlive the filling.
  void compose(FactIndex& index, Texts& texts) const;

 private:
  struct Slots {
    std::optional<Slot> scheme, domain, port, path, query;
    std::optional<Slot> full, original, extension;
  };
  std::optional<Slots> slots_;
};

}  // namespace exotap
