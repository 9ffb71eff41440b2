#include "app/user_locale.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <array>
#include <optional>
#include <string>

namespace exotap {
namespace {

class UserLocale : public testing::Test {
 protected:
  UserLocale() {
    for (std::size_t i = 0; i < kNames.size(); ++i) {
      if (const char* old = ::getenv(kNames[i])) before_[i] = old;
      ::unsetenv(kNames[i]);
    }
  }
  ~UserLocale() override {
    for (std::size_t i = 0; i < kNames.size(); ++i) {
      before_[i] ? ::setenv(kNames[i], before_[i]->c_str(), 1) : ::unsetenv(kNames[i]);
    }
  }

 private:
  static constexpr std::array<const char*, 3> kNames = {"LC_ALL", "LC_MESSAGES", "LANG"};
  std::array<std::optional<std::string>, kNames.size()> before_;
};

TEST_F(UserLocale, IsTheFirstThatIsSet) {
  EXPECT_EQ(user_locale(), "");
  ::setenv("LANG", "en_GB.UTF-8", 1);
  EXPECT_EQ(user_locale(), "en_GB.UTF-8");
  ::setenv("LC_MESSAGES", "de_DE.UTF-8", 1);
  EXPECT_EQ(user_locale(), "de_DE.UTF-8");
  ::setenv("LC_ALL", "C", 1);
  EXPECT_EQ(user_locale(), "C");
  ::setenv("LC_ALL", "", 1);
  EXPECT_EQ(user_locale(), "de_DE.UTF-8");
}

}  // namespace
}  // namespace exotap
