#include "decoders/flow/step.h"

#include <gtest/gtest.h>

namespace exotap::flow {
namespace {

struct Case {
  const char* host;
  const char* path;
  Step step;
};

TEST(Step, OfEveryPathOutlookUses) {
  for (const Case& c : {
           Case{"contoso.com", "/autodiscover/autodiscover.xml", Step::autodiscover},
           Case{"contoso.com", "/Autodiscover/Autodiscover.xml", Step::autodiscover},
           Case{"contoso.com", "/AutoDiscover/autodiscover.svc/WSSecurity", Step::autodiscover},
           Case{"x.y", "/autodiscover/autodiscover.json/v1.0/u@contoso.com", Step::autodiscover},
           Case{"outlook.office365.com", "/mapi/emsmdb/", Step::mail},
           Case{"mail.contoso.com", "/EWS/Exchange.asmx", Step::mail},
           Case{"mail.contoso.com", "/Microsoft-Server-ActiveSync", Step::mail},
           Case{"mail.contoso.com", "/rpc/rpcproxy.dll", Step::mail},
           Case{"mail.contoso.com", "/rpcwithcert/rpcproxy.dll", Step::mail},
           Case{"mail.contoso.com", "/OAB/6f1b/oab.xml", Step::mail},
           Case{"outlook.office365.com", "/anything", Step::mail},
           Case{"login.microsoftonline.com", "/GetUserRealm.srf", Step::realm},
           Case{"login.microsoftonline.com", "/common/userrealm/u@contoso.com", Step::realm},
           Case{"login.microsoftonline.com", "/common/UserRealm/u%40contoso.com", Step::realm},
           Case{"login.microsoftonline.com", "/common/GetCredentialType", Step::realm},
           Case{"login.microsoftonline.com", "/RST2.srf", Step::wstrust},
           Case{"login.microsoftonline.com", "/extSTS.srf", Step::wstrust},
           Case{"login.microsoftonline.com", "/login.srf", Step::federation},
           Case{"login.microsoftonline.com", "/common/oauth2/authorize", Step::oauth},
           Case{"login.microsoftonline.com", "/contoso.com/oauth2/v2.0/token", Step::oauth},
           Case{"login.microsoftonline.com", "/common/discovery/instance", Step::oauth},
           Case{"outlook.office.com", "/api/v2.0/me/messages", Step::mail},
           Case{"login.microsoftonline.com", "/x/v2.0/.well-known/openid-configuration",
                Step::oauth},
           Case{"login.microsoftonline.com", "/contoso.com/wsfed", Step::federation},
           Case{"autologon.microsoftazuread-sso.com",
                "/contoso.com/winauth/trust/2005/windowstransport", Step::wstrust},
           Case{"sts.contoso.com", "/adfs/ls/", Step::federation},
           Case{"sts.contoso.com", "/adfs/services/trust/mex", Step::mex},
           Case{"sts.contoso.com", "/adfs/services/trust/2005/usernamemixed", Step::wstrust},
           Case{"sts.contoso.com", "/adfs/services/trust/13/windowstransport", Step::wstrust},
           Case{"sts.contoso.com", "/adfs/oauth2/token", Step::oauth},
           Case{"x.y", "/FederationMetadata/2007-06/FederationMetadata.xml", Step::federation},
           Case{"idp.contoso.com", "/nidp/wstrust/sts/mex", Step::mex},
           Case{"idp.contoso.com", "/app/active/usernamemixed", Step::wstrust},
           Case{"www.contoso.com", "/index.html", Step::other},
           Case{"www.contoso.com", "/", Step::other},
       }) {
    EXPECT_EQ(step_of(c.host, c.path), c.step) << c.host << c.path;
  }
}

TEST(Step, OfAConnectIsToldByTheHostWhereItCanBe) {
  EXPECT_EQ(step_of("autodiscover.contoso.com", ""), Step::autodiscover);
  EXPECT_EQ(step_of("autodiscover-s.outlook.com", ""), Step::autodiscover);
  EXPECT_EQ(step_of("outlook.office365.com", ""), Step::mail);
  EXPECT_EQ(step_of("login.microsoftonline.com", ""), Step::oauth);
  EXPECT_EQ(step_of("sts.contoso.com", ""), Step::federation);
  EXPECT_EQ(step_of("contoso.com", ""), Step::other);
}

TEST(Step, SegmentsAreComparedWhole) {
  EXPECT_EQ(step_of("x.y", "/mapiserver/emsmdb"), Step::other);
  EXPECT_EQ(step_of("x.y", "/ew"), Step::other);
  EXPECT_EQ(step_of("x.y", "/adfsx/ls"), Step::other);
}

TEST(Step, HasAWord) {
  EXPECT_EQ(to_string(Step::autodiscover), "autodiscover");
  EXPECT_EQ(to_string(Step::other), "other");
  EXPECT_EQ(to_string(Step::wstrust), "wstrust");
}

}  // namespace
}  // namespace exotap::flow
