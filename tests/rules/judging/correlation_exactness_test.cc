// Correlations of every type against counting anew: random events, late ones and ones of equal time
// among them, given to the memory one after the other and, all that came so far, to the definition
// as docs/rules.md has it.
#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <set>

#include "rules/judging/correlation.h"
#include "tests/rules/vocabulary_for_test.h"

namespace exotap {
namespace {

using namespace std::chrono_literals;
using Type = Correlation::Type;

constexpr std::chrono::seconds kSpan = 60s;

// A match as it was given in, numbered in the order of coming.
struct Given {
  std::chrono::seconds when;
  std::size_t order;
  std::uint64_t id;
  std::size_t rule;
  std::string host;
  std::string value;
};

class Exactness : public testing::TestWithParam<Type> {
 protected:
  Exactness() {
    correlation_.type = GetParam();
    correlation_.rule_count = 3;
    correlation_.group_by = {Correlation::FactByRule(3, slots_.add(kDomain))};
    correlation_.value = slots_.add(kErrorCode);
    correlation_.timespan = kSpan;
    const bool all_rules = GetParam() == Type::temporal || GetParam() == Type::temporal_ordered;
    correlation_.at_least = all_rules ? 3 : 4;
  }

  bool fires(const Given& given) {
    Facts facts;
    facts.add(kDomain, given.host);
    facts.add(kErrorCode, given.value);
    FactIndex index;
    index.fill(slots_, facts);
    CountedEvent event;
    event.time = at(given.when);
    event.exchange_id = given.id;
    event.rule = given.rule;
    return !memory_.add(std::move(event), index).events.empty();
  }

  // Those of the same host that are in the window when the last of them has come, by time.
  static std::vector<Given> window(const std::vector<Given>& all) {
    std::chrono::seconds newest{0};
    for (const Given& given : all) {
      if (given.host == all.back().host) newest = std::max(newest, given.when);
    }
    std::vector<Given> inside;
    for (const Given& given : all) {
      if (given.host == all.back().host && given.when > newest - kSpan) inside.push_back(given);
    }
    std::ranges::stable_sort(inside, {}, &Given::when);
    return inside;
  }

  // Whether `self` is one of a sequence of all rules in their order, each in another exchange than
  // the one before: every way to choose is tried.
  static bool in_sequence(const std::vector<Given>& events, std::size_t self) {
    const std::function<bool(std::size_t, std::size_t, std::uint64_t, bool)> choose =
        [&](std::size_t from, std::size_t rule, std::uint64_t before, bool has_self) {
          if (rule == 3) return has_self;
          for (std::size_t i = from; i < events.size(); ++i) {
            if (events[i].rule != rule || events[i].id == before) continue;
            if (choose(i + 1, rule + 1, events[i].id, has_self || events[i].order == self)) {
              return true;
            }
          }
          return false;
        };
    return choose(0, 0, 0, false);
  }

  [[nodiscard]] bool expected(const std::vector<Given>& all) const {
    const std::vector<Given> inside = window(all);
    if (GetParam() == Type::temporal_ordered) return in_sequence(inside, all.back().order);
    std::set<std::string> values;
    std::set<std::size_t> rules;
    for (const Given& given : inside) {
      values.insert(given.value);
      rules.insert(given.rule);
    }
    const std::size_t count = GetParam() == Type::event_count   ? inside.size()
                              : GetParam() == Type::value_count ? values.size()
                                                                : rules.size();
    return count >= correlation_.at_least && count <= correlation_.at_most &&
           count != correlation_.other_than;
  }

  void compare(unsigned seed) {
    std::mt19937 random(seed);
    std::vector<Given> all;
    std::size_t fired = 0;
    std::size_t silent = 0;
    std::chrono::seconds now{1000};
    for (std::size_t step = 0; step < 600; ++step) {
      now += std::chrono::seconds(random() % 20);
      // Every third comes late, many of them at a time that another has.
      const auto late = std::chrono::seconds(random() % 3 == 0 ? random() % 90 : 0);
      const std::uint64_t id = 1 + step - (random() % 4 == 0 ? 1 : 0) * (step > 0 ? 1 : 0);
      const Given given{std::chrono::seconds((now - late).count() / 5 * 5),
                        step,
                        GetParam() == Type::temporal_ordered ? id : 1 + step,
                        random() % 3,
                        std::string(1, static_cast<char>('a' + random() % 2)),
                        std::string(1, static_cast<char>('p' + random() % 6))};
      const bool told_twice = !all.empty() && std::ranges::any_of(all, [&](const Given& known) {
        return known.id == given.id && known.rule == given.rule;
      });
      if (told_twice) continue;
      all.push_back(given);
      const bool wanted = expected(all);
      ASSERT_EQ(fires(given), wanted) << "seed " << seed << ", step " << step;
      wanted ? ++fired : ++silent;
    }
    EXPECT_GT(fired, 10U);
    EXPECT_GT(silent, 10U);
    EXPECT_EQ(memory_.take_forgotten(), 0U);
  }

