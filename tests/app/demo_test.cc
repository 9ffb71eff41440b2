// The pure parts of the demo; the whole of it is an end-to-end test.
#include "app/demo.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "app/exit_code.h"

namespace exotap {
namespace {

using testing::Contains;
using testing::HasSubstr;

int demo(std::vector<std::string> words, std::string& out, std::string& errors) {
  std::ostringstream out_stream;
  std::ostringstream error_stream;
  const int code = demo_command(words, {out_stream, error_stream});
  out = out_stream.str();
  errors = error_stream.str();
  return code;
}

TEST(Demo, FindsThePortInTheReadyLineOnly) {
  EXPECT_EQ(port_in_ready_line("exotap: listening on 127.0.0.1:8888"), 8888);
  EXPECT_EQ(port_in_ready_line("exotap: listening on [::1]:8888"), 8888);
  EXPECT_EQ(port_in_ready_line("exotap: listening on 127.0.0.1:"), std::nullopt);
  EXPECT_EQ(port_in_ready_line("exotap: listening on 127.0.0.1:0"), std::nullopt);
  EXPECT_EQ(port_in_ready_line("exotap: listening on 127.0.0.1:99999"), std::nullopt);
  EXPECT_EQ(port_in_ready_line("sts.contoso.com:443 refused"), std::nullopt);
}

TEST(Demo, KeepsTheChildOffTheNetworkAndOffTheUsersFiles) {
  const auto words =
      run_arguments({"/t/ca", "/t/root.pem", "/t/empty.toml", "/log"},
                    {{"sts.contoso.com:443", 5001}, {"autodiscover.contoso.com:80", 5002}},
                    {"contoso.com", "fabrikam.com"});
  const auto value_of = [&](const std::string& option) {
    const auto found = std::find(words.begin(), words.end(), option);
    return found == words.end() || found + 1 == words.end() ? std::string() : *(found + 1);
  };
  EXPECT_EQ(words.front(), "run");
  EXPECT_EQ(value_of("--listen"), "127.0.0.1:0");
  EXPECT_EQ(value_of("--upstream"), "none");
  EXPECT_EQ(value_of("--config"), "/t/empty.toml");
  EXPECT_EQ(value_of("--ca-dir"), "/t/ca");
  EXPECT_EQ(value_of("--upstream-ca"), "/t/root.pem");
  EXPECT_EQ(value_of("--log"), "/log");
  EXPECT_EQ(value_of("--keep"), "all");
  EXPECT_THAT(words, Contains("sts.contoso.com:443:127.0.0.1:5001"));
  EXPECT_THAT(words, Contains("autodiscover.contoso.com:80:127.0.0.1:5002"));
  EXPECT_THAT(words, Contains("fabrikam.com"));
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
