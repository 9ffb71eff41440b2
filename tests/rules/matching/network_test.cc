#include "rules/matching/network.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

bool holds(std::string_view network, std::string_view address) {
  const auto parsed = Network::parse(network);
  EXPECT_TRUE(parsed.has_value()) << network;
  return parsed && parsed->contains(address);
}

TEST(Network, HoldsTheAddressesOfItsPrefix) {
  EXPECT_TRUE(holds("10.0.0.0/8", "10.255.3.4"));
  EXPECT_FALSE(holds("10.0.0.0/8", "11.0.0.1"));
  EXPECT_TRUE(holds("172.16.0.0/12", "172.31.255.255"));
  EXPECT_FALSE(holds("172.16.0.0/12", "172.32.0.0"));
  EXPECT_TRUE(holds("0.0.0.0/0", "203.0.113.1"));
  EXPECT_TRUE(holds("192.0.2.7", "192.0.2.7"));
  EXPECT_FALSE(holds("192.0.2.7/32", "192.0.2.8"));
}

TEST(Network, HoldsIpv6Addresses) {
  EXPECT_TRUE(holds("fe80::/10", "febf::1"));
  EXPECT_FALSE(holds("fe80::/10", "fec0::1"));
  EXPECT_TRUE(holds("::1/128", "0:0:0:0:0:0:0:1"));
  EXPECT_TRUE(holds("2001:db8::/32", "2001:db8:1:2:3:4:5:6"));
  EXPECT_TRUE(holds("fe80::/10", "fe80::1%eth0"));
}

TEST(Network, AMappedAddressIsTheIpv4Address) {
  EXPECT_TRUE(holds("10.0.0.0/8", "::ffff:10.1.2.3"));
  EXPECT_FALSE(holds("0.0.0.0/0", "2001:db8::1"));
}

TEST(Network, RefusesWhatIsNoNetwork) {
  for (const char* text : {"", "10.0.0/8", "10.0.0.0/33", "10.0.0.256", "10.0.0.0/", "10.0.0.0/-1",
                           "::1/129", "1:2:3", "1::2::3", ":::", "g::", "1:2:3:4:5:6:7:8:9",
                           "1:2:3:4:5:6:7::8", "1:", "example.com", "10.0.0.0.0"}) {
    EXPECT_FALSE(Network::parse(text).has_value()) << text;
  }
}

TEST(Network, HoldsNothingThatIsNoAddress) {
  EXPECT_FALSE(holds("0.0.0.0/0", ""));
  EXPECT_FALSE(holds("0.0.0.0/0", "outlook.com"));
}

}  // namespace
}  // namespace exotap
