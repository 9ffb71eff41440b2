#include "decoders/process.h"

#include <gtest/gtest.h>

#include "decoders/decoder.h"
#include "decoders/facts_page.h"

namespace exotap {
namespace {

TEST(Process, IsStatedByNameAndNumber) {
  Facts facts;
  state_process({"OUTLOOK.EXE", 4711}, facts);
  EXPECT_EQ(facts.text(fact::kProcessName), "OUTLOOK.EXE");
  EXPECT_EQ(facts.number(fact::kProcessPid), 4711);
}

TEST(Process, WhatIsHalfKnownIsNotStated) {
  Facts facts;
  state_process({"", 4711}, facts);
  state_process({"curl", 0}, facts);
  EXPECT_TRUE(facts.empty());
}

TEST(Process, RulesCanAskForIt) {
  EXPECT_EQ(find_fact("process.name"), &fact::kProcessName);
  EXPECT_EQ(find_fact("process.pid"), &fact::kProcessPid);
  EXPECT_EQ(decoders_of(fact::kProcessName), "process");
}

}  // namespace
}  // namespace exotap
