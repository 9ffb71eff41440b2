#include "decoders/signin/realm.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_declared;
using testing::expect_facts;
using testing::expect_never_told;
using testing::ExpectedFacts;
using testing::sample;
using testing::stated_by;
using testing::value_of;

constexpr std::string_view kXmlAsk =
    "GET /GetUserRealm.srf?login=mara%40contoso.com&xml=1 HTTP/1.1\n"
    "Host: login.microsoftonline.com\n";
constexpr std::string_view kJsonAsk =
    "GET /getuserrealm.srf?login=mara@contoso.com HTTP/1.1\nHost: login.microsoftonline.com\n";
constexpr std::string_view kVersion1Ask =
    "GET /common/UserRealm/mara%40contoso.com?api-version=1.0 HTTP/1.1\n"
    "Host: login.microsoftonline.com\n";
constexpr std::string_view kCredentialAsk =
    "POST /common/GetCredentialType?mkt=en-US HTTP/1.1\nHost: login.microsoftonline.com\n\n"
    R"({"username":"mara@contoso.com","flowToken":"CANARY","originalRequest":"CANARY"})";

Facts of(std::string_view request, std::string_view body,
         std::string_view head = "HTTP/1.1 200 OK\n\n") {
  return stated_by(kRealmDecoder,
                   testing::exchange(request, std::string(head) + std::string(body)));
}

TEST(RealmPath, IsKnownInAllItsSpellings) {
  EXPECT_TRUE(is_realm_path("/GetUserRealm.srf"));
  EXPECT_TRUE(is_realm_path("/getuserrealm.srf"));
  EXPECT_TRUE(is_realm_path("/common/userrealm/mara@contoso.com"));
  EXPECT_TRUE(is_realm_path("/common/UserRealm/mara%40contoso.com"));
  EXPECT_TRUE(is_realm_path("/common/userrealm/"));
  EXPECT_TRUE(is_realm_path("/organizations/userrealm"));
  EXPECT_TRUE(is_realm_path("/common/GetCredentialType"));
  EXPECT_FALSE(is_realm_path("/common/oauth2/token"));
  EXPECT_FALSE(is_realm_path("/common/userrealms/x"));
  EXPECT_FALSE(is_realm_path("/x-userrealm/x"));
  EXPECT_FALSE(is_realm_path(""));
  EXPECT_FALSE(kRealmDecoder.recognises(Exchange{}));
}

TEST(GetUserRealm, TellsAFederatedNameInXml) {
  const Facts facts = of(
      kXmlAsk,
      "<RealmInfo Success=\"true\"><State>3</State><UserState>2</UserState><Login>mara@contoso.com"
      "</Login><NameSpaceType>Federated</NameSpaceType><DomainName>CONTOSO.COM</DomainName>"
      "<FederationGlobalVersion>-1</FederationGlobalVersion><AuthURL>https://sts.contoso.com/adfs/"
      "ls/?username=mara%40contoso.com&amp;wa=wsignin1.0&amp;wctx=CANARY</AuthURL>"
      "<IsFederatedNS>true</IsFederatedNS><STSAuthURL>https://sts.contoso.com/adfs/services/trust/"
      "2005/usernamemixed</STSAuthURL><FederationTier>0</FederationTier><FederationBrandName>"
      "Contoso</FederationBrandName><MEXURL>https://sts.contoso.com/adfs/services/trust/mex"
      "</MEXURL><PreferredProtocol>1</PreferredProtocol><Certificate>CANARY</Certificate>"
      "<CloudInstanceName>microsoftonline.com</CloudInstanceName></RealmInfo>");
  expect_facts(facts, {{"realm.api", "getuserrealm_xml"},
                       {"realm.user", "mara@contoso.com"},
                       {"realm.namespace_type", "Federated"},
                       {"realm.domain", "CONTOSO.COM"},
                       {"realm.brand", "Contoso"},
                       {"realm.state", "3"},
                       {"realm.user_state", "2"},
                       {"realm.is_federated", "true"},
                       {"realm.success", "true"},
                       {"realm.auth_url",
                        "https://sts.contoso.com/adfs/ls/?username=mara%40contoso.com&wa=wsignin1.0"
                        "&wctx=[redacted]"},
                       {"realm.sts_auth_url",
                        "https://sts.contoso.com/adfs/services/trust/2005/usernamemixed"},
                       {"realm.mex_url", "https://sts.contoso.com/adfs/services/trust/mex"},
                       {"realm.cloud_instance", "microsoftonline.com"}});
  expect_never_told(facts, "CANARY");
  expect_declared(facts, kRealmDecoder);
}

