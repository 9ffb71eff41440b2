#include "app/environment.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

TEST(Environment, IsReadAndSet) {
  const std::string name = "EXOTAP_TEST_VARIABLE";
  set_environment_variable(name, "one");
  EXPECT_EQ(environment_variable(name), "one");
  set_environment_variable(name, "");
  EXPECT_EQ(environment_variable(name), "");
  set_environment_variable(name, std::nullopt);
  EXPECT_EQ(environment_variable(name), std::nullopt);
}

}  // namespace
}  // namespace exotap
