#include "proxy/http/characters.h"

#include <gtest/gtest.h>

#include <string>

namespace exotap::http {
namespace {

TEST(Characters, KnowsTokens) {
  EXPECT_TRUE(is_token("RPC_IN_DATA"));
  EXPECT_TRUE(is_token("!#$%&'*+-.^_`|~09azAZ"));
  for (const std::string no : {"", "a b", "a:", "a\t", "(", "\x80", "a\x7f", "a,b", "\"a\""}) {
    EXPECT_FALSE(is_token(no)) << no;
  }
}

// Eight bytes are looked at together: every control must be seen wherever it stands in them.
TEST(Characters, SeesEveryControlAtEveryPlace) {
  for (int byte = 0; byte < 256; ++byte) {
    const bool control = (byte < 0x20 && byte != '\t') || byte == 0x7f;
    for (const char around : {'a', '\t', '\x80', ' ', '~', '\xff'}) {
      for (std::size_t size = 1; size < 20; ++size) {
        for (std::size_t at = 0; at < size; ++at) {
          std::string text(size, around);
          text[at] = static_cast<char>(byte);
          ASSERT_EQ(has_control(text), control) << byte << " at " << at << " of " << size;
        }
      }
    }
  }
  EXPECT_FALSE(has_control(""));
}

TEST(Characters, TrimsSpacesAndTabsOnly) {
  EXPECT_EQ(trimmed(" \t a b\t "), "a b");
  EXPECT_EQ(trimmed(" \t "), "");
  EXPECT_EQ(trimmed(""), "");
  EXPECT_EQ(trimmed("\ra"), "\ra");
}

TEST(Characters, CutsListsIntoElements) {
  std::string_view list = "gzip , chunked,,\tx";
  EXPECT_EQ(next_element(list), "gzip");
  EXPECT_EQ(next_element(list), "chunked");
  EXPECT_EQ(next_element(list), "");
  EXPECT_EQ(next_element(list), "x");
  EXPECT_TRUE(list.empty());
}

}  // namespace
}  // namespace exotap::http
