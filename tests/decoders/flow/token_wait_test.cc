#include "decoders/flow/token_wait.h"

#include <gtest/gtest.h>

#include "tests/decoders/flow/story.h"
#include "tests/decoders/stated_facts.h"

namespace exotap::flow {
namespace {

using testing::Story;
using testing::value_of;

constexpr const char* kMail = "outlook.office365.com/mapi/emsmdb/";
constexpr const char* kChallenge =
    "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer realm=\"\", "
    "authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\"\n\n";

Exchange challenged(const std::string& fields = "Authorization: Bearer") {
  return testing::get(kMail, fields, kChallenge);
}
std::string count(Story& story, const Exchange& exchange) {
  story.wait(seconds(15));
  return value_of(story.tell(exchange), "flow.token.challenges");
}

TEST(TokenWaits, CountsChallengesThatNobodyActsOn) {
  Story story;
  EXPECT_EQ(count(story, challenged()), "(absent)");
  EXPECT_EQ(count(story, challenged("")), "2");
  story.wait(seconds(15));
  const Facts third = story.tell(challenged());
  EXPECT_EQ(value_of(third, "flow.token.challenges"), "3");
  EXPECT_EQ(value_of(third, "flow.token.waited"), "30");
}

TEST(TokenWaits, CountsThoseInOneBreathOnce) {
  Story story;
  EXPECT_EQ(count(story, challenged()), "(absent)");
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(value_of(story.tell(challenged()), "flow.token.challenges"), "(absent)");
  }
}

TEST(TokenWaits, EndWithATokenShown) {
  Story story;
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(count(story, challenged()), "(absent)");
    (void)story.tell(testing::get(kMail, "Authorization: Bearer abc", "HTTP/1.1 200 OK\n\n"));
  }
}

TEST(TokenWaits, EndWithTheWayToASignInHostEvenAFailedOne) {
  Story story;
  EXPECT_EQ(count(story, challenged()), "(absent)");
  EXPECT_EQ(count(story, challenged()), "2");
  (void)story.tell(testing::failed_connect("login.microsoftonline.com", FaultType::tcp,
                                           Stage::connect, "ECONNREFUSED"));
  EXPECT_EQ(count(story, challenged()), "(absent)");
}

TEST(TokenWaits, AreForgottenAfterAWhile) {
  Story story;
  EXPECT_EQ(count(story, challenged()), "(absent)");
  story.wait(minutes(11));
  EXPECT_EQ(count(story, challenged()), "(absent)");
}

TEST(TokenWaits, AreNoneWhereNoTokenIsAskedFor) {
  Story story;
  const Exchange basic =
      testing::get("mail.contoso.com/EWS/Exchange.asmx", "",
                   "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Basic realm=\"x\"\n\n");
  for (int i = 0; i < 4; ++i) EXPECT_EQ(count(story, basic), "(absent)");
}

}  // namespace
}  // namespace exotap::flow
