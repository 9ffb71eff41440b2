// What exotap's own questions to servers add to every finding of an exchange: whose doing a failure
// is, where it was tried again without exotap (--control-run), and that a certificate came to
// exotap itself. Rules need not know of it.
#pragma once

#include "decoders/facts.h"
#include "rules/words/finding.h"
#include "rules/words/vocabulary.h"
#include "rules/words/wording.h"

namespace exotap {

// Immutable; made once from the facts that exist.
class OwnQuestions {
 public:
  OwnQuestions() = default;
  explicit OwnQuestions(const Vocabulary& vocabulary, const Wording& words = english())
      : words_(&words),
        probe_(vocabulary.find("exotap.probe")),
        outcome_(vocabulary.find("exotap.control.outcome")),
        verdict_(vocabulary.find("exotap.control.verdict")),
        detail_(vocabulary.find("exotap.control.detail")),
        stage_(vocabulary.find("exotap.fault.stage")) {}

  // `finding` is complete but for this; `facts` are those of the exchange that completed it. A
  // finding that is of exotap's making by its rule stays so.
  void add_to(Finding& finding, const Facts& facts) const;

 private:
  const Wording* words_ = &english();
  const FactSpec* probe_ = nullptr;
  const FactSpec* outcome_ = nullptr;
  const FactSpec* verdict_ = nullptr;
  const FactSpec* detail_ = nullptr;
  const FactSpec* stage_ = nullptr;
};

}  // namespace exotap
