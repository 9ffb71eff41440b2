#include "app/shell_word.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

TEST(ShellWord, IsOneWordWhateverItHolds) {
  EXPECT_EQ(shell_word("/home/jo/ca.pem"), "'/home/jo/ca.pem'");
  EXPECT_EQ(shell_word("it's; rm -rf $HOME"), "'it'\\''s; rm -rf $HOME'");
  EXPECT_EQ(shell_word(""), "''");
}

}  // namespace
}  // namespace exotap
