// Ranges of addresses: every spelling of an address is that address.
#include "proxy/wire/address_range.h"

#include <gtest/gtest.h>

namespace exotap::wire {
namespace {

bool holds(const char* range, const char* address) {
  const auto parsed = AddressRange::parse(range);
  return parsed && parsed->contains(boost::asio::ip::make_address(address));
}

TEST(AddressRange, HoldsWhatSharesItsPrefix) {
  EXPECT_TRUE(holds("192.0.2.7", "192.0.2.7"));
  EXPECT_FALSE(holds("192.0.2.7", "192.0.2.6"));
  EXPECT_TRUE(holds("192.0.2.0/24", "192.0.2.255"));
  EXPECT_FALSE(holds("192.0.2.0/24", "192.0.3.0"));
  EXPECT_TRUE(holds("192.0.2.128/25", "192.0.2.128"));
  EXPECT_FALSE(holds("192.0.2.128/25", "192.0.2.127"));
  EXPECT_TRUE(holds("10.1.2.3/8", "10.200.0.1")) << "bits behind the prefix mean nothing";
  EXPECT_TRUE(holds("2001:db8::/32", "2001:db8:ffff::1"));
  EXPECT_FALSE(holds("2001:db8::/32", "2001:db9::1"));
  EXPECT_TRUE(holds("[2001:db8::1]", "2001:db8::1"));
}

TEST(AddressRange, AMappedAddressIsTheOneItMaps) {
  EXPECT_TRUE(holds("192.0.2.0/24", "::ffff:192.0.2.9"));
  EXPECT_FALSE(holds("192.0.2.0/24", "::ffff:192.0.3.9"));
  EXPECT_TRUE(holds("::ffff:192.0.2.0/120", "192.0.2.9"));
  EXPECT_FALSE(holds("2001:db8::/32", "32.1.13.184")) << "the same leading bytes, another family";
}

TEST(AddressRange, EverybodyIsKnownAsThat) {
  for (const char* all : {"0.0.0.0/0", "::/0", "192.0.2.1/0", "::ffff:0:0/96"}) {
    EXPECT_TRUE(AddressRange::parse(all)->is_everybody()) << all;
  }
  for (const char* some : {"0.0.0.0/1", "::/1", "0.0.0.0", "2001:db8::/96"}) {
    EXPECT_FALSE(AddressRange::parse(some)->is_everybody()) << some;
  }
}

TEST(AddressRange, WhatIsNoneIsRefused) {
  for (const char* none :
       {"", "/", "/8", "192.0.2.0/", "192.0.2.0/33", "2001:db8::/129", "192.0.2.0/-1",
        "192.0.2.0/+8", "192.0.2.0/8 ", "192.0.2.0/8/8", "192.0.2", "contoso.com",
        "192.0.2.0-192.0.2.9", "0x7f.1", "2130706433", "[", "[]"}) {
    EXPECT_FALSE(AddressRange::parse(none)) << none;
  }
}

TEST(AddressKinds, LoopbackAndLinkLocalInEverySpelling) {
  const auto at = [](const char* text) { return boost::asio::ip::make_address(text); };
  for (const char* text : {"127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1"}) {
    EXPECT_TRUE(is_loopback(at(text))) << text;
    EXPECT_FALSE(is_link_local(at(text))) << text;
  }
  for (const char* text : {"169.254.169.254", "::ffff:169.254.0.1", "fe80::1", "fe80::1%1"}) {
    EXPECT_TRUE(is_link_local(at(text))) << text;
    EXPECT_FALSE(is_loopback(at(text))) << text;
  }
  for (const char* text : {"128.0.0.1", "126.255.255.255", "::2", "::", "0.0.0.0", "169.255.0.1"}) {
    EXPECT_FALSE(is_loopback(at(text)) || is_link_local(at(text))) << text;
  }
  EXPECT_EQ(plain(at("::ffff:192.0.2.7")).to_string(), "192.0.2.7");
  EXPECT_EQ(plain(at("fe80::1%1")).to_string(), "fe80::1");
}

}  // namespace
}  // namespace exotap::wire
