#include "decoders/federation/wsfed.h"

#include <gtest/gtest.h>

#include <string>

#include "decoders/url_parts.h"
#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_facts;
using testing::expect_never_told;
using testing::sample;
using testing::value_of;
using testing::values_of;

struct Stated {
  Facts facts;
  WsfedOutcome outcome;
};

Stated of(std::string_view query, PassiveBinding binding = PassiveBinding::redirect) {
  Stated stated;
  stated.outcome =
      state_ws_federation({query, binding, "https://sts.contoso.com/adfs/ls/"}, stated.facts);
  return stated;
}

Stated of_page(std::string_view result) {
  const HtmlForm form{"/", {{"wa", "wsignin1.0"}, {"wresult", std::string(result)}}};
  Stated stated;
  stated.outcome = state_ws_federation({form, "https://login.microsoftonline.com/"}, stated.facts);
  return stated;
}

constexpr std::string_view kResult =
    "<t:RequestSecurityTokenResponse xmlns:t=\"http://schemas.xmlsoap.org/ws/2005/02/trust\">"
    "<t:RequestedSecurityToken><saml:Assertion "
    "xmlns:saml=\"urn:oasis:names:tc:SAML:1.0:assertion\" "
    "MajorVersion=\"1\" MinorVersion=\"1\" AssertionID=\"_1\" Issuer=\"http://sts.contoso.com/\" "
    "IssueInstant=\"2026-01-01T00:00:00Z\"/></t:RequestedSecurityToken>"
    "</t:RequestSecurityTokenResponse>";

TEST(WsFederation, TellsWhatARequestAsks) {
  const auto [facts, outcome] =
      of("client-request-id=1&wa=wsignin1.0&wtrealm=urn%3afederation%3aMicrosoftOnline&wctx=CANARY&"
         "wreply=https%3a%2f%2fportal.contoso.com%2f%3fcode%3dCANARY&wct=2026-01-01T00%3a00%3a00Z&"
         "wauth=urn%3aoasis%3anames%3atc%3aSAML%3a1.0%3aam%3apassword&whr=contoso.com&wfresh=0&"
         "username=mara%40contoso.com&prompt=login");
  EXPECT_TRUE(outcome.is_message);
  EXPECT_EQ(outcome.failure, "");
  expect_facts(facts, {{"wsfed.message", "sign_in_request"},
                       {"wsfed.binding", "redirect"},
                       {"wsfed.action", "wsignin1.0"},
                       {"wsfed.realm", "urn:federation:MicrosoftOnline"},
                       {"wsfed.reply", "https://portal.contoso.com/?code=[redacted]"},
                       {"wsfed.time", "2026-01-01T00:00:00Z"},
                       {"wsfed.auth", "urn:oasis:names:tc:SAML:1.0:am:password"},
                       {"wsfed.home_realm", "contoso.com"},
                       {"wsfed.freshness", "0"},
                       {"wsfed.user", "mara@contoso.com"},
                       {"wsfed.prompt", "login"},
                       {"wsfed.context_present", "true"}});
  expect_never_told(facts, "CANARY");
}

TEST(WsFederation, TellsWhatTheRequestInsideWants) {
  const auto stated =
      of("wa=wsignin1.0&wp=https%3a%2f%2fcontoso.com%2fpolicy&wreq=%3Ct:RequestSecurityToken+xmlns:"
         "t=%22"
         "http://schemas.xmlsoap.org/ws/2005/02/"
         "trust%22%3E%3Ct:TokenType%3Eurn:oasis:names:tc:SAML:1.0:"
         "assertion%3C/t:TokenType%3E%3C/t:RequestSecurityToken%3E");
  expect_facts(stated.facts, {{"wsfed.policy", "https://contoso.com/policy"},
                              {"wstrust.token_type", "urn:oasis:names:tc:SAML:1.0:assertion"}});
  EXPECT_EQ(value_of(of("wa=wsignin1.0&wreq=CANARY").facts, "wstrust.token_type"), "(absent)");
}

