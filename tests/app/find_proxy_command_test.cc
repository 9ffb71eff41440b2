#include "app/find_proxy_command.h"

#include <gmock/gmock.h>

#include <sstream>

namespace exotap {
namespace {

using testing::HasSubstr;

struct Said {
  int code;
  std::string out, errors;
};

Said run(const std::vector<std::string>& words) {
  std::ostringstream out;
  std::ostringstream errors;
  const int code = find_proxy_command(words, {out, errors});
  return {code, out.str(), errors.str()};
}

// What it finds runs in processes of their own: tests/end_to_end/upstream_test.py.
TEST(FindProxyCommand, HelpHasAnExample) {
  const Said said = run({"--help"});
  EXPECT_EQ(said.code, 0);
  EXPECT_THAT(said.out, HasSubstr("Example:"));
}

TEST(FindProxyCommand, WantsUrls) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{},
                                                {"h.example"},
                                                {"https://a/", "b"},
                                                {"--pac", "x"},
                                                {"https://a/", "--upstream-ca"}}) {
    const Said said = run(words);
    EXPECT_EQ(said.code, 2);
    EXPECT_THAT(said.errors, testing::MatchesRegex("exotap: [^\n]+: [^\n]+ \\([^\n]+\\)\n"));
  }
}

}  // namespace
}  // namespace exotap
