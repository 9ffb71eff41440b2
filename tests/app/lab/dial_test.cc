// The client's way through a proxy. A lab endpoint in clear plays the proxy that refuses.
#include "app/lab/dial.h"

#include <gtest/gtest.h>

#include "tests/app/lab/lab_fixture.h"

namespace exotap::lab {
namespace {

TEST(Dial, AProxysRefusalIsToldWithItsStatus) {
  Lab lab("  \"proxy.contoso.com:80\": {services: {site: unavailable}}\n", "  []\n");
  const std::uint16_t proxy = lab.cloud().ports().at("proxy.contoso.com:80");
  const ClientOptions options{proxy, {}, lab.cloud().root_pem(), std::chrono::seconds(10)};
  Dialer dialer(options);
  Said said;
  EXPECT_EQ(dialer.dial("sts.contoso.com", 443, false, said), nullptr);
  EXPECT_EQ(said.result.ending, Ending::refused_by_proxy);
  EXPECT_EQ(said.result.status, 503U);
  EXPECT_NE(said.result.body.find("Service Unavailable"), std::string::npos);
}

TEST(Dial, PlainHttpGoesThroughTheProxyInAbsoluteForm) {
  Lab lab("  \"proxy.contoso.com:80\": {services: [site]}\n", "  []\n");
  const std::uint16_t proxy = lab.cloud().ports().at("proxy.contoso.com:80");
  Client client({proxy, {}, lab.cloud().root_pem(), std::chrono::seconds(10)});
  Step step;
  step.at = "autodiscover.contoso.com";
  step.port = 80;
  const auto results = client.run(step, {"contoso.com", "john", ""});
  ASSERT_EQ(results.size(), 1U);
  EXPECT_EQ(results[0].status, 200U);
}

TEST(Dial, ALineInTlsKnowsWhatASignInIsBoundTo) {
  Lab lab("  sts.contoso.com: {services: [mex]}\n  \"site.contoso.com:80\": {services: [site]}\n",
          "  []\n");
  const ClientOptions options{0, lab.cloud().ports(), lab.cloud().root_pem(),
                              std::chrono::seconds(10)};
  Dialer dialer(options);
  Said said;
  const auto line = dialer.dial("sts.contoso.com", 443, false, said);
  ASSERT_NE(line, nullptr) << said.result.detail;
  EXPECT_TRUE(line->binding());
  const auto clear = dialer.dial("site.contoso.com", 80, false, said);
  ASSERT_NE(clear, nullptr) << said.result.detail;
  EXPECT_FALSE(clear->binding());
}

TEST(Dial, AMissingProxyIsUnreachable) {
  Lab lab("  gone.contoso.com: {connection: refused}\n", "  []\n");
  const ClientOptions options{lab.cloud().ports().at("gone.contoso.com:443"),
                              {},
                              lab.cloud().root_pem(),
                              std::chrono::seconds(10)};
  Dialer dialer(options);
  Said said;
  EXPECT_EQ(dialer.dial("sts.contoso.com", 443, false, said), nullptr);
  EXPECT_EQ(said.result.ending, Ending::unreachable);
}

}  // namespace
}  // namespace exotap::lab
