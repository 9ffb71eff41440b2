#include "app/lab/services/exchange.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/lab/services/ask.h"

namespace exotap::lab {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Exchange, ChallengesWithBearerThenBasic) {
  const Answer answer = exchange_challenge(Request{});
  EXPECT_EQ(answer.status, 401U);
  EXPECT_THAT(answer.headers[0].second, HasSubstr("authorization_uri="));
  EXPECT_THAT(answer.headers[0].second, Not(HasSubstr("invalid_token")));
  EXPECT_EQ(answer.headers[1].second, "Basic Realm=\"\"");
  EXPECT_FALSE(header_of(answer.headers, "X-FEServer").empty());
}

TEST(Exchange, CallsARejectedTokenInvalid) {
  Request request;
  request.headers = {{"Authorization", bearer_credentials("john@contoso.com", {})}};
  EXPECT_THAT(exchange_challenge(request).headers[0].second, HasSubstr("error=\"invalid_token\""));
}

TEST(Exchange, AnOfficeProbeIsNotSignedIn) {
  Request probe;
  probe.headers = {{"Authorization", "Bearer "}};
  EXPECT_TRUE(unless_signed_in(probe));
  EXPECT_TRUE(unless_signed_in(Request{}));
  EXPECT_FALSE(unless_signed_in(signed_in(Request{})));
}

}  // namespace
}  // namespace exotap::lab
