#include "decoders/flow/flow.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "tests/decoders/flow/story.h"

namespace exotap {
namespace {

using namespace testing;
using namespace fact;

constexpr const char* kOk = "HTTP/1.1 200 OK\n\n";

TEST(Flow, ToldInOrderASignInIsOneAttemptWithItsSteps) {
  Story story;
  const auto step = [&](std::string_view where) {
    const Facts facts = story.tell(get(where, "", kOk));
    EXPECT_EQ(facts.number(kFlowAttempt), 1);
    return std::string(facts.text(kFlowStep)) + " " + std::string(facts.text(kFlowStepNumber));
  };
  EXPECT_EQ(step("autodiscover.contoso.com/autodiscover/autodiscover.xml"), "autodiscover 1");
  EXPECT_EQ(step("login.microsoftonline.com/common/userrealm/u@contoso.com"), "realm 2");
  EXPECT_EQ(step("sts.contoso.com/adfs/services/trust/mex"), "mex 3");
  EXPECT_EQ(step("sts.contoso.com/adfs/services/trust/13/usernamemixed"), "wstrust 4");
  EXPECT_EQ(step("login.microsoftonline.com/contoso.com/oauth2/token"), "oauth 5");
  EXPECT_EQ(step("outlook.office365.com/mapi/emsmdb/"), "mail 6");
}

TEST(Flow, HostsThatConcernNobodyBelongToNoAttempt) {
  Story story;
  Exchange noise = get("update.example.net/", "", kOk);
  noise.mail_related = false;
  const Facts facts = story.tell(noise);
  EXPECT_FALSE(facts.has(kFlowAttempt));
  EXPECT_FALSE(facts.has(kFlowAuthOutcome));
  EXPECT_EQ(story.tell(get("outlook.office365.com/mapi", "", kOk)).number(kFlowAttempt), 1);
}

// The story exotap was born from: Exchange Online cannot reach AD FS, though the client can.
TEST(Flow, StsUnreachableFromTheCloudButReachedByTheClient) {
  Story story;
  (void)story.tell(get("sts.contoso.com/adfs/ls/", "", kOk));
  const Facts facts = story.tell(
      get("autodiscover-s.outlook.com/autodiscover/autodiscover.xml", "Authorization: Basic dTpw",
          "HTTP/1.1 503 Service Unavailable\nRetry-After: 30\n"
          "X-AutoDiscovery-Error: LiveIdBasicAuth:FederatedStsUnreachable:x\n\n"));
  EXPECT_TRUE(facts.is_true(kFlowStsReachedDirectly));
  EXPECT_EQ(facts.text(kFlowAuthOutcome), "none");
}

TEST(Flow, RealmDiscoveryTellsWhichHostIsAFederationServer) {
  Story story;
  const Facts before = story.tell(connect("idp.fabrikam.example"));
  EXPECT_EQ(before.text(kFlowStep), "other");
  (void)story.tell(
      get("login.microsoftonline.com/common/userrealm/u@contoso.com?api-version=1.0", "",
          "HTTP/1.1 200 OK\nContent-Type: application/json\n\n"
          "{\"ver\":\"1.0\",\"account_type\":\"Federated\",\"domain_name\":\"contoso.com\","
          "\"federation_protocol\":\"WSTrust\","
          "\"federation_active_auth_url\":\"https://IDP.fabrikam.example/sts\"}"));
  const Facts after =
      story.tell(failed_connect("idp.fabrikam.example", FaultType::tcp, Stage::connect, "x"));
  EXPECT_EQ(after.text(kFlowStep), "federation");
}

TEST(Flow, AConnectHasNoAuthOutcome) {
  Story story;
  EXPECT_FALSE(story.tell(connect("outlook.office365.com")).has(kFlowAuthOutcome));
}

TEST(Flow, StatesOnlyWhatItDeclares) {
  Story story;
  Flow flow;
  for (const Exchange& exchange :
       {get("outlook.office365.com/ews", "Authorization: Basic dTpw", "HTTP/1.1 401 No\n\n"),
        connect("h"), failed_connect("h", FaultType::tcp, Stage::connect, "ECONNREFUSED"),
        Exchange{}}) {
    Facts facts;
    flow.fold(exchange, facts);
    for (std::size_t i = 0; i < facts.size(); ++i) {
      EXPECT_THAT(flow_facts(), ::testing::Contains(facts[i].spec)) << facts[i].spec->name;
    }
  }
}

TEST(Flow, CanBeMoved) {
  Flow flow;
  Facts facts;
  flow.fold(get("outlook.office365.com/mapi", "", kOk), facts);
  Flow other = std::move(flow);
  facts.clear();
  other.fold(get("outlook.office365.com/mapi", "", kOk), facts);
  EXPECT_EQ(facts.number(kFlowAttempt), 1);
}

}  // namespace
}  // namespace exotap
