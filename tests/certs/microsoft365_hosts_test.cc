#include "certs/microsoft365_hosts.h"

#include <gtest/gtest.h>

#include "certs/names.h"

namespace exotap {
namespace {

TEST(Microsoft365Hosts, SignInAndMailAreThere) {
  for (const char* host :
       {"outlook.office365.com", "outlook.office.com", "autodiscover-s.outlook.com",
        "login.microsoftonline.com", "login.windows.net", "login.live.com", "sts.windows.net",
        "autologon.microsoftazuread-sso.com", "login.microsoftonline.us",
        "login.partner.microsoftonline.cn", "autodiscover.contoso.onmicrosoft.com",
        "autodiscover-s.partner.outlook.cn"}) {
    EXPECT_TRUE(is_microsoft365_host(host)) << host;
  }
}

TEST(Microsoft365Hosts, NothingElseIs) {
  for (const char* host :
       {"www.microsoft.com", "smtp.office365.com", "office365.com", "outlook.com", "windows.net",
        "contoso.blob.core.windows.net", "x.outlook.office365.com",
        "outlook.office365.com.evil.com", "notonmicrosoft.com", "device.login.microsoftonline.com",
        "teams.microsoft.com", ""}) {
    EXPECT_FALSE(is_microsoft365_host(host)) << host;
  }
}

TEST(Microsoft365Hosts, TheListIsFitForConstraints) {
  const auto list = permitted_list(microsoft365_names());
  ASSERT_TRUE(list) << list.error;
  EXPECT_EQ(list->size(), microsoft365_hosts().size()) << "a name is there twice, or covered";
  for (const Microsoft365Host& host : microsoft365_hosts()) {
    EXPECT_EQ(host.name, normalise_host(host.name));
    EXPECT_FALSE(host.reason.empty()) << host.name;
    EXPECT_TRUE(covered(host.name, *list)) << host.name;
  }
}

TEST(NeverToOpen, WhereClientsProveThemselvesWithCertificates) {
  EXPECT_FALSE(reason_never_to_open("certauth.sts.contoso.com", 443).empty());
  EXPECT_FALSE(reason_never_to_open("certauth.login.microsoftonline.com", 443).empty());
  EXPECT_FALSE(reason_never_to_open("t0123.certauth.login.microsoftonline.com", 443).empty());
  EXPECT_TRUE(reason_never_to_open("mycertauth.contoso.com", 443).empty());
  EXPECT_FALSE(reason_never_to_open("device.login.microsoftonline.com", 443).empty());
  EXPECT_FALSE(reason_never_to_open("enterpriseregistration.windows.net", 443).empty());
  EXPECT_FALSE(reason_never_to_open("sts.contoso.com", 49443).empty());
}

TEST(NeverToOpen, NothingThatIsOpenedByDefault) {
  for (const Microsoft365Host& host : microsoft365_hosts()) {
    EXPECT_TRUE(reason_never_to_open(host.name, 443).empty()) << host.name;
  }
  EXPECT_TRUE(reason_never_to_open("sts.contoso.com", 443).empty());
}

}  // namespace
}  // namespace exotap
