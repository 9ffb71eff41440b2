#include "proxy/wire/upstream/bypass.h"

#include <gtest/gtest.h>

namespace exotap::wire {
namespace {

Bypass rules(std::initializer_list<const char*> all) {
  Bypass bypass;
  for (const char* rule : all) EXPECT_TRUE(bypass.add(rule)) << rule;
  return bypass;
}

TEST(Bypass, LoopbackNeverNeedsAProxy) {
  const Bypass none;
  for (const char* host :
       {"localhost", "web.localhost", "127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"}) {
    EXPECT_TRUE(none.covers(host, 443)) << host;
  }
  for (const char* host : {"mylocalhost", "128.0.0.1", "::2", "localhost.contoso.com"}) {
    EXPECT_FALSE(none.covers(host, 443)) << host;
  }
}

TEST(Bypass, NamesAndWhatIsBelowThem) {
  const Bypass bypass = rules({"Mail.contoso.com", "*.fabrikam.com", ".example"});
  EXPECT_TRUE(bypass.covers("mail.contoso.com", 443));
  EXPECT_FALSE(bypass.covers("x.mail.contoso.com", 443));
  EXPECT_TRUE(bypass.covers("a.b.fabrikam.com", 443));
  EXPECT_FALSE(bypass.covers("fabrikam.com", 443));
  EXPECT_FALSE(bypass.covers("notfabrikam.com", 443));
  EXPECT_TRUE(bypass.covers("a.example", 80));
  EXPECT_FALSE(bypass.covers("example", 80));
}

TEST(Bypass, APortNarrowsAName) {
  const Bypass bypass = rules({"mail.contoso.com:8443"});
  EXPECT_TRUE(bypass.covers("mail.contoso.com", 8443));
  EXPECT_FALSE(bypass.covers("mail.contoso.com", 443));
}

TEST(Bypass, AddressesAndNetworks) {
  const Bypass bypass = rules({"192.0.2.7", "10.0.0.0/9", "2001:db8::/33", "[fe80::1]"});
  EXPECT_TRUE(bypass.covers("192.0.2.7", 443));
  EXPECT_FALSE(bypass.covers("192.0.2.8", 443));
  EXPECT_TRUE(bypass.covers("10.127.255.255", 443));
  EXPECT_FALSE(bypass.covers("10.128.0.0", 443));
  EXPECT_TRUE(bypass.covers("2001:db8:7fff::1", 443));
  EXPECT_FALSE(bypass.covers("2001:db8:8000::1", 443));
  EXPECT_TRUE(bypass.covers("fe80::1", 443));
  EXPECT_FALSE(bypass.covers("10.example.com", 443)) << "names are not resolved";
}

TEST(Bypass, LocalNamesAndEverything) {
  const Bypass local = rules({"<local>"});
  EXPECT_TRUE(local.covers("intranet", 80));
  EXPECT_FALSE(local.covers("intranet.contoso.com", 80));
  EXPECT_FALSE(local.covers("2001:db8::1", 80));
  EXPECT_TRUE(rules({"*"}).covers("anything.example", 443));
  EXPECT_TRUE(rules({"0.0.0.0/0"}).covers("203.0.113.1", 443));
  EXPECT_FALSE(rules({"0.0.0.0/0"}).covers("2001:db8::1", 443)) << "IPv4 alone";
}

TEST(Bypass, WhatIsNoRuleIsRefused) {
  Bypass bypass;
  for (const char* rule : {"", "*.", "a b", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/", "a/8", "*x",
                           "a:0", "a:99999", "<loc>", "2001:db8::/129", "a,b", "http://a/"}) {
    EXPECT_FALSE(bypass.add(rule)) << rule;
  }
  EXPECT_FALSE(bypass.covers("a.example", 443));
}

TEST(Bypass, IsBounded) {
  Bypass bypass;
  for (std::size_t i = 0; i < kMaxBypassRules; ++i) ASSERT_TRUE(bypass.add("a.example"));
  EXPECT_FALSE(bypass.add("b.example"));
}

}  // namespace
}  // namespace exotap::wire