TEST(WsFederation, TellsEveryKindOfMessage) {
  EXPECT_EQ(value_of(of("wa=wsignout1.0").facts, "wsfed.message"), "sign_out");
  EXPECT_EQ(value_of(of("wa=wsignoutcleanup1.0").facts, "wsfed.message"), "sign_out_cleanup");
  EXPECT_EQ(value_of(of("wa=wsigninx").facts, "wsfed.message"), "other");
  EXPECT_EQ(value_of(of("wa=wsignin1.0&wresultptr=https://x").facts, "wsfed.message"),
            "sign_in_answer");
  EXPECT_EQ(value_of(of("wa=wsignin1.0&wresultptr=https://x").facts, "wsfed.result_pointer"),
            "true");
  for (const char* query : {"", "wa=", "wa=other", "a=b"}) {
    EXPECT_FALSE(of(query).outcome.is_message) << query;
    EXPECT_TRUE(of(query).facts.empty()) << query;
  }
}

TEST(WsFederation, ReadsTheResultOfAPage) {
  const auto [facts, outcome] = of_page(kResult);
  EXPECT_EQ(outcome.failure, "");
  EXPECT_EQ(outcome.error, "");
  expect_facts(facts, {{"wsfed.message", "sign_in_answer"},
                       {"wsfed.binding", "page"},
                       {"wstrust.response", "RSTR"},
                       {"wstrust.token_present", "true"},
                       {"saml.version", "1.1"},
                       {"saml.issuer", "http://sts.contoso.com/"}});
}

TEST(WsFederation, ReadsAResultThatIsEscapedOnceMore) {
  std::string escaped;
  for (const char c : kResult) {
    escaped += c == '<' ? "&lt;" : c == '"' ? "&quot;" : std::string(1, c);
  }
  EXPECT_EQ(value_of(of_page(escaped).facts, "saml.issuer"), "http://sts.contoso.com/");
}

TEST(WsFederation, TellsAFaultInTheResult) {
  const auto [facts, outcome] = of_page(
      "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body><s:Fault><s:Code>"
      "<s:Value>s:Sender</s:Value><s:Subcode><s:Value xmlns:t='http://schemas.xmlsoap.org/ws/2005/"
      "02/trust'>t:RequestFailed</s:Value></s:Subcode></s:Code><s:Reason><s:Text>MSIS3127: The "
      "specified request failed.</s:Text></s:Reason></s:Fault></s:Body></s:Envelope>");
  EXPECT_EQ(outcome.failure, "WS-Federation fault RequestFailed");
  expect_facts(facts, {{"wstrust.response", "fault"},
                       {"wstrust.fault.subcode", "RequestFailed"},
                       {"wstrust.fault.msis", "MSIS3127"}});
}

TEST(WsFederation, TellsAnAnswerWithoutAToken) {
  EXPECT_EQ(of_page("<t:RequestSecurityTokenResponse xmlns:t='http://schemas.xmlsoap.org/ws/2005/"
                    "02/trust'/>")
                .outcome.failure,
            "WS-Federation answer without a token");
  EXPECT_EQ(of_page("<other/>").outcome.failure, "WS-Federation answer without a token");
}

TEST(WsFederation, SaysWhatCannotBeRead) {
  EXPECT_EQ(of_page("hello").outcome.error, "wresult is no XML");
  const auto cut = of_page(kResult.substr(0, 120));
  EXPECT_NE(cut.outcome.error, "");
  EXPECT_EQ(cut.outcome.failure, "") << "what breaks off may have had a token";
}

TEST(WsFederation, NotesASplitResult) {
  const auto stated = of("wa=wsignin1.0&wresult=abc&ttpindex=0&ttpsize=5512");
  EXPECT_EQ(value_of(stated.facts, "wsfed.result_split"), "at byte 0 of 5512");
  EXPECT_EQ(stated.outcome.error, "");
  expect_never_told(stated.facts, "abc");
}

TEST(WsFederation, OfTwoResultsTellsTheFirst) {
  Stated stated = of_page(kResult);
  const HtmlForm form{"/", {{"wresult", std::string(kResult)}}};
  state_ws_federation({form, "https://x/"}, stated.facts);
  EXPECT_EQ(values_of(stated.facts, "saml.issuer").size(), 1U);
  EXPECT_EQ(values_of(stated.facts, "wsfed.message").size(), 2U);
}

