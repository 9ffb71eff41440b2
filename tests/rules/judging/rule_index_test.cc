#include "rules/judging/rule_index.h"

#include <array>
#include <random>
#include <set>
#include <string>

#include "tests/rules/vocabulary_for_test.h"

namespace exotap {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::size_t> numbers_in(const NumberSet& set) {
  std::vector<std::size_t> out;
  set.each([&](std::size_t number) { out.push_back(number); });
  return out;
}

TEST(NumberSet, HoldsWhatWasInsertedInAscendingOrder) {
  NumberSet set;
  set.clear(200);
  for (const std::size_t number : {199U, 64U, 63U, 0U, 64U}) set.insert(number);
  EXPECT_THAT(numbers_in(set), ElementsAre(0, 63, 64, 199));
  set.clear(200);
  EXPECT_THAT(numbers_in(set), IsEmpty());
}

class Indexed : public testing::Test {
 protected:
  // The rules, by name, that the index offers for these facts.
  std::vector<std::string> offered(const RuleSet& rules, const Facts& facts) {
    index_.fill(rules.slots(), facts);
    rules.composed().compose(index_, texts_);
    NumberSet set;
    rules.index().find(index_, set);
    std::vector<std::string> names;
    set.each([&](std::size_t n) { names.push_back(rules.rule(rules.rule_of(n)).name); });
    return names;
  }

  FactIndex index_;
  ComposedFacts::Texts texts_;
};

TEST_F(Indexed, OffersOnlyRulesWhoseGateIsOpened) {
  RulesUnderTest rules(
      our_rule("port", "detection: {s: {url.port: 443}, condition: s}\n") + "---\n" +
          our_rule("code", "detection: {s: {error.code: Refused}, condition: s}\n") + "---\n" +
          our_rule("not", "detection: {s: {url.port: 1}, condition: not s}\n"),
      "port.yml");
  Facts facts;
  facts.add(kPort, 443);
  EXPECT_THAT(offered(rules.rules(), facts), ElementsAre("port", "not"));
  facts.clear();
  facts.add(kErrorCode, "REFUSED");
  EXPECT_THAT(offered(rules.rules(), facts), ElementsAre("code", "not"));
}

// Rules made at random, beside a judgement that tries every one of them.
class RandomRules {
  template <typename List>
  auto pick(const List& list) {
    return list[random_() % std::size(list)];
  }

 public:
  explicit RandomRules(unsigned seed) : random_(seed) {}

  std::string detection() {
    constexpr std::array kConditions = {"a and b", "a or b",     "a and not b", "not a",
                                        "a",       "not a or b", "1 of them",   "all of them"};
    const std::string condition = pick(kConditions);
    const bool both = condition.find('b') != std::string::npos || condition.find("them") < 20;
    return "detection:\n  a: " + selection() + "\n" + (both ? "  b: " + selection() + "\n" : "") +
           "  condition: " + condition + "\n";
  }

  Facts facts() {
    Facts facts;
    for (int i = 0; i < 4; ++i) {
      const FactSpec& spec = *pick(kTexts);
      if (random_() % 2 == 0) facts.add(spec, text());
    }
    if (random_() % 2 == 0) facts.add(kPort, static_cast<int>(random_() % 4));
    return facts;
  }

 private:
  static constexpr std::array kTexts = {&kErrorCode, &kUserAgent, &kChallenge};

  std::string text() {
    std::string out;
    for (std::size_t i = random_() % 8; i > 0; --i) out += pick(std::string_view("aAbB"));
    return out;
  }

  std::string item() {
    constexpr std::array kForms = {"", "|contains", "|startswith", "|endswith", "|re", "|neq"};
    switch (random_() % 5) {
      case 0:
        return "url.port: " + std::to_string(random_() % 4);
      case 1:
        return "url.port|gte: " + std::to_string(random_() % 4);
      case 2:
        return std::string(pick(kTexts)->name) + ": null";
      case 3:
        return std::string(pick(kTexts)->name) + "|contains|all: ['x" + text() + "', '" + text() +
               "a']";
      default:
        return std::string(pick(kTexts)->name) + pick(kForms) + ": ['" + text() + "a', 'b" +
               text() + "*" + "a']";
    }
  }

  std::string selection() {
    std::string first = item();
    if (random_() % 3 != 0) return "{" + first + "}";
    std::string second = item();
    // A map has each key once.
    const bool same = first.substr(0, first.find(':')) == second.substr(0, second.find(':'));
    if (same || random_() % 2 == 0) return "[{" + first + "}, {" + second + "}]";
    return "{" + first + ", " + second + "}";
  }

  std::mt19937 random_;
};

TEST_F(Indexed, LeavesOutNoRuleThatMatches) {
  RandomRules made(11);
  std::size_t matched = 0;
  std::size_t left_out = 0;
  for (int round = 0; round < 40; ++round) {
    std::string text;
    for (int i = 0; i < 20; ++i) {
      if (i > 0) text += "---\n";
      text += our_rule("rule-" + std::to_string(i), made.detection());
    }
    text.erase(text.find_last_not_of('\n') + 1);
    RulesUnderTest under_test(text + "\n", "rule-0.yml");
    const RuleSet& rules = under_test.rules();
    for (int i = 0; i < 50; ++i) {
      const Facts facts = made.facts();
      const auto names = offered(rules, facts);
      const std::set<std::string> offer(names.begin(), names.end());
      for (std::size_t rule = 0; rule < rules.size(); ++rule) {
        if (!offer.contains(rules.rule(rule).name)) ++left_out;
        if (!rules.compiled(rule).detection.matches(index_)) continue;
        ++matched;
        ASSERT_TRUE(offer.contains(rules.rule(rule).name)) << rules.rule(rule).name << "\n" << text;
      }
    }
  }
  EXPECT_GT(matched, 1000U);
  EXPECT_GT(left_out, 1000U);
}

}  // namespace
}  // namespace exotap
