#include "decoders/entra/device_wait.h"

#include <gtest/gtest.h>

#include <string>

#include "decoders/outcome.h"
#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

constexpr std::string_view kAsk =
    "POST /organizations/oauth2/v2.0/token HTTP/1.1\nHost: login.microsoftonline.com\n";

Exchange answered(std::string_view body, std::string_view status = "400 Bad Request",
                  std::string_view ask = kAsk) {
  return testing::exchange(ask, "HTTP/1.1 " + std::string(status) + "\n\n" + std::string(body));
}

TEST(DeviceWait, IsNoFailure) {
  for (const std::string_view error : {"authorization_pending", "slow_down", "expired_token"}) {
    const Exchange exchange = answered("{\"error\":\"" + std::string(error) + "\"}");
    EXPECT_TRUE(is_device_wait(exchange)) << error;
    EXPECT_EQ(testing::value_of(testing::stated_by(kOutcomeDecoder, exchange), "event.outcome"),
              "unknown");
  }
}

TEST(DeviceWait, IsNothingElse) {
  EXPECT_FALSE(is_device_wait(answered(R"({"error":"invalid_grant"})")));
  EXPECT_FALSE(is_device_wait(answered(R"({"error":"slow_down"})", "503 Unavailable")));
  EXPECT_FALSE(is_device_wait(answered(R"({"error":"slow_down"})", "400 Bad Request",
                                       "POST /EWS/Exchange.asmx HTTP/1.1\nHost: a.b\n")));
  EXPECT_FALSE(is_device_wait(answered("")));
  EXPECT_FALSE(is_device_wait(Exchange{}));
  Exchange own = answered(R"({"error":"slow_down"})");
  own.handling = Handling::refused;
  EXPECT_FALSE(is_device_wait(own));
  EXPECT_EQ(testing::value_of(
                testing::stated_by(kOutcomeDecoder, answered(R"({"error":"invalid_grant"})")),
                "event.outcome"),
            "failure");
}

}  // namespace
}  // namespace exotap
