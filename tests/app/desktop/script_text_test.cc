#include "app/desktop/script_text.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

TEST(ScriptText, HostNamesStandAsTheyAre) {
  EXPECT_EQ(script_string("mail.contoso-x.com"), "\"mail.contoso-x.com\"");
  EXPECT_EQ(script_string("PROXY [::1]:8888; DIRECT"), "\"PROXY [::1]:8888; DIRECT\"");
}

TEST(ScriptText, NothingEndsTheLiteral) {
  EXPECT_EQ(script_string("\"\\\n/*<'"), R"("\x22\x5c\x0a\x2f\x2a\x3c\x27")");
  EXPECT_EQ(script_string(std::string_view("\0\xe2\x80\xa8", 4)), R"("\x00\xe2\x80\xa8")");
}

TEST(ScriptText, AListHasNoCommaAfterItsLast) {
  EXPECT_EQ(script_list({}), "[]");
  EXPECT_EQ(script_list({"a", "b"}), "[\n    \"a\",\n    \"b\"]");
}

}  // namespace
}  // namespace exotap