TEST(WsFederationSamples, TellAtLeastWhatTheIndexLists) {
  const auto url = sample("wsfed-signin-url-1.txt");
  const auto body = sample("wsfed-signin-post-body.txt");
  const auto fault = sample("wsfed-fault-empty.xml");
  const auto rstr = sample("wsfed-rstr-wstrust13.xml");
  if (!url || !body || !fault || !rstr) GTEST_SKIP() << "no samples in " << EXOTAP_SAMPLES;

  const Stated asked = of(query_of(*url));
  expect_facts(asked.facts, {{"wsfed.action", "wsignin1.0"},
                             {"wsfed.reply", "https://adfsweb1.treyresearch.net:8081/claimapp/"},
                             {"wsfed.time", "2006-07-11T03:26:39Z"},
                             {"wsfed.context_present", "true"}});

  const Stated posted = of(*body, PassiveBinding::post);
  expect_facts(posted.facts, {{"wsfed.action", "wsignin1.0"},
                              {"wsfed.message", "sign_in_answer"},
                              {"wsfed.binding", "post"},
                              {"wsfed.context_present", "true"},
                              {"wstrust.version", "2005"},
                              {"wstrust.response", "RSTR"},
                              {"wstrust.rstr_count", "1"},
                              {"wstrust.token_count", "1"},
                              {"wstrust.applies_to", "urn:federation:trey research"},
                              {"saml.version", "1.1"},
                              {"saml.assertion_id", "_efe97b43-7653-4914-ac6e-3058f9746200"},
                              {"saml.issue_instant", "2006-07-13T07:13:32Z"},
                              {"saml.issuer", "urn:federation:adatum"},
                              {"saml.name_id", "Administrator@adatum.com"},
                              {"saml.not_before", "2006-07-13T07:13:32Z"},
                              {"saml.not_on_or_after", "2006-07-13T08:13:32Z"},
                              {"saml.audience", "urn:federation:trey research"},
                              {"saml.authn_method", "urn:federation:authentication:windows"},
                              {"saml.attribute_name", "EmailAddress"},
                              {"saml.attribute_name", "CommonName"},
                              {"saml.attribute_name", "Group"},
                              {"saml.signature_algorithm", "rsa-sha1"}});
  EXPECT_EQ(values_of(posted.facts, "saml.attribute_name").size(), 4U);

  const Stated empty = of_page(*fault);
  EXPECT_EQ(empty.outcome.failure, "WS-Federation fault");
  EXPECT_EQ(value_of(empty.facts, "wstrust.response"), "fault");

  const Stated newer = of_page(*rstr);
  EXPECT_EQ(newer.outcome.failure, "");
  expect_facts(newer.facts,
               {{"wstrust.version", "1.3"},
                {"wstrust.response", "RSTRC"},
                {"wstrust.request_type", "http://docs.oasis-open.org/ws-sx/ws-trust/200512/Issue"},
                {"wstrust.key_type", "http://docs.oasis-open.org/ws-sx/ws-trust/200512/Bearer"},
                {"wstrust.token_type", "urn:oasis:names:tc:SAML:1.0:assertion"},
                {"wstrust.applies_to", "http://dev.pms.baxon.net/"},
                {"wstrust.created", "2015-07-23T15:40:26.113Z"},
                {"wstrust.expires", "2015-07-23T16:40:26.113Z"},
                {"saml.assertion_id", "_b996a6d2-0556-4292-ab63-bcbb183a1eca"},
                {"saml.issuer", "http://dev.pms.baxon.net/sts/"},
                {"saml.name_id", "1266"},
                {"saml.audience", "http://dev.pms.baxon.net/"},
                {"saml.attribute_name", "name"},
                {"saml.attribute_name", "emailaddress"},
                {"saml.signature_algorithm", "rsa-sha256"}});
}

}  // namespace
}  // namespace exotap
