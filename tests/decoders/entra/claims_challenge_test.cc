#include "decoders/entra/claims_challenge.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

std::vector<std::string> wanted(std::string_view claims) {
  Facts facts;
  state_claims_wanted(claims, facts);
  return testing::values_of(facts, "oauth.claims_wanted");
}

using Names = std::vector<std::string>;

TEST(ClaimsWanted, AreTheNamesAndNeverTheValues) {
  EXPECT_EQ(wanted(R"({"access_token":{"nbf":{"essential":true,"value":"1604106651"},)"
                   R"("xms_rp_ipaddr":{"value":"203.0.113.7"}}})"),
            (Names{"access_token.nbf", "access_token.xms_rp_ipaddr"}));
  EXPECT_EQ(wanted(R"({"access_token":{"acrs":{"essential":true,"value":"c1"}},)"
                   R"("id_token":{"auth_time":null}})"),
            (Names{"access_token.acrs", "id_token.auth_time"}));
}

TEST(ClaimsWanted, AreReadFromBase64AsChallengesCarryThem) {
  EXPECT_EQ(wanted("eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZX19fQ=="),
            Names{"access_token.nbf"});
}

TEST(ClaimsWanted, StateNothingOfAnythingElse) {
  for (const std::string_view text :
       {"", "   ", "{", "[]", "!!!!", "{\"access_token\":1}", "{\"a b\":{\"c\":1}}",
        "{\"access_token\":{\"no name\":1,\"\":2}}"}) {
    EXPECT_EQ(wanted(text), Names{}) << text;
  }
  EXPECT_EQ(wanted("{\"a\":{\"b\":1}" + std::string(kMaxClaimsRequest, ' ') + "}"), Names{});
}

TEST(ClaimsWanted, AreBounded) {
  std::string text = "{\"access_token\":{";
  for (int i = 0; i < 100; ++i) text += "\"c" + std::to_string(i) + "\":1,";
  EXPECT_EQ(wanted(text + "\"last\":1}}").size(), kMaxClaimsWanted);
}

}  // namespace
}  // namespace exotap
