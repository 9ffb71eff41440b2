#include "app/relayed_output.h"

#include <gtest/gtest.h>

#include <sstream>

namespace exotap {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(RelayedOutput, TakesThePortAndShowsWhatFollowsIndented) {
  std::ostringstream out;
  ChildProcess child("/bin/sh", {"-c",
                                 "echo first; echo exotap: listening on 127.0.0.1:4711; "
                                 "echo a finding >&2; echo"});
  {
    RelayedOutput output(child, out);
    EXPECT_EQ(output.wait_for_port(seconds(10)), 4711);
    output.wait_until_quiet(seconds(10), seconds(20));  // returns at once: the child has ended
    output.say("\nnext\n");
    output.say("\nlast\n");
  }
  EXPECT_EQ(out.str(), "      a finding\n\nnext\n\nlast\n");
}

TEST(RelayedOutput, AChildThatEndsUnreadySaysWhy) {
  std::ostringstream out;
  ChildProcess child("/bin/sh", {"-c", "echo exotap: port in use >&2; exit 3"});
  RelayedOutput output(child, out);
  EXPECT_EQ(output.wait_for_port(seconds(10)), std::nullopt);
  EXPECT_EQ(out.str(), "      exotap: port in use\n");
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
