#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/lab/services/ask.h"

namespace exotap::lab {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const Request kMex = request_for("GET", "/adfs/services/trust/mex");
const Request kTrust13 = request_for("POST", "/adfs/services/trust/13/usernamemixed", "<rst/>");
const Request kTrust2005 = request_for("POST", "/adfs/services/trust/2005/usernamemixed", "<rst/>");
const Request kIntegrated =
    request_for("POST", "/adfs/services/trust/13/windowstransport", "<rst/>");

Request with(Request request, std::string authorization) {
  request.headers.emplace_back("Authorization", std::move(authorization));
  return request;
}

TEST(FederationService, MexOffersBothVersionsAtItsOwnName) {
  const std::string body = ask("mex", kMex).body;
  EXPECT_THAT(body, HasSubstr("https://sts.contoso.com/adfs/services/trust/13/usernamemixed"));
  EXPECT_THAT(body, HasSubstr("https://sts.contoso.com/adfs/services/trust/2005/usernamemixed"));
  EXPECT_THAT(ask("mex", kMex, "no_username").body, Not(HasSubstr("usernamemixed")));
}

TEST(FederationService, MexFailsInItsWays) {
  EXPECT_EQ(ask("mex", kMex, "unavailable").status, 503U);
  EXPECT_EQ(ask("mex", kMex, "not_found").status, 404U);
  EXPECT_THAT(ask("mex", kMex, "web_site").body, StartsWith("<!DOCTYPE html>"));
}

TEST(FederationService, IssuesATokenInTheVersionAskedFor) {
  const Answer answer13 = ask("wstrust", kTrust13);
  EXPECT_EQ(answer13.status, 200U);
  EXPECT_THAT(answer13.body, HasSubstr("RequestSecurityTokenResponseCollection"));
  EXPECT_THAT(answer13.body, HasSubstr(kCanaryAssertion));
  EXPECT_THAT(answer13.body, HasSubstr("1970-01-01T01:00:00.000Z")) << "an hour of life";
  const Answer answer2005 = ask("wstrust", kTrust2005);
  EXPECT_THAT(answer2005.body, Not(HasSubstr("ResponseCollection")));
  EXPECT_THAT(answer2005.body, HasSubstr("http://schemas.xmlsoap.org/ws/2005/02/trust"));
}

TEST(FederationService, FaultsAreHttp500WithAReason) {
  const Answer rejected = ask("wstrust", kTrust13, "rejected");
  EXPECT_EQ(rejected.status, 500U);
  EXPECT_THAT(rejected.body, HasSubstr("t:FailedAuthentication"));
  EXPECT_THAT(rejected.body, HasSubstr("ID3242"));
  EXPECT_THAT(ask("wstrust", kTrust2005, "denied").body, HasSubstr("MSIS7068"));
  EXPECT_THAT(ask("wstrust", kTrust2005, "no_relying_party").body, HasSubstr("t:RequestFailed"));
}

TEST(FederationService, IntegratedSignInTakesBothNtlmLegs) {
  EXPECT_EQ(ask("wstrust", kIntegrated).status, 401U);
  const Answer second = ask("wstrust", with(kIntegrated, ntlm_negotiate()));
  EXPECT_EQ(second.status, 401U);
  EXPECT_THAT(std::string(header_of(second.headers, "WWW-Authenticate")), StartsWith("NTLM TlRM"));
  EXPECT_EQ(ask("wstrust", with(kIntegrated, ntlm_authenticate("john@contoso.com"))).status, 200U);
}

TEST(FederationService, ALoopNeverEnds) {
  const Answer answer =
      ask("wstrust", with(kIntegrated, ntlm_authenticate("john@contoso.com")), "loop");
  EXPECT_EQ(answer.status, 401U);
  EXPECT_EQ(header_of(answer.headers, "WWW-Authenticate"), "Negotiate");
  EXPECT_EQ(ask("federation_page", request_for("GET", "/adfs/ls/wia"), "loop").status, 401U);
}

TEST(FederationService, ShowsItsPageOrIsDown) {
  EXPECT_EQ(ask("federation_page", request_for("GET", "/adfs/ls/?wa=wsignin1.0")).status, 200U);
  EXPECT_EQ(ask("federation_page", request_for("GET", "/adfs/ls/"), "unavailable").status, 503U);
  EXPECT_EQ(ask("wstrust", kTrust13, "unavailable").status, 503U);
}

}  // namespace
}  // namespace exotap::lab