TEST(GetUserRealm, AnswersInJsonByDefault) {
  expect_facts(of(kJsonAsk, R"({"State":4,"UserState":1,"Login":"mara@contoso.com",)"
                            R"("NameSpaceType":"Managed","DomainName":"contoso.com",)"
                            R"("FederationBrandName":"Contoso","CloudInstanceName":)"
                            R"("microsoftonline.com","CloudInstanceIssuerUri":)"
                            R"("urn:federation:MicrosoftOnline"})"),
               {{"realm.api", "getuserrealm_json"},
                {"realm.user", "mara@contoso.com"},
                {"realm.namespace_type", "Managed"},
                {"realm.state", "4"},
                {"realm.user_state", "1"},
                {"realm.cloud_audience", "urn:federation:MicrosoftOnline"}});
}

TEST(UserRealm, TellsVersionOne) {
  expect_facts(
      of(kVersion1Ask,
         R"({"ver":"1.0","account_type":"federated","domain_name":"contoso.com",)"
         R"("federation_protocol":"WSTrust","federation_metadata_url":)"
         R"("https://sts.contoso.com/adfs/services/trust/mex","federation_active_auth_url":)"
         R"("https://sts.contoso.com/adfs/services/trust/2005/usernamemixed",)"
         R"("cloud_instance_name":"microsoftonline.com",)"
         R"("cloud_audience_urn":"urn:federation:MicrosoftOnline"})"),
      {{"realm.api", "userrealm_1.0"},
       {"realm.user", "mara@contoso.com"},
       {"realm.namespace_type", "Federated"},
       {"realm.domain", "contoso.com"},
       {"realm.federation_protocol", "WSTrust"},
       {"realm.mex_url", "https://sts.contoso.com/adfs/services/trust/mex"},
       {"realm.active_auth_url", "https://sts.contoso.com/adfs/services/trust/2005/usernamemixed"},
       {"realm.cloud_instance", "microsoftonline.com"},
       {"realm.cloud_audience", "urn:federation:MicrosoftOnline"},
       {"realm.version", "1.0"}});
}

TEST(UserRealm, TellsVersionTwoInBothSpellings) {
  const std::string_view body =
      R"({"NameSpaceType":"FEDERATED","federation_protocol":"WSTrust","Login":"mara@contoso.com",)"
      R"("AuthURL":"https://sts.contoso.com/adfs/ls/?wctx=CANARY","DomainName":"contoso.com",)"
      R"("FederationBrandName":"Contoso","TenantBrandingInfo":null,)"
      R"("cloudinstancename":"microsoftonline.com"})";
  for (const std::string_view target :
       {"/common/userrealm/mara@contoso.com?api-version=2.0",
        "/common/userrealm/?user=mara%40contoso.com&api-version=2.1&checkForMicrosoftAccount=true",
        "/contoso.com/userrealm?login=mara@contoso.com&api-version=2.1"}) {
    const Facts facts = of("GET " + std::string(target) + " HTTP/1.1\n", body);
    expect_facts(facts, {{"realm.api", "userrealm_2.x"},
                         {"realm.user", "mara@contoso.com"},
                         {"realm.namespace_type", "Federated"},
                         {"realm.auth_url", "https://sts.contoso.com/adfs/ls/?wctx=[redacted]"},
                         {"realm.brand", "Contoso"},
                         {"realm.cloud_instance", "microsoftonline.com"}});
    expect_never_told(facts, "CANARY");
  }
}

TEST(UserRealm, WithoutAVersionGoesByTheAnswersWords) {
  const std::string_view ask = "GET /common/userrealm/m@c.d HTTP/1.1\n";
  EXPECT_EQ(value_of(of(ask, R"({"account_type":"Unknown"})"), "realm.api"), "userrealm_1.0");
  EXPECT_EQ(value_of(of(ask, R"({"account_type":"unknown"})"), "realm.namespace_type"), "Unknown");
  EXPECT_EQ(value_of(of(ask, R"({"NameSpaceType":"Unknown"})"), "realm.api"), "userrealm_2.x");
}

TEST(GetCredentialType, TellsWhetherTheAccountExists) {
  const Facts facts =
      of(kCredentialAsk,
         R"({"Username":"mara@contoso.com","IfExistsResult":1,"ThrottleStatus":1,)"
         R"("Credentials":{"PrefCredential":4,"HasPassword":false,"RemoteNgcParams":null,)"
         R"("FederationRedirectUrl":"https://sts.contoso.com/adfs/ls/?login_hint=m&wctx=CANARY"},)"
         R"("EstsProperties":{"UserTenantBranding":null,"DomainType":4,"DesktopSsoEnabled":true},)"
         R"("FlowToken":"CANARY","apiCanary":"CANARY"})");
  expect_facts(facts, {{"realm.api", "getcredentialtype"},
                       {"realm.user", "mara@contoso.com"},
                       {"realm.if_exists_result", "1"},
                       {"realm.throttle_status", "1"},
                       {"realm.pref_credential", "4"},
                       {"realm.has_password", "false"},
                       {"realm.domain_type", "4"},
                       {"realm.desktop_sso", "true"},
                       {"realm.federation_redirect_url",
                        "https://sts.contoso.com/adfs/ls/?login_hint=m&wctx=[redacted]"}});
  expect_never_told(facts, "CANARY");
  expect_declared(facts, kRealmDecoder);
}

