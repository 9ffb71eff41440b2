#include "decoders/entra/well_known_apps.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

TEST(AppName, KnowsWhatEverybodyHas) {
  EXPECT_EQ(app_name("00000002-0000-0ff1-ce00-000000000000"), "Office 365 Exchange Online");
  EXPECT_EQ(app_name("00000003-0000-0000-c000-000000000000"), "Microsoft Graph");
  EXPECT_EQ(app_name("D3590ED6-52B3-4102-AEFF-AAD2292AB01C"), "Microsoft Office");
  EXPECT_EQ(app_name("27922004-5251-4030-b22d-91ecd9a37ea4"), "Outlook Mobile");
  EXPECT_EQ(app_name("spn:00000002-0000-0ff1-ce00-000000000000"), "Office 365 Exchange Online");
  EXPECT_EQ(app_name("fb78d390-0c51-40cd-8e17-fdbfab77341b"),
            "Microsoft Exchange REST API Based Powershell");
}

TEST(AppName, IsEmptyForAnOrganisationsOwn) {
  EXPECT_EQ(app_name("11111111-2222-3333-4444-555555555555"), "");
  EXPECT_EQ(app_name("ffffffff-ffff-ffff-ffff-ffffffffffff"), "");
  EXPECT_EQ(app_name(""), "");
  EXPECT_EQ(app_name("00000002-0000-0ff1-ce00-00000000000"), "");
}

TEST(ResourceName, ReadsUrlsAndIds) {
  for (const std::string_view exchange :
       {"https://outlook.office365.com", "https://outlook.office365.com/",
        "HTTPS://Outlook.Office"
        ".com/.default",
        "00000002-0000-0ff1-ce00-000000000000",
        "00000002-0000-0ff1-ce00-000000000000/outlook.office365.com@contoso.com",
        "https://outlook.office365.com:443/EWS.AccessAsUser.All"}) {
    EXPECT_EQ(resource_name(exchange), "Office 365 Exchange Online") << exchange;
  }
  EXPECT_EQ(resource_name("https://graph.microsoft.com/.default"), "Microsoft Graph");
  EXPECT_EQ(resource_name("https://graph.windows.net"), "Windows Azure Active Directory");
  EXPECT_EQ(resource_name("api://00000003-0000-0000-c000-000000000000/x"), "Microsoft Graph");
  EXPECT_EQ(resource_name("https://mail.contoso.com/"), "");
  EXPECT_EQ(resource_name("https://notoutlook.office365.com.example/"), "");
  EXPECT_EQ(resource_name(""), "");
}

}  // namespace
}  // namespace exotap
