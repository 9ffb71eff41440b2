// The demo's words; the whole of it is an end-to-end test.
#include "app/demo.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "app/exit_code.h"

namespace exotap {
namespace {

using testing::HasSubstr;

int demo(std::vector<std::string> words, std::string& out, std::string& errors) {
  std::ostringstream out_stream;
  std::ostringstream error_stream;
  const int code = demo_command(words, {out_stream, error_stream});
  out = out_stream.str();
  errors = error_stream.str();
  return code;
}

TEST(Demo, HelpsAndListsItsStories) {
  std::string out;
  std::string errors;
  EXPECT_EQ(demo({"--help"}, out, errors), kDone);
  EXPECT_THAT(out, HasSubstr("exotap demo --story"));
  EXPECT_EQ(demo({"--list"}, out, errors), kDone);
  EXPECT_THAT(out, HasSubstr("sign-in-loop "));
}

TEST(Demo, WrongWordsAreUsage) {
  std::string out;
  std::string errors;
  EXPECT_EQ(demo({"--storey", "x"}, out, errors), kUsage);
  EXPECT_THAT(errors, testing::StartsWith("exotap: demo: "));
  EXPECT_EQ(demo({"--story", "no-such-story"}, out, errors), kUsage);
  EXPECT_THAT(errors, HasSubstr("--list"));
}

}  // namespace
}  // namespace exotap
