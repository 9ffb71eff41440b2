#include "rules/judging/correlation.h"

#include <algorithm>
#include <map>
#include <random>

#include "tests/rules/vocabulary_for_test.h"

namespace exotap {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using Type = Correlation::Type;
using Op = AmountTest::Op;

// A correlation by host, and events given to it.
class CorrelationUnderTest {
 public:
  CorrelationUnderTest(Type type, std::size_t at_least, std::size_t rules = 1) {
    correlation_.type = type;
    correlation_.rule_count = rules;
    correlation_.group_by = {Correlation::FactByRule(rules, slots_.add(kDomain))};
    correlation_.value = slots_.add(kErrorCode);
    correlation_.timespan = 5min;
    correlation_.at_least = at_least;
  }

  // A match with a number; what it fulfils.
  Correlated amount(std::string_view host, std::chrono::seconds when,
                    std::optional<std::int64_t> bytes, std::uint64_t id = 0) {
    Facts facts;
    facts.add_if(kDomain, host);
    if (bytes) facts.add(kPort, *bytes);
    FactIndex index;
    index.fill(slots_, facts);
    CountedEvent counted;
    counted.time = at(when);
    counted.exchange_id = id == 0 ? ++last_id_ : id;
    return memory_.add(std::move(counted), index);
  }
  void compare_amounts(std::vector<AmountTest> tests) {
    correlation_.value = slots_.add(kPort);
    correlation_.amount_tests = std::move(tests);
  }

  std::vector<CountedEvent> event(std::string_view host, std::chrono::seconds when,
                                  std::string_view code = "X", std::size_t rule = 0,
                                  std::uint64_t id = 0, std::string_view path = {}) {
    Facts facts;
    facts.add_if(kDomain, host);
    facts.add_if(kErrorCode, code);
    facts.add_if(kPath, path);
    FactIndex index;
    index.fill(slots_, facts);
    CountedEvent counted;
    counted.time = at(when);
    counted.exchange_id = id == 0 ? ++last_id_ : id;
    counted.rule = rule;
    return memory_.add(std::move(counted), index).events;
  }
  Correlation& correlation() { return correlation_; }
  std::size_t forgotten() { return memory_.take_forgotten(); }
  void also_by_path() { correlation_.more_values = {slots_.add(kPath)}; }

