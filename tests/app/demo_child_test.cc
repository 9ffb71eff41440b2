#include "app/demo_child.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace exotap {
namespace {

using testing::Contains;
using testing::Not;

TEST(DemoChild, FindsThePortInTheReadyLineOnly) {
  EXPECT_EQ(port_in_ready_line("exotap: listening on 127.0.0.1:8888"), 8888);
  EXPECT_EQ(port_in_ready_line("exotap: listening on [::1]:8888"), 8888);
  EXPECT_EQ(port_in_ready_line("exotap: listening on 127.0.0.1:"), std::nullopt);
  EXPECT_EQ(port_in_ready_line("exotap: listening on 127.0.0.1:0"), std::nullopt);
  EXPECT_EQ(port_in_ready_line("exotap: listening on 127.0.0.1:99999"), std::nullopt);
  EXPECT_EQ(port_in_ready_line("sts.contoso.com:443 refused"), std::nullopt);
}

TEST(DemoChild, KeepsTheChildOffTheNetworkAndOffTheUsersFiles) {
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
  EXPECT_THAT(words, Not(Contains("--language")));
}

TEST(DemoChild, SpeaksTheLanguageOfTheDemo) {
  const auto words = run_arguments({"/t/ca", "/t/root.pem", "/t/empty.toml", "/log", "de"}, {}, {});
  const auto found = std::find(words.begin(), words.end(), "--language");
  ASSERT_NE(found, words.end());
  EXPECT_EQ(*(found + 1), "de");
}

}  // namespace
}  // namespace exotap
