#include "app/lab/services/autodiscover_soap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/lab/services/ask.h"

namespace exotap::lab {
namespace {

using testing::HasSubstr;

std::string asked(std::string_view variant) {
  const Answer answer =
      ask("autodiscover",
          signed_in(request_for("POST", "/Autodiscover/Autodiscover.svc", "<xml/>")), variant);
  EXPECT_EQ(answer.status, 200U);
  return answer.body;
}

TEST(AutodiscoverSoap, ChallengesTheFirstRequest) {
  EXPECT_EQ(ask("autodiscover", request_for("POST", "/autodiscover/autodiscover.svc")).status,
            401U);
}

TEST(AutodiscoverSoap, GivesSettingsOfTheUser) {
  EXPECT_THAT(asked("settings"), HasSubstr("<Value>john@contoso.com</Value>"));
  EXPECT_THAT(asked("settings"), HasSubstr("<ErrorCode>NoError</ErrorCode>"));
}

TEST(AutodiscoverSoap, RedirectsToAnAddressOrAUrl) {
  EXPECT_THAT(asked("redirect_address"),
              HasSubstr("<RedirectTarget>john@mail.contoso.com</RedirectTarget>"));
  EXPECT_THAT(asked("redirect_url"), HasSubstr("<ErrorCode>RedirectUrl</ErrorCode>"));
}

TEST(AutodiscoverSoap, ErrorsComeUnderStatus200) {
  EXPECT_THAT(asked("error_500"), HasSubstr("<ErrorCode>InvalidUser</ErrorCode>"));
  EXPECT_THAT(asked("error_600"), HasSubstr("<ErrorCode>InvalidRequest</ErrorCode>"));
}

}  // namespace
}  // namespace exotap::lab