TEST(GetCredentialType, SaysInsideA200ThatThereIsNoSuchAccount) {
  const auto failure = [](std::string_view body) {
    return value_of(of(kCredentialAsk, body), "answer.failure");
  };
  EXPECT_EQ(failure(R"({"IfExistsResult":1,"ThrottleStatus":0})"),
            "IfExistsResult 1, no such account");
  EXPECT_EQ(failure(R"({"IfExistsResult":1,"ThrottleStatus":1})"), "(absent)")
      << "a throttled service's word counts for nothing";
  EXPECT_EQ(failure(R"({"IfExistsResult":2})"), "IfExistsResult 2, throttled");
  EXPECT_EQ(failure(R"({"IfExistsResult":4})"), "IfExistsResult 4, server error");
  EXPECT_EQ(failure(R"({"IfExistsResult":-1})"), "IfExistsResult -1, unknown error");
  for (const std::string_view fine : {"0", "5", "6", "null"}) {
    EXPECT_EQ(failure(R"({"IfExistsResult":)" + std::string(fine) + "}"), "(absent)") << fine;
  }
  EXPECT_EQ(failure(R"({"error":{"code":"6001","message":"bad request"}})"),
            "error 6001, bad request");
  EXPECT_EQ(value_of(of(kCredentialAsk, R"({"error":{"code":"6001"}})", "HTTP/1.1 400 Bad\n\n"),
                     "answer.failure"),
            "(absent)")
      << "the status says it";
}

TEST(GetCredentialType, TellsTheCallsOwnError) {
  const Facts facts = of(kCredentialAsk, R"({"error":{"code":6001,"message":"bad request"},)"
                                         R"("apiCanary":"CANARY"})");
  expect_facts(facts, {{"realm.error.code", "6001"}, {"realm.error.message", "bad request"}});
  expect_never_told(facts, "CANARY");
  EXPECT_EQ(value_of(of(kCredentialAsk, R"({"error":null})"), "realm.error.code"), "(absent)");
  EXPECT_EQ(value_of(of(kVersion1Ask, R"({"error":"invalid_request"})"), "realm.error.code"),
            "invalid_request");
}

TEST(RealmAnswer, IsNotNeededForWhatTheRequestSays) {
  expect_facts(stated_by(kRealmDecoder, testing::exchange(kXmlAsk, "")),
               {{"realm.api", "getuserrealm_xml"}, {"realm.user", "mara@contoso.com"}});
  expect_facts(stated_by(kRealmDecoder, testing::exchange(kCredentialAsk, "")),
               {{"realm.api", "getcredentialtype"}, {"realm.user", "mara@contoso.com"}});
}

