#include "proxy/wire/upstream/upstream_fault.h"

#include <gtest/gtest.h>

namespace exotap::wire {
namespace {

const Hop kHop{Hop::Kind::http, {"proxy.contoso.com", 8080}};

void expect_named(const Fault& fault, const std::string& code) {
  EXPECT_EQ(fault.type, FaultType::proxy);
  EXPECT_EQ(fault.stage, Stage::connect);
  EXPECT_EQ(fault.code, code);
  EXPECT_NE(fault.detail.find("http://proxy.contoso.com:8080"), std::string::npos) << fault.detail;
}

TEST(DeadUpstream, IsAFaultOfTheProxyWhateverBroke) {
  expect_named(dead_upstream(kHop, {FaultType::tcp, Stage::connect, "ECONNREFUSED", {}}),
               "ECONNREFUSED");
  expect_named(dead_upstream(kHop, {FaultType::dns, Stage::resolve, "HOST_NOT_FOUND", {}}),
               "HOST_NOT_FOUND");
  expect_named(dead_upstream(kHop, {FaultType::timeout, Stage::tls, "ETIMEDOUT", {}}), "ETIMEDOUT");
  expect_named(dead_upstream(kHop, {FaultType::tls, Stage::tls, "CERTIFICATE_EXPIRED", "x"}),
               "CERTIFICATE_EXPIRED");
}

TEST(DeadUpstream, AClientThatLeftIsNoFaultOfIt) {
  EXPECT_EQ(dead_upstream(kHop, {FaultType::client, Stage::connect, "EOF", {}}).type,
            FaultType::client);
}

TEST(UpstreamSaidNo, NamesTheStatusOrWhatCameInstead) {
  UpstreamAnswer answer;
  answer.state = UpstreamAnswer::State::refused;
  answer.message.head.status = 407;
  expect_named(upstream_said_no(kHop, answer), "407");
  answer.state = UpstreamAnswer::State::not_http;
  expect_named(upstream_said_no(kHop, answer), "NOT_HTTP");
  answer.state = UpstreamAnswer::State::cut;
  answer.error = boost::asio::error::connection_reset;
  expect_named(upstream_said_no(kHop, answer), "ECONNRESET");
}

TEST(NoRoute, SaysWhy) {
  const Fault fault = no_route("the PAC file cannot be had");
  EXPECT_EQ(fault.type, FaultType::proxy);
  EXPECT_EQ(fault.code, "NO_ROUTE");
  EXPECT_NE(fault.detail.find("the PAC file cannot be had"), std::string::npos);
}

TEST(UpstreamPage, HasTheStatusOfItsFault) {
  EXPECT_TRUE(upstream_page(no_route("x")).starts_with("HTTP/1.1 502 "));
  EXPECT_TRUE(upstream_page({FaultType::proxy, Stage::connect, "ETIMEDOUT", "x"})
                  .starts_with("HTTP/1.1 504 "));
}

}  // namespace
}  // namespace exotap::wire
