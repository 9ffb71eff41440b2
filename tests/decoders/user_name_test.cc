#include "decoders/user_name.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::values_of;

TEST(UserName, IsStatedOnceWhateverItsCase) {
  Facts facts;
  state_user("anna@contoso.com", facts);
  state_user("Anna@Contoso.com", facts);
  state_user("john@contoso.com", facts);
  EXPECT_EQ(values_of(facts, "user.name"),
            (std::vector<std::string>{"anna@contoso.com", "john@contoso.com"}));
}

TEST(UserName, IsNeitherEmptyNorEndless) {
  Facts facts;
  state_user("", facts);
  state_user(std::string(kMaxUserName + 1, 'a'), facts);
  EXPECT_TRUE(facts.empty());
  state_user(std::string(kMaxUserName, 'a'), facts);
  EXPECT_EQ(facts.size(), 1U);
}

}  // namespace
}  // namespace exotap
