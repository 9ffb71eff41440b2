#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/lab/services/ask.h"

namespace exotap::lab {
namespace {

using testing::HasSubstr;

TEST(EntraService, ConfigurationNamesItsTokenEndpoint) {
  Request request = request_for("GET", "/organizations/v2.0/.well-known/openid-configuration");
  request.host = "login.microsoftonline.com";
  const Answer answer = ask("openid", request);
  EXPECT_THAT(answer.body, HasSubstr("\"token_endpoint\":\"https://login.microsoftonline.com/"
                                     "organizations/oauth2/v2.0/token\""));
  EXPECT_EQ(ask("openid", request, "unavailable").status, 503U);
  EXPECT_THAT(ask("openid", request_for("GET", "/common/discovery/instance?x")).body,
              HasSubstr("tenant_discovery_endpoint"));
}

TEST(EntraService, IssuesATokenForTheUser) {
  const Answer answer = ask("token", request_for("POST", "/organizations/oauth2/v2.0/token"));
  EXPECT_EQ(answer.status, 200U);
  EXPECT_THAT(answer.body, HasSubstr("\"token_type\":\"Bearer\""));
  EXPECT_THAT(answer.body, HasSubstr(kCanaryRefreshToken));
  EXPECT_EQ(ask("token", request_for("POST", "/common/oauth2/token")).status, 200U);
}

TEST(EntraService, RefusalsCarryTheirNumber) {
  const std::pair<const char*, const char*> refusals[] = {{"wrong_password", "50126"},
                                                          {"expired_password", "50055"},
                                                          {"locked", "50053"},
                                                          {"mfa_required", "50076"},
                                                          {"assertion_invalid", "50008"}};
  for (const auto& [variant, code] : refusals) {
    const Answer answer =
        ask("token", request_for("POST", "/organizations/oauth2/v2.0/token"), variant);
    EXPECT_EQ(answer.status, 400U) << variant;
    EXPECT_THAT(answer.body, HasSubstr(std::string("\"error_codes\":[") + code + "]"));
    EXPECT_THAT(answer.body, HasSubstr(std::string("AADSTS") + code + ": "));
  }
}

}  // namespace
}  // namespace exotap::lab
