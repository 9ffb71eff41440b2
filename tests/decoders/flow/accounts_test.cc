#include "decoders/flow/accounts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/flow/story.h"

namespace exotap {
namespace {

using namespace testing;
using namespace fact;

constexpr std::string_view kExchange = "outlook.office365.com";
constexpr std::string_view kAnna = "Basic YW5uYUBjb250b3NvLmNvbTpw";  // anna@contoso.com
constexpr std::string_view kBert = "Basic YmVydEBjb250b3NvLmNvbTpw";  // bert@contoso.com
constexpr std::string_view kTest =
    "Basic dGVzdEBjb250b3NvLm9ubWljcm9zb2Z0LmNvbTpw";  // test@contoso.onmicrosoft.com
constexpr std::string_view kOk = "HTTP/1.1 200 OK\n\n";
constexpr std::string_view kRefused =
    "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Basic realm=\"\"\n\n";

// What the facts say about an account: "federated works in 1", or nothing.
std::string said(const Facts& facts) {
  if (!facts.has(kFlowAccountKind)) return "";
  std::string text(facts.text(kFlowAccountKind));
  text.append(" ").append(facts.text(kFlowAccountOutcome));
  if (facts.has(kFlowAccountRound)) text.append(" in ").append(facts.text(kFlowAccountRound));
  return text;
}

Exchange realm_of_contoso(const std::string& user = "anna@contoso.com") {
  return get("login.microsoftonline.com/common/userrealm/" + user + "?api-version=1.0", "",
             "HTTP/1.1 200 OK\nContent-Type: application/json\n\n"
             "{\"ver\":\"1.0\",\"account_type\":\"Federated\",\"domain_name\":\"contoso.com\","
             "\"federation_protocol\":\"WSTrust\","
             "\"federation_active_auth_url\":\"https://sts.contoso.com/adfs/services/trust\"}");
}

Exchange autodiscover(std::string_view who, std::string_view answer,
                      std::string_view host = kExchange) {
  return get(std::string(host) + "/autodiscover/autodiscover.xml",
             who.empty() ? std::string() : "Authorization: " + std::string(who), answer);
}

TEST(Accounts, ComparesTwoTriedOneAfterTheOther) {
  Story story;
  EXPECT_EQ(said(story.tell(realm_of_contoso())), "");
  EXPECT_EQ(said(story.tell(autodiscover("", kRefused))), "");  // nothing but the challenge
  EXPECT_EQ(said(story.tell(autodiscover(kAnna, kRefused))), "federated fails in 1");
  EXPECT_EQ(said(story.tell(autodiscover(kTest, kOk))), "managed works in 1");
}

TEST(Accounts, SaysNothingOfAnAccountWhoseKindNobodyTold) {
  Story story;
  EXPECT_EQ(said(story.tell(autodiscover(kAnna, kRefused))), "");
  EXPECT_EQ(said(story.tell(autodiscover(kTest, kOk))), "managed works in 1");
}

TEST(Accounts, DoesNotCompareWhatLiesTooFarApart) {
  Story story;
  (void)story.tell(realm_of_contoso());
  EXPECT_EQ(said(story.tell(autodiscover(kAnna, kRefused))), "federated fails in 1");
  story.wait(std::chrono::minutes(9));
  EXPECT_EQ(said(story.tell(autodiscover(kTest, kOk))), "managed works in 1");
  story.wait(std::chrono::minutes(2));
  EXPECT_EQ(said(story.tell(autodiscover(kTest, kOk))), "managed works in 2");
}

TEST(Accounts, DoesNotCompareOverDifferentWaysOrAtDifferentPlaces) {
  Story story;
  (void)story.tell(realm_of_contoso());
  EXPECT_EQ(said(story.tell(autodiscover(kAnna, kRefused))), "federated fails in 1");
  Exchange by_proxy = autodiscover(kTest, kOk);
  by_proxy.upstream_address = "http://proxy.contoso.com:8080";
  EXPECT_EQ(said(story.tell(by_proxy)), "managed works in 2");
  Exchange by_another = autodiscover(kTest, kOk);
  by_another.client.address = "192.0.2.77";
  EXPECT_EQ(said(story.tell(by_another)), "managed works in 3");
  EXPECT_EQ(said(story.tell(autodiscover(kTest, kOk, "autodiscover-s.outlook.com"))),
            "managed works in 4");
}

TEST(Accounts, AnAccountThatEndsOtherwiseThanBeforeBeginsANewRound) {
  Story story;
  EXPECT_EQ(said(story.tell(autodiscover(kTest, kRefused))), "managed fails in 1");
  EXPECT_EQ(said(story.tell(autodiscover(kTest, kRefused))), "managed fails in 1");
  EXPECT_EQ(said(story.tell(autodiscover(kTest, kOk))), "managed works in 2");
}

TEST(Accounts, AServerThatIsBusyOnceSettlesNothing) {
  Story story;
  constexpr std::string_view kBusy = "HTTP/1.1 503 Service Unavailable\nRetry-After: 30\n\n";
  EXPECT_EQ(said(story.tell(autodiscover(kTest, kBusy))), "");
  EXPECT_EQ(said(story.tell(autodiscover(kTest, kOk))), "managed works in 1");
  EXPECT_EQ(said(story.tell(autodiscover(kTest, kBusy))), "");
  EXPECT_EQ(said(story.tell(autodiscover(kTest, kBusy))), "managed fails in 2");
}

TEST(Accounts, WhereTwoOfOneKindEndDifferentlyNothingIsCompared) {
  Story story;
  (void)story.tell(realm_of_contoso());
  EXPECT_EQ(said(story.tell(autodiscover(kAnna, kRefused))), "federated fails in 1");
  EXPECT_EQ(said(story.tell(autodiscover(kBert, kOk))), "federated works");
  EXPECT_EQ(said(story.tell(autodiscover(kTest, kOk))), "managed works");
}

TEST(Accounts, AFederationServerThatCannotBeReachedFailsTheAccountThatWasAskedFor) {
  Story story;
  (void)story.tell(realm_of_contoso());
  EXPECT_EQ(said(story.tell(failed_connect("sts.contoso.com", FaultType::timeout, Stage::connect,
                                           "ETIMEDOUT"))),
            "federated fails in 1");
  EXPECT_EQ(
      said(story.tell(get("sts.contoso.com/adfs/ls/", "", "HTTP/1.1 503 Service Unavailable\n\n"))),
      "federated fails in 1");
  EXPECT_EQ(said(story.tell(get("sts.contoso.com/adfs/ls/", "", kOk))), "");
  Exchange left = failed_connect("sts.contoso.com", FaultType::tcp, Stage::connect, "x");
  left.client_aborted = true;
  EXPECT_EQ(said(story.tell(left)), "");
}

TEST(Accounts, AServerOfMicrosoftThatIsNotReachedConcernsWhomeverWasAskedForJustBefore) {
  Story story;
  const Exchange lost =
      failed_connect(std::string(kExchange), FaultType::timeout, Stage::connect, "ETIMEDOUT");
  EXPECT_EQ(said(story.tell(lost)), "");
  (void)story.tell(realm_of_contoso());
  EXPECT_EQ(said(story.tell(lost)), "federated unreached in 1");
  story.wait(std::chrono::minutes(1));
  EXPECT_EQ(said(story.tell(lost)), "");
}

TEST(Accounts, APasswordThatTheCloudRefusesIsARefusalAndALapsedTokenNothing) {
  Story story;
  const auto token = [](const std::string& form, const std::string& code) {
    const std::string body = form + "&client_id=d3590ed6-52b3-4102-aeff-aad2292ab01c";
    Exchange made = exchange(
        "POST /organizations/oauth2/v2.0/token HTTP/1.1\nHost: login.microsoftonline.com\n"
        "Content-Type: application/x-www-form-urlencoded\n\n" +
            body,
        "HTTP/1.1 400 Bad Request\nContent-Type: application/json\n\n"
        "{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS" +
            code + ": x\",\"error_codes\":[" + code + "]}");
    return made;
  };
  EXPECT_EQ(said(story.tell(token("grant_type=password&username=test@contoso.onmicrosoft.com"
                                  "&password=p",
                                  "50126"))),
            "managed refused in 1");
  EXPECT_EQ(said(story.tell(token("grant_type=refresh_token&refresh_token=x"
                                  "&username=test@contoso.onmicrosoft.com",
                                  "700082"))),
            "");
}

TEST(Accounts, WhatExchangeSaysOfTheFederationServerIsNoRefusal) {
  Story story;
  (void)story.tell(realm_of_contoso());
  const std::string head = "HTTP/1.1 401 Unauthorized\nX-AutoDiscovery-Error: LiveIdBasicAuth:";
  EXPECT_EQ(said(story.tell(autodiscover(kAnna, head + "FederatedStsUnreachable:x\n\n"))),
            "federated fails in 1");
  EXPECT_EQ(said(story.tell(autodiscover(kTest, head + "BasicAuthBlocked:x\n\n"))),
            "managed refused in 1");
}

TEST(Accounts, HaveWordsForKindsAndOutcomes) {
  EXPECT_EQ(to_string(flow::AccountKind::managed), "managed");
  EXPECT_EQ(to_string(flow::AccountOutcome::unreached), "unreached");
}

}  // namespace
}  // namespace exotap