  SlotTable slots_;
  Correlation correlation_;
  CorrelationMemory memory_{correlation_};
};

TEST_P(Exactness, IsThatOfTheDefinition) {
  for (const unsigned seed : {1U, 2U, 3U}) {
    memory_ = CorrelationMemory(correlation_);
    compare(seed);
  }
}

TEST_P(Exactness, IsThatOfTheDefinitionWithAnUpperBound) {
  if (GetParam() == Type::temporal_ordered) correlation_.at_least = 3;
  if (GetParam() != Type::temporal_ordered) {
    correlation_.at_least = 2;
    correlation_.at_most = 5;
    correlation_.other_than = 3;
  }
  compare(7);
}

INSTANTIATE_TEST_SUITE_P(Correlations, Exactness,
                         testing::Values(Type::event_count, Type::value_count, Type::temporal,
                                         Type::temporal_ordered));

// A correlation of correlations: three refusals of one host within a minute make it "busy"; two
// busy hosts within two minutes fire.
TEST(CorrelationChain, AgreesWithCountingAnew) {
  const std::string text =
      "title: Many\nname: rule\nid: 00000000-0000-4000-8000-000000000001\nlevel: high\n"
      "owner: user\nexplain: A.\nremedy: B.\ntests: {fires: [a], silent: [b]}\n"
      "once_per: [flow.attempt]\n"
      "correlation:\n  type: value_count\n  rules: [busy]\n  timespan: 2m\n"
      "  condition: {field: url.domain, gte: 2}\n"
      "---\ntitle: Busy\nname: busy\nid: 00000000-0000-4000-8000-000000000002\n"
      "correlation:\n  type: event_count\n  rules: [refused]\n  group-by: [url.domain]\n"
      "  timespan: 1m\n  condition: {gte: 3}\n"
      "---\n" +
      our_rule("refused", "detection: {a: {error.type: tcp}, condition: a}\n");
  RulesUnderTest rules(text);
  std::mt19937 random(11);
  struct Seen {
    std::chrono::seconds when;
    std::string host;
  };
  std::vector<Seen> refusals, busy;
  const auto newest = [](const std::vector<Seen>& all, const std::string& host) {
    std::chrono::seconds most{0};
    for (const Seen& seen : all) {
      if (host.empty() || seen.host == host) most = std::max(most, seen.when);
    }
    return most;
  };
  std::chrono::seconds now{1000};
  std::size_t fired = 0;
  for (std::int64_t step = 1; step <= 800; ++step) {
    now += std::chrono::seconds(random() % 25);
    const Seen seen{now - std::chrono::seconds(random() % 3 == 0 ? random() % 70 : 0),
                    std::string(1, static_cast<char>('a' + random() % 4))};
    Facts facts = exchange_with(seen.host);
    facts.add(kErrorType, "tcp");
    facts.add(kAttempt, step);  // nothing is a repeat
    const bool said = !rules.judge(facts, seen.when, static_cast<std::uint64_t>(step)).empty();

    refusals.push_back(seen);
    const auto begin = newest(refusals, seen.host) - 60s;
    const auto count = std::ranges::count_if(
        refusals, [&](const Seen& other) { return other.host == seen.host && other.when > begin; });
    bool expected = false;
    if (count >= 3) {
      busy.push_back(seen);
      const auto outer = newest(busy, {}) - 120s;
      std::set<std::string> hosts;
      for (const Seen& other : busy) {
        if (other.when > outer) hosts.insert(other.host);
      }
      expected = hosts.size() >= 2;
    }
    ASSERT_EQ(said, expected) << "step " << step;
    fired += said ? 1U : 0U;
  }
  EXPECT_GT(fired, 50U);
  EXPECT_LT(fired, 750U);
}

}  // namespace
}  // namespace exotap
