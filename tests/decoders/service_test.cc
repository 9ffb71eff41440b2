#include "decoders/service.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::stated_by;
using testing::value_of;

std::string name_of(std::string_view host, std::string_view path = "/") {
  const Service* const service = service_of(host, path);
  return service == nullptr ? "(none)" : std::string(service->name);
}

TEST(Service, ExchangeIsKnownByItsPathsWhateverTheHost) {
  for (const char* host : {"outlook.office365.com", "mail.contoso.com", "outlook.office.com"}) {
    EXPECT_EQ(name_of(host, "/EWS/Exchange.asmx"), "Exchange Web Services") << host;
    EXPECT_EQ(name_of(host, "/ews/mrsproxy.svc"), "Mailbox moves") << host;
    EXPECT_EQ(name_of(host, "/mapi/emsmdb/"), "Exchange mailbox") << host;
    EXPECT_EQ(name_of(host, "/mapi/nspi/"), "Exchange directory") << host;
    EXPECT_EQ(name_of(host, "/OAB/5508eb6d/oab.xml"), "offline address book") << host;
    EXPECT_EQ(name_of(host, "/Microsoft-Server-ActiveSync"), "Exchange ActiveSync") << host;
    EXPECT_EQ(name_of(host, "/owa/"), "Outlook on the web") << host;
    EXPECT_EQ(name_of(host, "/ecp"), "Exchange options") << host;
    EXPECT_EQ(name_of(host, "/PowerShell"), "Exchange PowerShell") << host;
    EXPECT_EQ(name_of(host, "/rpc/rpcproxy.dll"), "Outlook Anywhere") << host;
    EXPECT_EQ(name_of(host, "/autodiscover/autodiscover.json"), "Autodiscover") << host;
  }
  EXPECT_EQ(name_of("sts.contoso.com", "/adfs/ls/"), "Federation server");
}

TEST(Service, OfTheCloudByHostAndPath) {
  EXPECT_EQ(name_of("outlook.office365.com", "/search/api/v1/suggestions"), "Substrate search");
  EXPECT_EQ(name_of("substrate.office.com", "/search/api/v2/query"), "Substrate search");
  EXPECT_EQ(name_of("substrate.office.com", "/x"), "Substrate");
  EXPECT_EQ(name_of("outlook.office.com", "/CalendarService/api/x"), "Outlook calendar");
  EXPECT_EQ(name_of("outlook.office.com", "/api/v2.0/me"), "Outlook REST");
  EXPECT_EQ(name_of("graph.microsoft.com", "/v1.0/me"), "Microsoft Graph");
  EXPECT_EQ(name_of("self.events.data.microsoft.com", "/OneCollector/1.0/"), "Office telemetry");
  EXPECT_EQ(name_of("ols.officeapps.live.com", "/olsc/"), "Office licensing");
  EXPECT_EQ(name_of("odc.officeapps.live.com", "/odc/v2.1/idp"), "Account lookup");
  EXPECT_EQ(name_of("presence.teams.microsoft.com", "/v1/me"), "Teams presence");
  EXPECT_EQ(name_of("login.microsoftonline.com", "/GetUserRealm.srf"), "Entra ID");
  EXPECT_EQ(name_of("autologon.microsoftazuread-sso.com", "/x"), "Seamless sign-in");
  EXPECT_EQ(name_of("attachments.office.net", "/owa/x/GetFileAttachment"), "Mail attachments");
}

TEST(Service, PurposesTellPathsApart) {
  EXPECT_EQ(service_of("login.microsoftonline.com", "/GetUserRealm.srf")->purpose,
            "whose password it is: cloud or federation");
  EXPECT_EQ(service_of("login.microsoftonline.com", "/common/UserRealm/a@b.c")->purpose,
            "whose password it is: cloud or federation");
  EXPECT_EQ(service_of("login.microsoftonline.com", "/common/oauth2/token")->purpose, "sign-in");
  EXPECT_EQ(service_of("mail.contoso.com", "/ews/exchange.asmx")->purpose,
            "free/busy, out of office, calendar, mail");
}

// A connection without a path: the host alone, and the longest ending that is known.
TEST(Service, OfAHostAlone) {
  EXPECT_EQ(name_of("outlook.office365.com", ""), "Exchange Online");
  EXPECT_EQ(name_of("autodiscover-s.outlook.com", ""), "Autodiscover");
  EXPECT_EQ(name_of("autodiscover.contoso.com", ""), "Autodiscover");
  EXPECT_EQ(name_of("contoso.sharepoint.com", ""), "SharePoint");
  EXPECT_EQ(name_of("www.contoso.com", ""), "(none)");
  EXPECT_EQ(name_of("autodiscover", ""), "(none)");
  EXPECT_EQ(name_of("", ""), "(none)");
  EXPECT_EQ(name_of("..", "/"), "(none)");
}

// An ending counts only behind a dot.
TEST(Service, AnotherHostThatEndsAlikeIsAnother) {
  EXPECT_EQ(name_of("evilgraph.microsoft.com.example.org"), "(none)");
  EXPECT_EQ(name_of("notoffice365.com"), "(none)");
  EXPECT_EQ(name_of("mygraph.microsoft.com"), "Microsoft");
}

TEST(Service, PathsOfOneServiceAreNotAnothers) {
  EXPECT_EQ(name_of("www.contoso.com", "/search/api"), "(none)");
  EXPECT_EQ(name_of("www.contoso.com", "/api/v1"), "(none)");
  EXPECT_EQ(name_of("www.contoso.com", "/ewsx"), "(none)");
  EXPECT_EQ(name_of("www.contoso.com", "/rpc/v1/call"), "(none)");
  EXPECT_EQ(name_of("teams.microsoft.com", "/mapi/"), "Microsoft Teams");
}

TEST(ServiceDecoder, StatesNameAndPurpose) {
  const Facts facts = stated_by(
      kServiceDecoder,
      testing::exchange("POST /ews/exchange.asmx HTTP/1.1\nHost: mail.contoso.com\n", ""));
  EXPECT_EQ(value_of(facts, "service.name"), "Exchange Web Services");
  EXPECT_EQ(value_of(facts, "service.purpose"), "free/busy, out of office, calendar, mail");
  Exchange connect = testing::exchange(
      "CONNECT login.microsoftonline.com:443 HTTP/1.1\nHost: login.microsoftonline.com:443\n", "");
  connect.is_connect = true;
  EXPECT_EQ(value_of(stated_by(kServiceDecoder, connect), "service.name"), "Entra ID");
  EXPECT_TRUE(stated_by(kServiceDecoder, Exchange{}).empty());
}

}  // namespace
}  // namespace exotap
