#include "app/relayed_output.h"

#include <gtest/gtest.h>

#include <sstream>

namespace exotap {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(RelayedOutput, TakesThePortAndShowsTheRestIndented) {
  std::ostringstream out;
  ChildProcess child("/bin/sh", {"-c",
                                 "echo first; echo exotap: listening on 127.0.0.1:4711; "
                                 "echo; echo a finding"});
  {
    RelayedOutput output(child, out);
    EXPECT_EQ(output.wait_for_port(seconds(10)), 4711);
    output.wait_until_quiet(seconds(10), seconds(20));  // returns at once: the child has ended
  }
  EXPECT_EQ(out.str(), "      first\n\n      a finding\n");
}

TEST(RelayedOutput, AChildThatEndsWithoutAWordHasNoPort) {
  std::ostringstream out;
  ChildProcess child("/bin/sh", {"-c", "exit 3"});
  RelayedOutput output(child, out);
  EXPECT_EQ(output.wait_for_port(seconds(10)), std::nullopt);
}

TEST(RelayedOutput, EndsAChildThatNobodyStopped) {
  std::ostringstream out;
  ChildProcess child("/bin/sh", {"-c", "echo ready; while :; do :; done"});
  const RelayedOutput output(child, out);
}

TEST(RelayedOutput, WaitsNoLongerThanTheLimitForAChildThatNeverRests) {
  std::ostringstream out;
  ChildProcess child("/bin/sh", {"-c", "while :; do echo chatter; done"});
  RelayedOutput output(child, out);
  output.wait_until_quiet(seconds(60), milliseconds(100));
  output.say("done\n");
}

}  // namespace
}  // namespace exotap
