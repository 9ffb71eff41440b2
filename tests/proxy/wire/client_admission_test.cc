// Who may be a client: this computer always, others where they were named.
#include "proxy/wire/client_admission.h"

#include <gtest/gtest.h>

#include <string>

namespace exotap::wire {
namespace {

boost::asio::ip::address at(const char* text) { return boost::asio::ip::make_address(text); }

TEST(ClientAdmission, ThisComputerAlwaysAndNobodyElseAtFirst) {
  const ClientAdmission nobody;
  EXPECT_TRUE(nobody.empty());
  for (const char* own : {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"}) {
    EXPECT_TRUE(nobody.admits(at(own))) << own;
  }
  for (const char* other : {"192.0.2.1", "0.0.0.0", "::", "::ffff:192.0.2.1", "fe80::1"}) {
    EXPECT_FALSE(nobody.admits(at(other))) << other;
  }
}

TEST(ClientAdmission, OthersWhereTheyWereNamed) {
  ClientAdmission some;
  ASSERT_TRUE(some.add("192.0.2.0/24"));
  ASSERT_TRUE(some.add("2001:db8::/32"));
  EXPECT_TRUE(some.admits(at("192.0.2.200")));
  EXPECT_TRUE(some.admits(at("::ffff:192.0.2.200"))) << "what a dual-stack listener sees";
  EXPECT_TRUE(some.admits(at("2001:db8::1")));
  EXPECT_TRUE(some.admits(at("127.0.0.1")));
  EXPECT_FALSE(some.admits(at("192.0.3.1")));
  EXPECT_FALSE(some.is_everybody());
  ASSERT_TRUE(some.add("::/0"));
  EXPECT_TRUE(some.is_everybody());
}

TEST(ClientAdmission, NonsenseAndTooManyAreRefused) {
  ClientAdmission many;
  EXPECT_FALSE(many.add("everybody"));
  EXPECT_TRUE(many.empty());
  for (std::size_t i = 0; i < ClientAdmission::kMaxRanges; ++i) {
    ASSERT_TRUE(
        many.add("10." + std::to_string(i / 256) + "." + std::to_string(i % 256) + ".0/24"));
  }
  EXPECT_FALSE(many.add("192.0.2.0/24"));
}

}  // namespace
}  // namespace exotap::wire
