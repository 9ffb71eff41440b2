#include <gtest/gtest.h>
#include <stdlib.h>

#include <optional>
#include <string>

#include "app/paths.h"

namespace exotap {
namespace {

// Sets a variable for one test.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* old = ::getenv(name)) old_ = old;
    value == nullptr ? ::unsetenv(name) : ::setenv(name, value, 1);
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  ~Variable() { old_ ? ::setenv(name_, old_->c_str(), 1) : ::unsetenv(name_); }

 private:
  const char* name_;
  std::optional<std::string> old_;
};

TEST(Paths, StandBelowTheHome) {
  const Variable home("HOME", "/home/anna");
  const Variable data("XDG_DATA_HOME", nullptr);
  const Variable state("XDG_STATE_HOME", nullptr);
  const Variable config("XDG_CONFIG_HOME", nullptr);
  EXPECT_EQ(default_authority_folder(), "/home/anna/.local/share/exotap");
  EXPECT_EQ(default_log_folder(), "/home/anna/.local/state/exotap");
  EXPECT_EQ(default_config_file(), "/home/anna/.config/exotap/config.toml");
}

TEST(Paths, FollowTheVariables) {
  const Variable data("XDG_DATA_HOME", "/srv/data");
  const Variable state("XDG_STATE_HOME", "/srv/state");
  const Variable config("XDG_CONFIG_HOME", "/srv/config");
  EXPECT_EQ(default_authority_folder(), "/srv/data/exotap");
  EXPECT_EQ(default_log_folder(), "/srv/state/exotap");
  EXPECT_EQ(default_config_file(), "/srv/config/exotap/config.toml");
}

TEST(Paths, RelativeOrEmptyVariablesAreIgnored) {
  const Variable home("HOME", "/home/anna");
  for (const char* value : {"", "here", "./there"}) {
    const Variable data("XDG_DATA_HOME", value);
    EXPECT_EQ(default_authority_folder(), "/home/anna/.local/share/exotap") << value;
  }
}

TEST(Paths, WithoutHomeTheSystemIsAsked) {
  const Variable home("HOME", nullptr);
  const Variable data("XDG_DATA_HOME", nullptr);
  EXPECT_TRUE(default_authority_folder().is_absolute());
}

}  // namespace
}  // namespace exotap