TEST(RealmAnswer, ThatIsNoneSaysSo) {
  EXPECT_EQ(value_of(of(kXmlAsk, "<html><body>Blocked</body></html>"), "decode.realm.error"),
            "the answer is a web page");
  EXPECT_NE(value_of(of(kXmlAsk, "<RealmInfo><State>4</State>"), "decode.realm.error"), "(absent)");
  EXPECT_EQ(value_of(of(kXmlAsk, "<RealmInfo><State>4</State>"), "realm.state"), "4");
  EXPECT_NE(value_of(of(kVersion1Ask, R"({"account_type":"Man)"), "decode.realm.error"),
            "(absent)");
  EXPECT_NE(value_of(of(kVersion1Ask, "plain"), "decode.realm.error"), "(absent)");
  EXPECT_NE(value_of(of(kVersion1Ask, "x", "HTTP/1.1 200 OK\nContent-Encoding: gzip\n\n"),
                     "decode.realm.error"),
            "(absent)");
}

TEST(RealmAnswer, OfExotapItselfSaysNothingAboutTheServer) {
  Exchange refused = testing::exchange(kXmlAsk, "HTTP/1.1 403 Forbidden\n\n<html>");
  refused.handling = Handling::refused;
  EXPECT_EQ(value_of(stated_by(kRealmDecoder, refused), "decode.realm.error"), "(absent)");
}

TEST(RealmSecrets, AreNeverToldOfAnyMember) {
  const std::string planted =
      R"("FlowToken":"CANARY","flowToken":"CANARY","canary":"CANARY","apiCanary":"CANARY",)"
      R"("sFT":"CANARY","sCtx":"CANARY","Certificate":"CANARY","password":"CANARY",)"
      R"("access_token":"CANARY","error":{"code":"1","message":"eyJDQU5BUlkiOiJDQU5BUlkifQ.x",)"
      R"("innererror":"CANARY"}})";
  for (const std::string_view ask : {kXmlAsk, kJsonAsk, kVersion1Ask, kCredentialAsk}) {
    const Facts facts = of(ask, "{\"Login\":\"m\"," + planted);
    expect_never_told(facts, "CANARY");
    expect_never_told(facts, "eyJ");
  }
  expect_never_told(of(kXmlAsk,
                       "<RealmInfo FlowToken='CANARY'><FlowToken>CANARY</FlowToken>"
                       "<Certificate>CANARY</Certificate></RealmInfo>"),
                    "CANARY");
}

struct Sample {
  std::string_view file;
  std::string_view ask;
  ExpectedFacts expected;
};

const Sample kSamples[] = {
    {"realm-srf-managed.xml",
     kXmlAsk,
     {{"realm.api", "getuserrealm_xml"},
      {"realm.success", "true"},
      {"realm.state", "4"},
      {"realm.user_state", "1"},
      {"realm.namespace_type", "Managed"},
      {"realm.domain", "international-am.com"},
      {"realm.is_federated", "false"},
      {"realm.brand", "Default Directory"},
      {"realm.cloud_instance", "microsoftonline.com"},
      {"realm.cloud_audience", "urn:federation:MicrosoftOnline"}}},
    {"realm-v1-federated-ping.json",
     kVersion1Ask,
     {{"realm.namespace_type", "Federated"},
      {"realm.federation_protocol", "WSTrust"},
      {"realm.mex_url",
       "https://fam.contoso.com/pf/sts_mex.ping?PartnerSpId=urn:federation:MicrosoftOnline"},
      {"realm.active_auth_url", "https://fam.contoso.com/idp/sts.wst"},
      {"realm.domain", "contoso.com"},
      {"realm.cloud_instance", "microsoftonline.com"},
      {"realm.cloud_audience", "urn:federation:MicrosoftOnline"},
      {"realm.version", "1.0"}}},
    {"realm-v1-federated.json",
     kVersion1Ask,
     {{"realm.namespace_type", "Federated"},
      {"realm.federation_protocol", "wstrust"},
      {"realm.mex_url", "https://adfs.federatedtenant.com/adfs/services/trust/mex"},
      {"realm.active_auth_url",
       "https://adfs.federatedtenant.com/adfs/services/trust/2005/usernamemixed"},
      {"realm.version", "0.8"}}},
    {"realm-v1-managed.json",
     kVersion1Ask,
     {{"realm.namespace_type", "Managed"},
      {"realm.domain", "some_domain.onmicrosoft.com"},
      {"realm.cloud_instance", "login.microsoftonline.com"},
      {"realm.cloud_audience", "urn:federation:MicrosoftOnline"},
      {"realm.version", "1.0"}}},
};

TEST(RealmSamples, TellAtLeastWhatTheIndexLists) {
  for (const Sample& known : kSamples) {
    SCOPED_TRACE(known.file);
    const auto text = sample(known.file);
    if (!text) GTEST_SKIP() << "no sample " << known.file << " under " EXOTAP_SAMPLES;
    const Facts facts = of(known.ask, *text);
    expect_facts(facts, known.expected);
    EXPECT_EQ(value_of(facts, "decode.realm.error"), "(absent)");
  }
}

TEST(RealmSamples, TakeTheUserFromTheAnswerWhereTheRequestNamesNone) {
  const auto text = sample("realm-srf-managed.xml");
  if (!text) GTEST_SKIP() << "no sample realm-srf-managed.xml under " EXOTAP_SAMPLES;
  EXPECT_EQ(value_of(of("GET /getuserrealm.srf HTTP/1.1\n", *text), "realm.user"),
            "international-am.com");
}

TEST(RealmSamples, ReadARecordedGetCredentialType) {
  const auto text = sample("http-getcredentialtype-exists.txt");
  if (!text) GTEST_SKIP() << "no sample http-getcredentialtype-exists.txt under " EXOTAP_SAMPLES;
  const std::size_t answer = text->find("HTTP/1.1 200");
  ASSERT_NE(answer, std::string::npos);
  const Facts facts =
      stated_by(kRealmDecoder, testing::exchange(text->substr(0, answer), text->substr(answer)));
  expect_facts(facts, {{"realm.api", "getcredentialtype"},
                       {"realm.user", "existing@contoso.com"},
                       {"realm.if_exists_result", "0"},
                       {"realm.throttle_status", "0"},
                       {"realm.domain_type", "3"},
                       {"realm.pref_credential", "1"},
                       {"realm.has_password", "true"}});
  EXPECT_EQ(value_of(facts, "decode.realm.error"), "(absent)");
  expect_never_told(facts, "--snip--");
}

}  // namespace
}  // namespace exotap
