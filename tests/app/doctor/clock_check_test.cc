#include "tests/app/doctor/world.h"

namespace exotap {
namespace {

using std::chrono::seconds;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ClockCheck : public DoctorFixture {
 protected:
  // A server whose clock is behind ours by so much.
  std::vector<std::string> beside_a_server(seconds ahead) {
    doctor_.server_time = [this, ahead] { return Outcome<WallTime>(doctor_.now - ahead); };
    doctor_.clock_synchronised = [] { return std::optional<bool>(); };
    return look(check_clock);
  }
};

TEST_F(ClockCheck, OneThatIsKeptIsWell) {
  EXPECT_THAT(look(check_clock), ElementsAre(begins("ok clock")));
}

TEST_F(ClockCheck, OneThatNobodyKeepsIsWorthKnowing) {
  doctor_.clock_synchronised = [] { return std::optional(false); };
  EXPECT_THAT(look(check_clock), ElementsAre(begins("note clock: the system says that nobody")));
}

TEST_F(ClockCheck, ASystemThatDoesNotSayIsNotQuoted) {
  doctor_.clock_synchronised = [] { return std::optional<bool>(); };
  EXPECT_THAT(look(check_clock), IsEmpty());
}

TEST_F(ClockCheck, ATimeBeforeThisVersionOrBeforeTheAuthorityIsAProblem) {
  doctor_.now = std::chrono::sys_days(std::chrono::January / 1 / 2020);
  EXPECT_THAT(look(check_clock), Contains(begins("problem clock: it shows 2020-01-01")));
  (void)make_root();
  doctor_.now = std::chrono::system_clock::now() - std::chrono::hours(30);
  EXPECT_THAT(look(check_clock), Contains(AllOf(begins("problem clock: "),
                                                HasSubstr("before the authority was made"))));
}

TEST_F(ClockCheck, BesideAServersItIsMeasured) {
  EXPECT_THAT(beside_a_server(seconds(30)), ElementsAre(begins("ok clock: within a minute")));
  EXPECT_THAT(beside_a_server(seconds(-200)),
              ElementsAre(begins("note clock: it is 3 minutes behind a server's")));
  EXPECT_THAT(beside_a_server(seconds(301)),
              ElementsAre(begins("problem clock: it is 5 minutes ahead of a server's")));
  EXPECT_THAT(beside_a_server(std::chrono::hours(24 * 365)),
              ElementsAre(begins("problem clock: it is 365 days ahead of a server's")));
}

TEST_F(ClockCheck, AServerThatDoesNotAnswerSaysNothingOfTheClock) {
  doctor_.server_time = [] { return Outcome<WallTime>::failed("host:80: timed out"); };
  EXPECT_THAT(look(check_clock), Contains(begins("note clock: not compared: host:80")));
}

}  // namespace
}  // namespace exotap
