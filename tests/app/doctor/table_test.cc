// The table as a whole: app/doctor/check.h is its public side.
#include <set>

#include "tests/app/doctor/world.h"

namespace exotap {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(DoctorTable, EveryCheckHasANameAndSaysWhatItLooksAt) {
  std::set<std::string_view> names;
  for (const Check& check : doctor_checks()) {
    EXPECT_TRUE(names.insert(check.name).second) << check.name;
    EXPECT_FALSE(check.looks_at.empty()) << check.name;
    EXPECT_NE(check.run, nullptr) << check.name;
  }
}

class DoctorTableTest : public DoctorFixture {};

TEST_F(DoctorTableTest, AHealthyMachineHasNoProblem) {
  for (const Check& check : doctor_checks()) {
    for (const std::string& line : look(check.run)) {
      EXPECT_EQ(line.find("problem"), std::string::npos) << line;
    }
  }
}

TEST_F(DoctorTableTest, AJournalThatWasLeftIsAProblem) {
  EXPECT_THAT(look(check_journal), IsEmpty());
  doctor_.left_over_journal = [] { return std::string("the desktop's proxy still names exotap"); };
  EXPECT_THAT(look(check_journal), ElementsAre(HasSubstr("exotap restore")));
}

}  // namespace
}  // namespace exotap
