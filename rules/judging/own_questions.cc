#include "rules/judging/own_questions.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

#include "rules/words/printable.h"

namespace exotap {
namespace {

// Even where a rule's own evidence fills the list: without these the words cannot be checked.
void add_evidence(Finding& finding, std::initializer_list<const FactSpec*> specs,
                  const Facts& facts) {
  finding.evidence.resize(std::min(finding.evidence.size(), kMaxEvidence - specs.size()));
  for (const FactSpec* spec : specs) {
    if (spec == nullptr || !facts.has(*spec)) continue;
    finding.evidence.push_back({finding.exchange_id, std::string(spec->name),
                                std::string(cut_utf8(facts.text(*spec), kMaxEvidenceText))});
  }
}

std::string_view text_of(const FactSpec* spec, const Facts& facts) {
  return spec == nullptr ? std::string_view() : facts.text(*spec);
}

}  // namespace

void OwnQuestions::add_to(Finding& finding, const Facts& facts) const {
  const Wording& words = *words_;
  if (!text_of(probe_, facts).empty()) {
    finding.explain += words.asked_itself;
    add_evidence(finding, {probe_}, facts);
  }
  if (text_of(outcome_, facts).empty() || finding.caused_by_exotap) return;
  const std::string_view verdict = text_of(verdict_, facts);
  const std::string_view detail = text_of(detail_, facts);
  if (verdict == "independent") {
    const bool alike = text_of(outcome_, facts) == "same_failure";
    finding.explain += put_in(alike ? words.fails_alike : words.fails_otherwise, {detail});
  } else if (verdict == "caused_by_interception") {
    finding.caused_by_exotap = true;
    finding.explain += put_in(words.by_interception, {detail});
    // The rule's own remedy would send the reader after what is sound.
    finding.remedy = put_in(words.nothing_to_mend, {finding.host});
    finding.remedy += text_of(stage_, facts) == "tls" ? words.pass_it_by : words.mend_the_way;
    finding.owner = Owner::user;  // whoever started exotap
  } else if (verdict == "passed") {
    finding.explain += put_in(words.passed_this_time, {detail});
  }
  add_evidence(finding, {outcome_, verdict_}, facts);
}

}  // namespace exotap
