// Who is opened and who passes untouched, and which word says why.
#include "proxy/wire/host_policy.h"

#include <gtest/gtest.h>

namespace exotap::wire {
namespace {

class HostPolicyTest : public ::testing::Test {
 protected:
  HostPolicyTest() {
    policy_.built_in = {"outlook.office365.com", "*.outlook.com", "login.microsoftonline.com"};
    policy_.never = {"certauth.login.microsoftonline.com", "*.certauth.contoso.com"};
    policy_.domains = {"contoso.com"};
    policy_.signable = {"contoso.com", "outlook.com", "office365.com", "microsoftonline.com"};
  }
  void expect(std::string_view host, bool open, bool mail, std::string_view reason,
              std::uint16_t port = 443) {
    const HostDecision decision = policy_.decide(host, port);
    EXPECT_EQ(decision.open, open) << host << ":" << port;
    EXPECT_EQ(decision.mail_related, mail) << host << ":" << port;
    EXPECT_EQ(decision.reason, reason) << host << ":" << port;
  }
  HostPolicy policy_;
};

TEST_F(HostPolicyTest, OpensMicrosoft365AndTheGivenDomains) {
  expect("outlook.office365.com", true, true, "mail_host");
  expect("eur05.outlook.com", true, true, "mail_host");
  expect("contoso.com", true, true, "mail_host");
  expect("sts.corp.contoso.com", true, true, "mail_host");
}

TEST_F(HostPolicyTest, LeavesEverybodyElseAlone) {
  expect("bank.example", false, false, "not_mail_host");
  expect("outlook.com", false, false, "not_mail_host");  // a "*." pattern covers what is below
  expect("evilcontoso.com", false, false, "not_mail_host");
  expect("contoso.com.evil.example", false, false, "not_mail_host");
  expect("outlook.office365.com.evil.example", false, false, "not_mail_host");
  expect("", false, false, "not_mail_host");
}

TEST_F(HostPolicyTest, TunnelWinsOverAll) {
  policy_.tunnel = {"sts.contoso.com", "*.outlook.com", "certauth.login.microsoftonline.com",
                    "a.example"};
  policy_.open = {"sts.contoso.com", "a.example"};
  expect("sts.contoso.com", false, true, "tunnel_option");
  expect("eur05.outlook.com", false, true, "tunnel_option");
  expect("certauth.login.microsoftonline.com", false, true, "tunnel_option");
  expect("a.example", false, true, "tunnel_option");
}

TEST_F(HostPolicyTest, AnUnrelatedTunnelHostStaysUnrelated) {
  policy_.tunnel = {"bank.example"};
  expect("bank.example", false, false, "tunnel_option");
}

TEST_F(HostPolicyTest, WhereOpeningWouldBreakSignInNoOptionOpens) {
  policy_.open = {"certauth.login.microsoftonline.com"};
  expect("certauth.login.microsoftonline.com", false, true, "client_certificate_host");
  expect("adfs.certauth.contoso.com", false, true, "client_certificate_host");
}

TEST_F(HostPolicyTest, OpenOptionAddsAHostAndSaysSo) {
  policy_.open = {"mail.fabrikam.com"};
  policy_.signable.push_back("fabrikam.com");
  expect("mail.fabrikam.com", true, true, "open_option");
  expect("www.fabrikam.com", false, false, "not_mail_host");
}

TEST_F(HostPolicyTest, OpenOptionIsNamedWhereTheDomainWouldDoToo) {
  policy_.open = {"mail.contoso.com"};
  expect("mail.contoso.com", true, true, "open_option");
}

TEST_F(HostPolicyTest, ProtocolsOfOtherPortsAreNotHttp) {
  for (const int port : {25, 110, 143, 389, 465, 587, 636, 993}) {
    expect("mail.contoso.com", false, true, "not_https_port", static_cast<std::uint16_t>(port));
  }
  expect("mail.contoso.com", true, true, "mail_host", 8443);
  expect("bank.example", false, false, "not_mail_host", 993);
}

TEST_F(HostPolicyTest, AdfsPortForClientCertificatesIsNeverOpened) {
  expect("sts.contoso.com", false, true, "client_certificate_host", 49443);
  policy_.open = {"sts.contoso.com"};
  expect("sts.contoso.com", false, true, "client_certificate_host", 49443);
}

TEST_F(HostPolicyTest, WhatTheAuthorityMayNotSignForIsTunnelledAndStaysMail) {
  policy_.open = {"mail.fabrikam.com"};
  expect("mail.fabrikam.com", false, true, "outside_constraints");
  policy_.signable.clear();
  expect("mail.contoso.com", false, true, "outside_constraints");
}

TEST_F(HostPolicyTest, AnAddressIsNeverOpenedByItself) {
  policy_.open = {"192.0.2.1", "2001:db8::1"};
  policy_.signable = {"192.0.2.1", "2001:db8::1"};
  expect("192.0.2.1", false, true, "address_without_name");
  expect("2001:db8::1", false, true, "address_without_name");
  expect("192.0.2.2", false, false, "not_mail_host");
}

TEST(HostPattern, AStarCoversWhatIsBelowAndNotTheNameItself) {
  EXPECT_TRUE(matches_pattern("a.example.com", "*.example.com"));
  EXPECT_TRUE(matches_pattern("a.b.example.com", "*.example.com"));
  EXPECT_FALSE(matches_pattern("example.com", "*.example.com"));
  EXPECT_FALSE(matches_pattern(".example.com", "*.example.com"));
  EXPECT_FALSE(matches_pattern("aexample.com", "*.example.com"));
  EXPECT_FALSE(matches_pattern("a.example.com", "example.com"));
  EXPECT_TRUE(matches_pattern("example.com", "example.com"));
  EXPECT_FALSE(matches_pattern("anything", ""));
}

TEST(HostDomain, CoversItselfAndWhatIsBelow) {
  EXPECT_TRUE(is_or_is_below("contoso.com", "contoso.com"));
  EXPECT_TRUE(is_or_is_below("a.contoso.com", "contoso.com"));
  EXPECT_FALSE(is_or_is_below("xcontoso.com", "contoso.com"));
  EXPECT_FALSE(is_or_is_below("com", "contoso.com"));
  EXPECT_FALSE(is_or_is_below("contoso.com", ""));
}

TEST(HostAddress, IsTold) {
  EXPECT_TRUE(is_ip_address("127.0.0.1"));
  EXPECT_TRUE(is_ip_address("::1"));
  EXPECT_FALSE(is_ip_address("[::1]"));
  EXPECT_FALSE(is_ip_address("1.2.3"));
  EXPECT_FALSE(is_ip_address("1.2.3.4.example"));
  EXPECT_FALSE(is_ip_address(""));
}

}  // namespace
}  // namespace exotap::wire
