#include "decoders/challenges.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace exotap {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<Challenge> read(std::string_view value) {
  ChallengeReader reader(value);
  std::vector<Challenge> all;
  for (Challenge challenge; reader.next(challenge);) all.push_back(challenge);
  EXPECT_EQ(reader.broken_at(), std::nullopt) << value;
  return all;
}

std::vector<std::string> schemes(std::string_view value) {
  std::vector<std::string> names;
  for (const Challenge& challenge : read(value)) names.emplace_back(challenge.scheme);
  return names;
}

TEST(Challenges, OneSchemeAlone) {
  EXPECT_THAT(schemes("Negotiate"), ElementsAre("Negotiate"));
  EXPECT_THAT(schemes("  NTLM  "), ElementsAre("NTLM"));
  EXPECT_THAT(schemes(""), IsEmpty());
}

TEST(Challenges, SeveralSchemesInOneField) {
  EXPECT_THAT(schemes("Negotiate,NTLM,Basic realm=\"x\""),
              ElementsAre("Negotiate", "NTLM", "Basic"));
}

TEST(Challenges, CommasDivideParametersToo) {
  const auto all = read(
      "Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\", "
      "Basic realm=\"simple\"");  // RFC 9110 section 11.6.1
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].scheme, "Newauth");
  EXPECT_EQ(all[0].param("realm"), "apps");
  EXPECT_EQ(all[0].param("type"), "1");
  EXPECT_EQ(all[0].param("title"), "Login to \\\"apps\\\"");
  EXPECT_EQ(all[1].scheme, "Basic");
  EXPECT_EQ(all[1].param("realm"), "simple");
}

TEST(Challenges, ExchangeOnlinesOwn) {
  const auto all = read(
      "Bearer client_id=\"00000002-0000-0ff1-ce00-000000000000\", "
      "trusted_issuers=\"00000001-0000-0000-c000-000000000000@*\", "
      "token_types=\"app_asserted_user_v1 service_asserted_app_v1\", "
      "authorization_uri=\"https://login.windows.net/common/oauth2/authorize\", "
      "error=\"invalid_token\",Basic Realm=\"\",Basic Realm=\"\"");
  ASSERT_THAT(all, SizeIs(3));
  EXPECT_EQ(all[0].scheme, "Bearer");
  EXPECT_EQ(all[0].param_count, 5U);
  EXPECT_EQ(all[0].param("authorization_uri"), "https://login.windows.net/common/oauth2/authorize");
  EXPECT_EQ(all[0].param("error"), "invalid_token");
  EXPECT_EQ(all[1].param("realm"), "");
  EXPECT_EQ(all[2].scheme, "Basic");
}

TEST(Challenges, CommasInsideQuotesDivideNothing) {
  const auto all = read("Basic realm=\"a, NTLM b=c\", Negotiate");
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].param("realm"), "a, NTLM b=c");
}

TEST(Challenges, Token68) {
  const auto all = read("NTLM TlRMTVNTUAACAAAA==, Negotiate YII+/-._~, Basic realm=x");
  ASSERT_THAT(all, SizeIs(3));
  EXPECT_EQ(all[0].token68, "TlRMTVNTUAACAAAA==");
  EXPECT_EQ(all[1].token68, "YII+/-._~");
  EXPECT_EQ(all[2].token68, "");
  EXPECT_EQ(all[2].param("realm"), "x");
}

TEST(Challenges, BlanksAroundEqualsAndEmptyElements) {
  const auto all = read(", ,Basic realm = \"x\" ,, charset= UTF-8,,NTLM,");
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].param("realm"), "x");
  EXPECT_EQ(all[0].param("charset"), "UTF-8");
  EXPECT_EQ(all[1].scheme, "NTLM");
}

TEST(Challenges, ARealmWithoutValueIsStillARealm) {
  const auto all = read("Basic realm=, NTLM");
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].param("realm"), "");
  EXPECT_EQ(all[0].token68, "");
}

TEST(Challenges, ParameterNamesIgnoreCaseAndTheFirstCounts) {
  const auto all = read("Basic ReAlM=\"first\", REALM=\"second\"");
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].param("realm"), "first");
  EXPECT_EQ(all[0].param("charset"), std::nullopt);
}

TEST(Challenges, AQuoteNeverClosedIsReadToTheEndAndSaidSo) {
  ChallengeReader reader("NTLM, Basic realm=\"x, Negotiate");
  Challenge challenge;
  ASSERT_TRUE(reader.next(challenge));
  ASSERT_TRUE(reader.next(challenge));
  EXPECT_EQ(challenge.param("realm"), "x, Negotiate");
  EXPECT_EQ(reader.broken_at(), 18U);
  EXPECT_FALSE(reader.next(challenge));
}

TEST(Challenges, BytesThatBelongNowhereAreSteppedOver) {
  ChallengeReader reader("=\x01, NTLM");
  Challenge challenge;
  ASSERT_TRUE(reader.next(challenge));
  EXPECT_EQ(challenge.scheme, "NTLM");
  EXPECT_EQ(reader.broken_at(), 0U);
}

TEST(Challenges, AreBounded) {
  std::string many;
  for (std::size_t i = 0; i < 2 * kMaxChallenges; ++i) many += "NTLM,";
  EXPECT_THAT(read(many), SizeIs(kMaxChallenges));
  std::string wide = "Bearer p=0";
  for (std::size_t i = 1; i < 2 * kMaxChallengeParams; ++i) wide += ", p=1";
  const auto all = read(wide + ", NTLM");
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].param_count, kMaxChallengeParams);
}

TEST(QuotedString, BackslashesGo) {
  std::string buffer;
  EXPECT_EQ(unquoted("Login to \\\"apps\\\"", buffer), "Login to \"apps\"");
  EXPECT_EQ(unquoted("plain", buffer), "plain");
  EXPECT_EQ(unquoted("ends\\", buffer), "ends\\");
}

}  // namespace
}  // namespace exotap
