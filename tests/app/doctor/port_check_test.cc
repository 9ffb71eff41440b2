#include "tests/app/doctor/world.h"

namespace exotap {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class PortCheck : public DoctorFixture {};

TEST_F(PortCheck, AFreeOneIsWell) {
  EXPECT_THAT(look(check_port), ElementsAre(begins("ok port: 127.0.0.1:8888 is free")));
  doctor_.listen = {"::1", 8888};
  EXPECT_THAT(look(check_port), ElementsAre(begins("ok port: [::1]:8888 is free")));
}

TEST_F(PortCheck, OneThatExotapHoldsIsWell) {
  free_ = false;
  holder_ = ClientProcess{"exotap", 4711};
  EXPECT_THAT(look(check_port),
              ElementsAre(AllOf(begins("ok port: exotap listens"), HasSubstr("4711"))));
}

TEST_F(PortCheck, OneThatAnotherHoldsIsAProblemThatNamesIt) {
  free_ = false;
  holder_ = ClientProcess{"Charles", 4711};
  EXPECT_THAT(look(check_port),
              ElementsAre(AllOf(begins("problem port: 127.0.0.1:8888 is taken by Charles "
                                       "(process 4711)"),
                                HasSubstr("--listen"))));
  holder_.reset();
  EXPECT_THAT(look(check_port), ElementsAre(HasSubstr("this user may not look at")));
}

TEST_F(PortCheck, PortZeroIsTheSystemsChoice) {
  doctor_.listen.port = 0;
  free_ = false;
  EXPECT_THAT(look(check_port), ElementsAre(begins("ok port")));
}

}  // namespace
}  // namespace exotap
