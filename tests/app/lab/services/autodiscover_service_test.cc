#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/lab/services/ask.h"

namespace exotap::lab {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

Answer asked(std::string_view variant, const char* method = "POST") {
  return ask("autodiscover",
             signed_in(request_for(method, "/Autodiscover/Autodiscover.xml", "<xml/>")), variant);
}

TEST(AutodiscoverService, ChallengesTheFirstRequest) {
  EXPECT_EQ(ask("autodiscover", request_for("POST", "/autodiscover/autodiscover.xml")).status,
            401U);
}

TEST(AutodiscoverService, GivesSettingsOfTheUser) {
  const Answer answer = asked("settings");
  EXPECT_EQ(answer.status, 200U);
  EXPECT_THAT(answer.body, HasSubstr("<AutoDiscoverSMTPAddress>john@contoso.com<"));
  EXPECT_THAT(answer.body, HasSubstr("Type=\"mapiHttp\""));
}

TEST(AutodiscoverService, ErrorsComeUnderStatus200) {
  for (const char* code : {"500", "600", "601"}) {
    const Answer answer = asked(std::string("error_") + code);
    EXPECT_EQ(answer.status, 200U);
    EXPECT_THAT(answer.body, HasSubstr(std::string("<ErrorCode>") + code + "</ErrorCode>"));
  }
  EXPECT_THAT(asked("settings", "GET").body, HasSubstr("<ErrorCode>600<"));
}

TEST(AutodiscoverService, RedirectsToAnAddressOrAUrl) {
  EXPECT_THAT(asked("redirect_address").body,
              HasSubstr("<RedirectAddr>john@mail.contoso.com</RedirectAddr>"));
  EXPECT_THAT(asked("redirect_url").body, HasSubstr("<Action>redirectUrl</Action>"));
}

TEST(AutodiscoverService, SaysThatTheFederationServerIsOutOfExchangesReach) {
  const Answer busy = asked("sts_unreachable_503");
  EXPECT_EQ(busy.status, 503U);
  EXPECT_EQ(header_of(busy.headers, "Retry-After"), "30");
  const Answer refused = asked("sts_unreachable_401");
  EXPECT_EQ(refused.status, 401U);
  for (const Answer& answer : {busy, refused}) {
    EXPECT_THAT(std::string(header_of(answer.headers, "X-AutoDiscovery-Error")),
                StartsWith("LiveIdBasicAuth:FederatedStsUnreachable:"));
  }
}

TEST(AutodiscoverService, RejectsCredentials) {
  EXPECT_EQ(asked("rejected").status, 401U);
  EXPECT_EQ(asked("federated_rejected").status, 401U);
}

TEST(AutodiscoverService, JsonRedirectorNeedsNoCredentials) {
  const Answer answer =
      ask("autodiscover",
          request_for("GET", "/autodiscover/autodiscover.json/v1.0/john@contoso.com?Protocol=x"));
  EXPECT_EQ(answer.status, 200U);
  EXPECT_THAT(answer.body, HasSubstr("https://sts.contoso.com/autodiscover/autodiscover.xml"));
}

}  // namespace
}  // namespace exotap::lab
