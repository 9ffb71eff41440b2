#include "decoders/entra/bearer.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/entra/made_token.h"
#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_declared;
using testing::expect_facts;
using testing::expect_never_told;
using testing::made_token;
using testing::stated_by;

Facts of(const std::string& authorization, std::string_view answer = "HTTP/1.1 200 OK\n\n") {
  return stated_by(kBearerDecoder,
                   testing::exchange("POST /mapi/emsmdb/ HTTP/1.1\nHost: outlook.office365.com\n" +
                                         authorization + "\n",
                                     answer));
}

TEST(Bearer, TellsTheTokenAClientShows) {
  const Facts facts = of("Authorization: Bearer " +
                         made_token(R"({"aud":"https://outlook.office365.com","exp":1759999990,)"
                                    R"("upn":"anna@contoso.com"})"));
  expect_facts(facts, {{"jwt.carrier", "authorization"},
                       {"jwt.aud.name", "Office 365 Exchange Online"},
                       {"jwt.seconds_left", "-10"},
                       {"user.name", "anna@contoso.com"}});
  expect_never_told(facts, testing::kSignature);
  expect_declared(facts, kBearerDecoder);
}

TEST(Bearer, StatesNothingOfProbesAndOtherSchemes) {
  for (const std::string field :
       {"Authorization: Bearer", "Authorization: Bearer   ", "Authorization: Basic YTpiQ0FOQVJZ",
        "Authorization: BearerX eyJ", "X-Authorization: Bearer eyJ", "X-Other: 1"}) {
    EXPECT_TRUE(of(field).empty()) << field;
  }
}

TEST(Bearer, TellsWhatAChallengeWants) {
  const Facts facts = of(
      "Authorization: Bearer EwBCANARY",
      "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer realm=\"\", authorization_uri="
      "\"https://login.microsoftonline.com/common/oauth2/authorize\", error=\"insufficient_claims"
      "\", claims=\"eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZX19fQ==\"\n\n");
  expect_facts(facts, {{"oauth.claims_wanted", "access_token.nbf"}, {"jwt.form", "opaque"}});
  expect_never_told(facts, "CANARY");
  EXPECT_TRUE(
      of("X-Other: 1", "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Negotiate claims=\"e30\"\n\n")
          .empty());
}

}  // namespace
}  // namespace exotap
