#include "rules/own_questions.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

#include "rules/printable.h"

namespace exotap {
namespace {

constexpr std::string_view kPassItBy =
    "Try again: for the next hour exotap lets its connections pass unopened, and does not examine "
    "them. To have that from the start, give exotap run --tunnel with its name.";
constexpr std::string_view kMendTheWay =
    "Look at how exotap was told to get there: --connect-timeout may be too short, --connect-to or "
    "--upstream wrong.";

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
  if (!text_of(probe_, facts).empty()) {
    finding.explain +=
        " exotap asked the server itself: the program's own connection passes unopened and does "
        "not show its certificate.";
    add_evidence(finding, {probe_}, facts);
  }
  if (text_of(outcome_, facts).empty() || finding.caused_by_exotap) return;
  const std::string_view verdict = text_of(verdict_, facts);
  const std::string_view outcome = text_of(outcome_, facts);
  if (verdict == "independent") {
    finding.explain += " This is independent of exotap: tried again without it, it fails ";
    finding.explain += outcome == "same_failure" ? "in the same way." : "as well, in another way: ";
    if (outcome != "same_failure") finding.explain += text_of(detail_, facts);
  } else if (verdict == "caused_by_interception") {
    finding.caused_by_exotap = true;
    finding.explain += " This is caused by interception. ";
    finding.explain += text_of(detail_, facts);
    // The rule's own remedy would send the reader after what is sound.
    finding.remedy = "Nothing needs to be mended at " + finding.host + ". ";
    finding.remedy += text_of(stage_, facts) == "tls" ? kPassItBy : kMendTheWay;
    finding.owner = Owner::user;  // whoever started exotap
  } else if (verdict == "passed") {
    finding.explain += " Tried again, it has passed: ";
    finding.explain += text_of(detail_, facts);
  }
  add_evidence(finding, {outcome_, verdict_}, facts);
}

}  // namespace exotap