 private:
  SlotTable slots_;
  Correlation correlation_;
  CorrelationMemory memory_{correlation_};
  std::uint64_t last_id_ = 0;
};

TEST(EventCount, FiresWhenThereAreEnoughForOneHost) {
  CorrelationUnderTest three(Type::event_count, 3);
  EXPECT_THAT(three.event("a", 0s), IsEmpty());
  EXPECT_THAT(three.event("a", 1s), IsEmpty());
  EXPECT_THAT(three.event("b", 2s), IsEmpty());
  EXPECT_THAT(three.event("a", 3s), SizeIs(3));
  EXPECT_THAT(three.event("a", 4s), SizeIs(4));
}

TEST(EventCount, ForgetsWhatIsOlderThanTheTimespan) {
  CorrelationUnderTest two(Type::event_count, 2);
  EXPECT_THAT(two.event("a", 0s), IsEmpty());
  EXPECT_THAT(two.event("a", 5min), IsEmpty());
  EXPECT_THAT(two.event("a", 9min), SizeIs(2));
}

TEST(EventCount, TakesEventsALittleOutOfOrder) {
  CorrelationUnderTest two(Type::event_count, 2);
  EXPECT_THAT(two.event("a", 10min), IsEmpty());
  EXPECT_THAT(two.event("a", 9min), SizeIs(2));
  EXPECT_THAT(two.event("a", 1min), SizeIs(2));  // too old to count, changes nothing
}

TEST(EventCount, CountsAnExchangeOnce) {
  CorrelationUnderTest two(Type::event_count, 2, 2);
  EXPECT_THAT(two.event("a", 0s, "X", 0, 7), IsEmpty());
  EXPECT_THAT(two.event("a", 9s, "X", 0, 7), IsEmpty());
  EXPECT_THAT(two.event("a", 9s, "X", 1, 7), IsEmpty());
  EXPECT_THAT(two.event("a", 9s, "X", 1, 8), SizeIs(2));
}

TEST(EventCount, LeavesOutWhatBelongsToNoGroup) {
  CorrelationUnderTest one(Type::event_count, 1);
  EXPECT_THAT(one.event("", 0s), IsEmpty());
  EXPECT_THAT(one.event("a", 0s), SizeIs(1));
}

TEST(EventCount, AnUpperBoundEndsIt) {
  CorrelationUnderTest just_two(Type::event_count, 2);
  just_two.correlation().at_most = 2;
  EXPECT_THAT(just_two.event("a", 0s), IsEmpty());
  EXPECT_THAT(just_two.event("a", 1s), SizeIs(2));
  EXPECT_THAT(just_two.event("a", 2s), IsEmpty());
}

TEST(EventCount, RemembersABoundedNumber) {
  CorrelationUnderTest one(Type::event_count, 1);
  for (int i = 0; i < 1000; ++i) (void)one.event("a", 0s);
  EXPECT_THAT(one.event("a", 0s), SizeIs(Correlation::kKeptEvents));
}

TEST(EventCount, ForgetsTheGroupLongestWithoutAnEvent) {
  CorrelationUnderTest two(Type::event_count, 2);
  (void)two.event("oldest", 0s);
  for (std::size_t i = 0; i < Correlation::kMaxGroups; ++i) {
    (void)two.event("host-" + std::to_string(i), 1s);
  }
  EXPECT_THAT(two.event("oldest", 2s), IsEmpty());
  EXPECT_THAT(two.event("host-200", 2s), SizeIs(2));
}

TEST(ValueCount, CountsDistinctValues) {
  CorrelationUnderTest two(Type::value_count, 2);
  EXPECT_THAT(two.event("a", 0s, "X"), IsEmpty());
  EXPECT_THAT(two.event("a", 1s, "X"), IsEmpty());
  EXPECT_THAT(two.event("a", 2s, ""), IsEmpty());
  const auto events = two.event("a", 3s, "Y");
  ASSERT_THAT(events, SizeIs(2));
  EXPECT_EQ(events[0].text, "X");
  EXPECT_EQ(events[0].exchange_id, 2U);  // the newest with that value
  EXPECT_EQ(events[1].text, "Y");
  EXPECT_EQ(events[1].field, "error.code");
}

TEST(Temporal, WantsEveryRuleInAnyOrder) {
  CorrelationUnderTest both(Type::temporal, 2, 2);
  EXPECT_THAT(both.event("a", 0s, "X", 1), IsEmpty());
  EXPECT_THAT(both.event("a", 1s, "X", 1), IsEmpty());
  EXPECT_THAT(both.event("a", 2s, "X", 0), SizeIs(2));
  EXPECT_THAT(both.event("b", 2s, "X", 0), IsEmpty());
}

TEST(Temporal, OneExchangeMayBeBoth) {
  CorrelationUnderTest both(Type::temporal, 2, 2);
  EXPECT_THAT(both.event("a", 0s, "X", 0, 7), IsEmpty());
  EXPECT_THAT(both.event("a", 0s, "X", 1, 7), SizeIs(2));
}

TEST(TemporalOrdered, WantsTheRulesInTheirOrder) {
  CorrelationUnderTest ordered(Type::temporal_ordered, 2, 2);
  EXPECT_THAT(ordered.event("a", 0s, "X", 1), IsEmpty());
  EXPECT_THAT(ordered.event("a", 1s, "X", 0), IsEmpty());
  EXPECT_THAT(ordered.event("a", 2s, "X", 0), IsEmpty());
  EXPECT_THAT(ordered.event("a", 3s, "X", 1), SizeIs(4));
}

TEST(TemporalOrdered, EachStepIsAnExchangeOfItsOwn) {
  CorrelationUnderTest ordered(Type::temporal_ordered, 2, 2);
  EXPECT_THAT(ordered.event("a", 0s, "X", 0, 7), IsEmpty());
  EXPECT_THAT(ordered.event("a", 0s, "X", 1, 7), IsEmpty());
  EXPECT_THAT(ordered.event("a", 1s, "X", 1, 8), SizeIs(3));
}

TEST(TemporalOrdered, AFirstStepThatComesLateCompletesIt) {
  CorrelationUnderTest ordered(Type::temporal_ordered, 2, 2);
  EXPECT_THAT(ordered.event("a", 9s, "X", 1), IsEmpty());
  EXPECT_THAT(ordered.event("a", 8s, "X", 0), SizeIs(2));
  EXPECT_THAT(ordered.event("a", 10s, "X", 0), IsEmpty());  // no step of anything whole
}

TEST(TemporalOrdered, EqualTimesStandInTheOrderTheyCame) {
  CorrelationUnderTest ordered(Type::temporal_ordered, 2, 2);
  EXPECT_THAT(ordered.event("a", 5s, "X", 1), IsEmpty());
  EXPECT_THAT(ordered.event("a", 5s, "X", 0), IsEmpty());
  EXPECT_THAT(ordered.event("a", 5s, "X", 1), SizeIs(3));
}

TEST(ValueCount, AValueThatComesLateDoesNotMakeTheKnownOneOlder) {
  CorrelationUnderTest two(Type::value_count, 2);
  EXPECT_THAT(two.event("a", 200s, "X"), IsEmpty());
  EXPECT_THAT(two.event("a", 0s, "X"), IsEmpty());
  EXPECT_THAT(two.event("a", 400s, "Y"), SizeIs(2));
}

TEST(ValueCount, CountsCombinationsOfSeveralFields) {
  CorrelationUnderTest two(Type::value_count, 2);
  two.also_by_path();
  EXPECT_THAT(two.event("a", 0s, "X", 0, 0, "/1"), IsEmpty());
  EXPECT_THAT(two.event("a", 1s, "X", 0, 0, "/1"), IsEmpty());
  EXPECT_THAT(two.event("a", 2s, "Y"), IsEmpty());  // without a path it is not counted
  const auto events = two.event("a", 3s, "X", 0, 0, "/2");
  ASSERT_THAT(events, SizeIs(2));
  EXPECT_EQ(events[1].text, "X");
  EXPECT_EQ(events[1].distinct, "X\x1f/2");
}

TEST(EventCount, FewAloneIsAskedOfWholeWindowsOnly) {
  CorrelationUnderTest few(Type::event_count, 1);
  few.correlation().at_most = 2;
  few.correlation().only_whole_windows = true;
  EXPECT_THAT(few.event("a", 0s), IsEmpty());
  EXPECT_THAT(few.event("b", 299s), IsEmpty());
  EXPECT_THAT(few.event("a", 300s), SizeIs(1));
  EXPECT_THAT(few.event("a", 301s), SizeIs(2));
  EXPECT_THAT(few.event("a", 302s), IsEmpty());
  EXPECT_THAT(few.event("new", 303s), SizeIs(1));
}

TEST(EventCount, AGroupThatHadToGoIsNotTakenForAQuietOne) {
  CorrelationUnderTest few(Type::event_count, 1);
  few.correlation().at_most = 2;
  few.correlation().only_whole_windows = true;
  (void)few.event("first", 0s);
  (void)few.event("busy", 400s);
  (void)few.event("busy", 401s);
  for (std::size_t i = 0; i < Correlation::kMaxGroups; ++i) {
    (void)few.event("host-" + std::to_string(i), 402s);
  }
  EXPECT_EQ(few.forgotten(), 2U);  // what was in "busy"; "first" was too old to count
  EXPECT_EQ(few.forgotten(), 0U);
  EXPECT_THAT(few.event("busy", 403s), IsEmpty());
  EXPECT_THAT(few.event("busy", 800s), SizeIs(1));
}

TEST(TemporalOrdered, StepsThatHadToGoAreCounted) {
  CorrelationUnderTest ordered(Type::temporal_ordered, 2, 2);
  for (std::size_t i = 0; i < Correlation::kKeptEvents; ++i) (void)ordered.event("a", 0s, "X", 0);
  EXPECT_EQ(ordered.forgotten(), 0U);
  (void)ordered.event("a", 1s, "X", 0);
  EXPECT_EQ(ordered.forgotten(), 1U);
}

TEST(ValueSum, NumbersThatHadToGoAreCounted) {
  CorrelationUnderTest sum(Type::value_sum, 1);
  sum.compare_amounts({{Op::greater, 0}});
  for (std::size_t i = 0; i < AmountWindow::kMaxSamples + 3; ++i) (void)sum.amount("a", 0s, 1);
  EXPECT_EQ(sum.forgotten(), 3U);
}

TEST(EventCount, ALargeNumberMayBeLeftOut) {
  CorrelationUnderTest not_hundred(Type::event_count, 1);
  not_hundred.correlation().other_than = 100;
  for (std::size_t count = 1; count <= 101; ++count) {
    EXPECT_EQ(not_hundred.event("a", 0s).empty(), count == 100) << count;
  }
}

TEST(EventCount, ANumberMayBeLeftOut) {
  CorrelationUnderTest not_two(Type::event_count, 1);
  not_two.correlation().other_than = 2;
  EXPECT_THAT(not_two.event("a", 0s), SizeIs(1));
  EXPECT_THAT(not_two.event("a", 1s), IsEmpty());
  EXPECT_THAT(not_two.event("a", 2s), SizeIs(3));
}

TEST(ValueSum, FiresWhenOneHostsNumbersAddUp) {
  CorrelationUnderTest sum(Type::value_sum, 1);
  sum.compare_amounts({{Op::greater, 1000000}});
  EXPECT_THAT(sum.amount("a", 0s, 600).events, IsEmpty());
  EXPECT_THAT(sum.amount("b", 1s, 600).events, IsEmpty());
  EXPECT_THAT(sum.amount("a", 2s, std::nullopt).events, IsEmpty());
  EXPECT_THAT(sum.amount("a", 3s, 400).events, IsEmpty());
  const Correlated over = sum.amount("a", 4s, 1);
  ASSERT_THAT(over.events, SizeIs(3));
  EXPECT_EQ(over.count, 3U);
  EXPECT_EQ(over.value, "1001");
  EXPECT_EQ(over.events[0].field, "url.port");
  EXPECT_EQ(over.events[0].text, "600");
  EXPECT_EQ(over.events[2].exchange_id, 5U);
  EXPECT_THAT(sum.amount("a", 5min, 1).events, IsEmpty());  // the 600 is too old by now
}

TEST(ValueSum, WhatAnExchangeSaysLaterReplacesWhatItSaid) {
  CorrelationUnderTest sum(Type::value_sum, 1);
  sum.compare_amounts({{Op::greater_equal, 100000}});
  EXPECT_THAT(sum.amount("a", 0s, 60, 7).events, IsEmpty());
  EXPECT_THAT(sum.amount("a", 1s, 90, 7).events, IsEmpty());
  EXPECT_EQ(sum.amount("a", 2s, 100, 7).value, "100");
}

TEST(ValueSum, TellsABoundedNumberAndCountsAll) {
  CorrelationUnderTest sum(Type::value_sum, 1);
  sum.compare_amounts({{Op::greater_equal, 0}});
  for (int i = 0; i < 500; ++i) (void)sum.amount("a", 0s, 2);
  const Correlated all = sum.amount("a", 0s, 2);
  EXPECT_THAT(all.events, SizeIs(Correlation::kKeptEvents));
  EXPECT_EQ(all.count, 501U);
  EXPECT_EQ(all.value, "1002");
}

TEST(ValueAverage, IsThatOfTheWindow) {
  CorrelationUnderTest average(Type::value_avg, 1);
  average.compare_amounts({{Op::less, 2500}, {Op::not_equal, 1500}});
  EXPECT_EQ(average.amount("a", 0s, 2).value, "2");
  EXPECT_THAT(average.amount("a", 1s, 3).events, IsEmpty());
  EXPECT_THAT(average.amount("a", 2s, -1).value, "1.333");
}

TEST(ValuePercentile, IsAValueOfTheWindow) {
  CorrelationUnderTest median(Type::value_percentile, 1);
  median.compare_amounts({{Op::greater, 10000}});
  EXPECT_THAT(median.amount("a", 0s, 10).events, IsEmpty());
  EXPECT_THAT(median.amount("a", 1s, 5000).events, IsEmpty());  // the lower of two
  EXPECT_EQ(median.amount("a", 2s, 70).value, "70");
}

// Events of three hosts in any order, each judged once or twice, against counting anew.
TEST(Amounts, AgreeWithCountingAnewForEveryGroup) {
  struct Told {
    std::string host;
    std::chrono::seconds when;
    std::int64_t value;
  };
  std::mt19937 random(48);
  for (const Type type : {Type::value_sum, Type::value_avg, Type::value_percentile}) {
    CorrelationUnderTest tested(type, 1);
    const std::int64_t limit = type == Type::value_sum ? 400 : 60;
    tested.compare_amounts({{Op::greater_equal, limit * 1000}});
    tested.correlation().percentile = 90;
    std::map<std::uint64_t, Told> told;
    std::map<std::string, std::chrono::seconds> newest;
    std::chrono::seconds now{0};
    for (int step = 0; step < 1500; ++step) {
      now += std::chrono::seconds(random() % 60);
      const std::uint64_t id =
          random() % 4 == 0 && !told.empty() ? told.rbegin()->first : told.size() + 1;
      const std::string host =
          told.contains(id) ? told[id].host : std::string(1, static_cast<char>('a' + random() % 3));
      const Told one{host, now - std::chrono::seconds(random() % 100),
                     static_cast<std::int64_t>(random() % 100)};
      told[id] = one;
      newest[host] = std::max(newest.emplace(host, one.when).first->second, one.when);
      const bool fired = !tested.amount(host, one.when, one.value, id).events.empty();

      std::vector<std::int64_t> values;
      std::int64_t sum = 0;
      for (const auto& [known_id, known] : told) {
        if (known.host != host || known.when <= newest[host] - 5min) continue;
        values.push_back(known.value);
        sum += known.value;
      }
      std::ranges::sort(values);
      const auto count = static_cast<std::int64_t>(values.size());
      bool expected = false;
      if (type == Type::value_sum) expected = sum >= limit && count > 0;
      if (type == Type::value_avg) expected = count > 0 && sum >= limit * count;
      if (type == Type::value_percentile && count > 0) {
        std::size_t rank = 0;
        while ((rank + 1) * 100 < 90 * values.size()) ++rank;
        expected = values[rank] >= limit;
      }
      ASSERT_EQ(fired, expected) << static_cast<int>(type) << " at step " << step;
    }
  }
}

}  // namespace
}  // namespace exotap
