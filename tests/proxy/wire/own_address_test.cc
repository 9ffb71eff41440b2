// Where no connection of exotap's own may lead.
#include "proxy/wire/own_address.h"

#include <gtest/gtest.h>

namespace exotap::wire {
namespace {

asio::ip::tcp::endpoint to(const char* address, std::uint16_t port = 8888) {
  return {asio::ip::make_address(address), port};
}

TEST(OwnAddress, EverySpellingOfTheListenersAddress) {
  const OwnAddress own(Endpoint{"127.0.0.1", 8888});
  for (const char* here : {"127.0.0.1", "::ffff:127.0.0.1", "0.0.0.0", "::"}) {
    EXPECT_TRUE(own.is_at(to(here))) << here;
    EXPECT_FALSE(own.is_at(to(here, 8889))) << here;
  }
  // Another service may have the same port at another address of loopback.
  for (const char* elsewhere : {"127.0.0.2", "::1", "192.0.2.1"}) {
    EXPECT_FALSE(own.is_at(to(elsewhere))) << elsewhere;
  }
}

TEST(OwnAddress, EveryAddressOfThisComputerWhereItListensOnAll) {
  for (const char* all : {"0.0.0.0", "::"}) {
    const OwnAddress own(Endpoint{all, 8888});
    for (const char* here : {"127.0.0.1", "127.9.9.9", "::ffff:127.0.0.1", "0.0.0.0", "::"}) {
      EXPECT_TRUE(own.is_at(to(here))) << all << ' ' << here;
    }
    // Addresses of documentation are nobody's here (RFC 5737, RFC 3849).
    for (const char* elsewhere : {"192.0.2.1", "2001:db8::1"}) {
      EXPECT_FALSE(own.is_at(to(elsewhere))) << all << ' ' << elsewhere;
    }
  }
}

TEST(OwnAddress, WithoutAListenerIsNowhere) {
  EXPECT_FALSE(OwnAddress().is_at(to("127.0.0.1", 0)));
  EXPECT_FALSE(OwnAddress().is_at(to("127.0.0.1")));
}

TEST(OwnAddress, WhatIsPrivateToThisComputer) {
  for (const char* own : {"127.0.0.1", "::1", "::ffff:127.0.0.1", "169.254.169.254", "fe80::1",
                          "0.0.0.0", "::", "::ffff:0.0.0.0"}) {
    EXPECT_TRUE(is_private_to_this_computer(asio::ip::make_address(own))) << own;
  }
  for (const char* open : {"192.0.2.1", "10.0.0.1", "2001:db8::1"}) {
    EXPECT_FALSE(is_private_to_this_computer(asio::ip::make_address(open))) << open;
  }
}

TEST(OwnAddress, ARefusedTargetIsToldFromAProxyThatFailed) {
  EXPECT_TRUE(is_refused_target({FaultType::proxy, Stage::connect, "OWN_ADDRESS", {}}));
  EXPECT_TRUE(is_refused_target({FaultType::proxy, Stage::connect, "OWN_COMPUTER", {}}));
  EXPECT_FALSE(is_refused_target({FaultType::proxy, Stage::connect, "ECONNREFUSED", {}}));
  EXPECT_FALSE(is_refused_target({}));
}

}  // namespace
}  // namespace exotap::wire
