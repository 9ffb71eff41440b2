#include "rules/words/finding.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

TEST(Finding, NamesWhomToCallAsRulesDo) {
  EXPECT_EQ(to_string(Owner::user), "user");
  EXPECT_EQ(to_string(Owner::admin), "admin");
  EXPECT_EQ(to_string(Owner::network), "network");
  EXPECT_EQ(to_string(Owner::microsoft), "microsoft");
  EXPECT_EQ(to_string(Owner::unnamed), "");
}

}  // namespace
}  // namespace exotap
