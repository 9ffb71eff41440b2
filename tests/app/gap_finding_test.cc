// A gap is a finding about exotap itself.
#include "app/gap_finding.h"

#include <gmock/gmock.h>

namespace exotap {
namespace {

using testing::HasSubstr;

TEST(GapFinding, SaysHowMuchAndThatItIsExotapsOwn) {
  const Finding finding = finding_of({"analysis queue full", 17, 1000});
  EXPECT_EQ(finding.level, Level::low);
  EXPECT_TRUE(finding.caused_by_exotap);
  EXPECT_EQ(finding.rule_name, "not-everything-was-examined");
  EXPECT_EQ(finding.owner, Owner::user);
  EXPECT_THAT(finding.explain, HasSubstr("17 exchanges or more"));
  EXPECT_THAT(finding.explain, HasSubstr("analysis queue full"));
  EXPECT_FALSE(finding.remedy.empty());
  ASSERT_EQ(finding.evidence.size(), 1U);
  EXPECT_EQ(finding.evidence.front().value, "17");
}

TEST(GapFinding, SpeaksTheLanguageOfTheRules) {
  const Finding finding = finding_of({"analysis queue full", 17, 1000}, *wording_in("de"));
  EXPECT_THAT(finding.title, HasSubstr("nicht alles untersucht"));
  EXPECT_THAT(finding.explain, HasSubstr("mindestens 17 Vorgänge"));
  EXPECT_THAT(finding.explain, HasSubstr("(analysis queue full)"));
  EXPECT_EQ(finding.rule_name, "not-everything-was-examined");
}

}  // namespace
}  // namespace exotap
