#include <gtest/gtest.h>
#include <signal.h>

#include <csignal>

#include "app/interruption.h"

namespace exotap {
namespace {

class Signal : public testing::TestWithParam<int> {};

TEST_P(Signal, IsAskedForInsteadOfEndingTheProgram) {
  const Interruption interruption;
  EXPECT_FALSE(interruption.asked());
  raise(GetParam());
  EXPECT_TRUE(interruption.asked());
}

INSTANTIATE_TEST_SUITE_P(Ends, Signal, testing::Values(SIGINT, SIGTERM, SIGHUP));

TEST(Interruption, AClosedOutputDoesNotEndTheProgram) {
  const Interruption interruption;
  raise(SIGPIPE);
  EXPECT_FALSE(interruption.asked());
}

TEST(Interruption, LeavesSignalsAsTheyWere) {
  { const Interruption interruption; }
  struct sigaction now {};
  sigaction(SIGINT, nullptr, &now);
  EXPECT_EQ(now.sa_handler, SIG_DFL);
}

}  // namespace
}  // namespace exotap
