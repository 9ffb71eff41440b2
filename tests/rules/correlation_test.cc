#include "rules/correlation.h"

#include "tests/rules/vocabulary_for_test.h"

namespace exotap {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using Type = Correlation::Type;

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

  std::vector<CountedEvent> event(std::string_view host, std::chrono::seconds when,
                                  std::string_view code = "X", std::size_t rule = 0,
                                  std::uint64_t id = 0) {
    Facts facts;
    facts.add_if(kDomain, host);
    facts.add_if(kErrorCode, code);
    FactIndex index;
    index.fill(slots_, facts);
    CountedEvent counted;
    counted.time = at(when);
    counted.exchange_id = id == 0 ? ++last_id_ : id;
    counted.rule = rule;
    return memory_.add(std::move(counted), index);
  }
  Correlation& correlation() { return correlation_; }

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

}  // namespace
}  // namespace exotap
