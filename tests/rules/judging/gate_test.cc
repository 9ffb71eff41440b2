#include "rules/judging/gate.h"

#include <optional>
#include <string>
#include <vector>

#include "tests/rules/vocabulary_for_test.h"

namespace exotap {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class GateOf : public testing::Test {
 protected:
  // The gate of the first of rules with these detections; the others only make keys common.
  Gate of(std::vector<std::string> detections) {
    std::string text;
    for (const std::string& detection : detections) {
      if (!text.empty()) text += "---\n";
      const std::string name = "rule-" + std::to_string(text.size());
      text += our_rule(name, "detection: {" + detection + "}\n");
    }
    rules_.emplace(text, "rule-0.yml");
    KeyCounts counts;
    for (std::size_t i = 0; i < rules_->rules().size(); ++i) {
      counts.count(rules_->rules().compiled(i).detection);
    }
    return gate_of(rules_->rules().compiled(0).detection, counts);
  }
  [[nodiscard]] std::vector<std::string> keys(const Gate& gate) const {
    std::vector<std::string> out;
    for (const GateKey& key : gate.keys) {
      std::string text(rules_->rules().slots().spec(key.slot).name);
      if (key.how == GateKey::How::number) text += " = " + std::to_string(key.number);
      if (key.how == GateKey::How::text) text += " = " + key.text;
      if (key.how == GateKey::How::part) text += " has " + key.text;
      out.push_back(text);
    }
    return out;
  }

  std::optional<RulesUnderTest> rules_;
};

TEST_F(GateOf, AValueIsItsKey) {
  EXPECT_THAT(keys(of({"s: {url.port: 443}, condition: s"})), ElementsAre("url.port = 443"));
  EXPECT_THAT(keys(of({"s: {error.code: ECONNREFUSED}, condition: s"})),
              ElementsAre("error.code = econnrefused"));
}

TEST_F(GateOf, PartsOfTextsAreKeys) {
  EXPECT_THAT(keys(of({"s: {error.code|contains: RefuSed}, condition: s"})),
              ElementsAre("error.code has refused"));
  EXPECT_THAT(keys(of({"s: {error.code: 'ab*longest?cd'}, condition: s"})),
              ElementsAre("error.code has longest"));
  EXPECT_THAT(keys(of({"s: {error.code|contains: abc}, condition: s"})), ElementsAre("error.code"));
}

TEST_F(GateOf, WhatIsNoValueNeedsTheFact) {
  EXPECT_THAT(keys(of({"s: {url.port|gte: 10}, condition: s"})), ElementsAre("url.port"));
  EXPECT_THAT(keys(of({"s: {error.code|re: 'a+'}, condition: s"})), ElementsAre("error.code"));
  EXPECT_THAT(keys(of({"s: {error.code|exists: true}, condition: s"})), ElementsAre("error.code"));
}

TEST_F(GateOf, NegationsAndAbsenceNeedNothing) {
  EXPECT_TRUE(of({"s: {url.port: 1}, condition: not s"}).always);
  EXPECT_TRUE(of({"s: {url.port: null}, condition: s"}).always);
  EXPECT_TRUE(of({"s: {url.port|neq: 5}, condition: s"}).always);
  EXPECT_TRUE(of({"s: [word], condition: s"}).always);
}

TEST_F(GateOf, AlternativesJoinTheirKeys) {
  const Gate gate = of({"a: {url.port: 1}, b: {error.code: X}, condition: a or b"});
  EXPECT_FALSE(gate.always);
  EXPECT_EQ(gate.keys.size(), 2u);
  EXPECT_TRUE(of({"a: {url.port: 1}, b: {error.code: X}, condition: a or not b"}).always);
}

TEST_F(GateOf, TheRarestOfAllThatMustHoldIsTheKey) {
  const std::string common = "s: {url.port: 443, http.response.status_code: 401}, condition: s";
  EXPECT_THAT(keys(of({"s: {url.port: 443, error.code: X}, condition: s", common, common})),
              ElementsAre("error.code = x"));
  EXPECT_THAT(keys(of({"s: {url.port: 443}, n: {error.code: X}, condition: s and not n"})),
              ElementsAre("url.port = 443"));
}

TEST(Gate, OfAFactThatIsNeverAvailableOpensNever) {
  RulesUnderTest rules(
      "title: a\nlogsource: {category: proxy}\n"
      "detection: {s: {cs-cookie: x}, condition: s}\n");
  const Gate gate = gate_of(rules.rules().compiled(0).detection, KeyCounts());
  EXPECT_FALSE(gate.always);
  EXPECT_THAT(gate.keys, IsEmpty());
}

}  // namespace
}  // namespace exotap
