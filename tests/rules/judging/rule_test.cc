#include "rules/judging/rule.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

TEST(Level, HasANameForEachOfSigmas) {
  for (const Level level :
       {Level::informational, Level::low, Level::medium, Level::high, Level::critical}) {
    EXPECT_EQ(parse_level(to_string(level)), level);
  }
  EXPECT_EQ(to_string(Level::critical), "critical");
  EXPECT_EQ(parse_level("severe"), std::nullopt);
  EXPECT_EQ(parse_level("High"), std::nullopt);
  EXPECT_EQ(parse_level(""), std::nullopt);
}

}  // namespace
}  // namespace exotap
