#include "rules/matching/fact_test.h"

#include "tests/rules/vocabulary_for_test.h"

namespace exotap {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// What a detection's items mean is told in detection_reader_test.cc; here is what a test shows as
// evidence and how it ranks.
class FactTestEvidence : public testing::Test {
 protected:
  FactTest test(FactTest::Kind kind, const FactSpec& spec,
                std::initializer_list<const char*> values) {
    FactTest made;
    made.kind = kind;
    made.slots = {slots_.add(spec)};
    std::string why;
    for (const char* value : values) {
      made.values.push_back(*ValueMatch::compile({}, spec.type, value, why));
    }
    return made;
  }

  std::vector<std::string> evidence(const FactTest& test, const Facts& facts) {
    FactIndex index;
    index.fill(slots_, facts);
    std::vector<Fact> found;
    test.evidence(index, found);
    std::vector<std::string> texts;
    for (const Fact& fact : found) texts.emplace_back(fact.text);
    return texts;
  }

  SlotTable slots_;
};

TEST_F(FactTestEvidence, IsTheValuesThatMatched) {
  Facts facts;
  facts.add(kProblem, "expired");
  facts.add(kProblem, "weak");
  facts.add(kProblem, "wrong_name");
  const FactTest any = test(FactTest::Kind::any_value, kProblem, {"expired", "wrong_name"});
  EXPECT_THAT(evidence(any, facts), ElementsAre("expired", "wrong_name"));
}

TEST_F(FactTestEvidence, OfPresenceIsEveryValueAndOfAbsenceNone) {
  Facts facts;
  facts.add(kChallenge, "ntlm");
  facts.add(kChallenge, "negotiate");
  EXPECT_THAT(evidence(test(FactTest::Kind::present, kChallenge, {}), facts),
              ElementsAre("ntlm", "negotiate"));
  EXPECT_THAT(evidence(test(FactTest::Kind::absent, kChallenge, {}), facts), IsEmpty());
}

TEST_F(FactTestEvidence, OfNeqIsWhatIsThereInstead) {
  FactTest not_443 = test(FactTest::Kind::any_value, kPort, {"443"});
  not_443.negated = true;
  Facts facts;
  facts.add(kPort, 8443);
  EXPECT_THAT(evidence(not_443, facts), ElementsAre("8443"));
}

TEST_F(FactTestEvidence, OfTwoComparedFactsIsBoth) {
  FactTest same = test(FactTest::Kind::same_as, kSubject, {});
  same.others = {slots_.add(kIssuer)};
  Facts facts;
  facts.add(kSubject, "router");
  facts.add(kIssuer, "Router");
  EXPECT_THAT(evidence(same, facts), ElementsAre("router", "Router"));
}

TEST_F(FactTestEvidence, CheapTestsRankFirst) {
  EXPECT_LT(test(FactTest::Kind::present, kDomain, {}).cost(),
            test(FactTest::Kind::any_value, kStatus, {"401"}).cost());
  EXPECT_LT(test(FactTest::Kind::any_value, kStatus, {"401"}).cost(),
            test(FactTest::Kind::any_value, kDomain, {"a"}).cost());
  EXPECT_LT(test(FactTest::Kind::any_value, kDomain, {"a*b"}).cost(),
            test(FactTest::Kind::any_keyword, kDomain, {"a"}).cost());
}

TEST_F(FactTestEvidence, NeedsItsFactUnlessAbsenceCanMakeItTrue) {
  FactTest any = test(FactTest::Kind::any_value, kStatus, {"401"});
  EXPECT_TRUE(any.needs_its_fact());
  any.negated = true;
  EXPECT_FALSE(any.needs_its_fact());
  EXPECT_FALSE(test(FactTest::Kind::absent, kStatus, {}).needs_its_fact());
  FactTest either = test(FactTest::Kind::any_value, kPath, {"a"});
  either.slots.push_back(slots_.add(kQuery));
  EXPECT_FALSE(either.needs_its_fact());
}

}  // namespace
}  // namespace exotap
