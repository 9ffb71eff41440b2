#include "app/lab/script.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/lab/credentials.h"
#include "app/lab/text.h"

namespace exotap::lab {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

const Tenant kContoso = {"contoso.com", "john", "sts.contoso.com"};

std::vector<Request> asked(Action action, Identity with = Identity::none, unsigned repeat = 1) {
  Step step;
  step.action = action;
  step.at = "sts.contoso.com";
  step.with = with;
  step.repeat = repeat;
  step.path = "/adfs/ls/";
  return requests_for(step, kContoso, "<assertion/>", {});
}

TEST(Script, EveryRequestLooksLikeOutlook) {
  for (const auto action : {Action::autodiscover, Action::realm, Action::mex, Action::wstrust,
                            Action::token, Action::mapi, Action::ews, Action::page}) {
    for (const Request& request : asked(action)) {
      EXPECT_THAT(request.header("User-Agent"), StartsWith("Microsoft Office/16.0"));
      EXPECT_EQ(request.host, "sts.contoso.com");
    }
    EXPECT_FALSE(words_for(action).empty());
  }
}

TEST(Script, RealmIsLookedUpInBothSpellings) {
  const auto requests = asked(Action::realm);
  ASSERT_THAT(requests, SizeIs(2));
  EXPECT_EQ(requests[0].target, "/common/userrealm/john@contoso.com?api-version=1.0");
  EXPECT_EQ(requests[1].target, "/GetUserRealm.srf?login=john%40contoso.com&xml=1");
}

TEST(Script, AutodiscoverCarriesTheAddressAndTheCredentialsAskedFor) {
  EXPECT_THAT(asked(Action::autodiscover)[0].body, HasSubstr("john@contoso.com</EMailAddress>"));
  EXPECT_EQ(asked(Action::autodiscover)[0].header("Authorization"), "");
  EXPECT_THAT(asked(Action::autodiscover, Identity::password)[0].header("Authorization"),
              StartsWith("Basic "));
  EXPECT_THAT(asked(Action::autodiscover, Identity::token)[0].header("Authorization"),
              StartsWith("Bearer "));
}

TEST(Script, TheCloudAccountIsOfTheDomainThatIsNeverFederated) {
  Step step;
  step.action = Action::autodiscover;
  step.at = "autodiscover-s.outlook.com";
  step.cloud_account = true;
  EXPECT_THAT(requests_for(step, kContoso, "", {})[0].body,
              HasSubstr("admin@contoso.onmicrosoft.com</EMailAddress>"));
}

TEST(Script, APasswordForAdFsStandsInTheMessage) {
  const Request request = asked(Action::wstrust, Identity::password)[0];
  EXPECT_EQ(request.target, "/adfs/services/trust/13/usernamemixed");
  EXPECT_THAT(request.body, HasSubstr(std::string(kCanaryPassword) + "</o:Password>"));
  EXPECT_EQ(request.header("Authorization"), "");
}

TEST(Script, WsTrustSpeaksTheVersionAskedFor) {
  Step step;
  step.action = Action::wstrust;
  step.version = "2005";
  const Request request = requests_for(step, kContoso, "", {})[0];
  EXPECT_EQ(request.target, "/adfs/services/trust/2005/usernamemixed");
  EXPECT_THAT(request.body, HasSubstr("http://schemas.xmlsoap.org/ws/2005/02/trust/RST/Issue"));
  EXPECT_THAT(request.body, Not(HasSubstr("{")));
}

TEST(Script, NtlmTakesTwoLegsEachTime) {
  std::vector<unsigned> types;
  for (const Request& request : asked(Action::wstrust, Identity::ntlm, 2)) {
    EXPECT_EQ(request.target, "/adfs/services/trust/13/windowstransport");
    EXPECT_THAT(request.body, Not(HasSubstr("Password")));
    types.push_back(credentials_of(request).ntlm_type);
  }
  EXPECT_THAT(types, ElementsAre(1U, 3U, 1U, 3U));
}

TEST(Script, TheTokenRequestUsesWhatTheFederationServerIssued) {
  const Request federated = asked(Action::token)[0];
  EXPECT_THAT(federated.body, HasSubstr("saml1_1-bearer"));
  EXPECT_THAT(federated.body, HasSubstr("assertion=" + base64_url("<assertion/>")));
  Step step;
  step.action = Action::token;
  const Request managed = requests_for(step, {"contoso.com", "john", ""}, "", {})[0];
  EXPECT_THAT(managed.body, HasSubstr("grant_type=password&username=john%40contoso.com"));
  EXPECT_THAT(managed.body, HasSubstr(kCanaryPassword));
}

TEST(Script, MapiConnectsThenExecutes) {
  const auto requests = asked(Action::mapi, Identity::token);
  ASSERT_THAT(requests, SizeIs(2));
  EXPECT_EQ(requests[0].header("X-RequestType"), "Connect");
  EXPECT_EQ(requests[1].header("X-RequestType"), "Execute");
  EXPECT_EQ(asked(Action::notification)[0].header("X-RequestType"), "NotificationWait");
}

TEST(Script, RepeatRepeatsTheWholeStep) { EXPECT_THAT(asked(Action::mex, {}, 3), SizeIs(3)); }

TEST(Script, AnAssertionIsTakenAsItStands) {
  EXPECT_EQ(
      assertion_in("<trust:RequestedSecurityToken><s:A>x</s:A></trust:RequestedSecurityToken>"),
      "<s:A>x</s:A>");
  EXPECT_EQ(assertion_in("<fault/>"), "");
}

}  // namespace
}  // namespace exotap::lab
