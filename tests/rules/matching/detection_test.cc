#include "rules/matching/detection.h"

#include "rules/reading/detection_reader.h"
#include "tests/rules/vocabulary_for_test.h"

namespace exotap {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class DetectionOf {
 public:
  explicit DetectionOf(std::string_view text) : yaml_(read_yaml(text)) {
    const FieldScope scope{vocabulary_, slots_, LogSource::exotap};
    LoadReport report;
    auto read = read_detection(yaml_.documents.at(0), scope, FileReport(report, "rule.yml"));
    for (const LoadMessage& m : report.errors()) ADD_FAILURE() << to_string(m);
    if (read) detection_ = std::move(*read);
  }

  std::vector<std::string> required() {
    std::vector<std::string> names;
    for (const Slot slot : detection_.required()) names.emplace_back(slots_.spec(slot).name);
    return names;
  }
  std::vector<std::string> evidence(const Facts& facts) {
    FactIndex index;
    index.fill(slots_, facts);
    EXPECT_TRUE(detection_.matches(index));
    std::vector<std::string> texts;
    for (const Fact& f : detection_.evidence(index)) {
      texts.push_back(std::string(f.spec->name) + "=" + std::string(f.text));
    }
    return texts;
  }
  bool mentions(const FactSpec& spec) {
    const Slot slot = slots_.find(&spec);
    return slot != SlotTable::kNoSlot && detection_.mentions(slot);
  }

 private:
  Vocabulary vocabulary_ = test_vocabulary();
  SlotTable slots_;
  YamlText yaml_;
  Detection detection_;
};

TEST(DetectionRequires, EveryFactOfAMap) {
  EXPECT_THAT(DetectionOf("s: {error.type: tcp, url.port: 443}\ncondition: s").required(),
              UnorderedElementsAre("error.type", "url.port"));
}

TEST(DetectionRequires, WhatAllAlternativesShare) {
  EXPECT_THAT(DetectionOf("s:\n  - {error.type: tcp, url.port: 443}\n"
                          "  - {error.type: dns, url.path: /}\ncondition: s")
                  .required(),
              UnorderedElementsAre("error.type"));
  EXPECT_THAT(DetectionOf("a: {error.type: tcp}\nb: {url.port: 443}\ncondition: a or b").required(),
              IsEmpty());
  EXPECT_THAT(
      DetectionOf("a: {error.type: tcp}\nb: {url.port: 443}\ncondition: a and b").required(),
      UnorderedElementsAre("error.type", "url.port"));
}

TEST(DetectionRequires, NothingThatAbsenceCanFulfil) {
  EXPECT_THAT(
      DetectionOf("a: {error.type: tcp}\nb: {url.port: 443}\ncondition: a and not b").required(),
      UnorderedElementsAre("error.type"));
  EXPECT_THAT(DetectionOf("a: {error.type: null, url.port|neq: 443, url.path|exists: false}\n"
                          "condition: a")
                  .required(),
              IsEmpty());
  EXPECT_THAT(DetectionOf("a: [keyword]\ncondition: a").required(), IsEmpty());
}

TEST(DetectionEvidence, StandsInTheOrderOfTheRuleWhateverWasCheaper) {
  Facts facts;
  facts.add(kPort, 443);
  facts.add(kPath, "/adfs/services/trust");
  facts.add(kErrorType, "tcp");
  EXPECT_THAT(DetectionOf("s:\n  url.path|re: ad.s\n  error.type: tcp\n  url.port: 443\n"
                          "condition: s")
                  .evidence(facts),
              ElementsAre("url.path=/adfs/services/trust", "error.type=tcp", "url.port=443"));
}

TEST(DetectionEvidence, IsToldOnceAndOnlyOfWhatHeld) {
  Facts facts;
  facts.add(kErrorType, "tcp");
  facts.add(kPort, 443);
  EXPECT_THAT(DetectionOf("a: {error.type: tcp}\nb: {error.type: [tcp, dns]}\n"
                          "c: {url.port: 80}\nd: {url.port: 993}\n"
                          "condition: (a or c) and b and not d")
                  .evidence(facts),
              ElementsAre("error.type=tcp"));
}

TEST(Detection, KnowsWhichFactsItSpeaksOf) {
  DetectionOf detection(
      "a: {error.type: tcp}\nb:\n  - {url.port: 443}\n"
      "  - {url.path|fieldref: url.query}\ncondition: a and not b");
  EXPECT_TRUE(detection.mentions(kErrorType));
  EXPECT_TRUE(detection.mentions(kPort));
  EXPECT_TRUE(detection.mentions(kQuery));
  EXPECT_FALSE(detection.mentions(kStatus));
}

}  // namespace
}  // namespace exotap
