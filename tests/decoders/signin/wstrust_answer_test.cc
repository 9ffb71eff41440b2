#include "decoders/signin/wstrust_answer.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_facts;
using testing::expect_never_told;
using testing::ExpectedFacts;
using testing::sample;
using testing::value_of;
using testing::values_of;

Facts of(std::string_view text) {
  const XmlDocument document(text);
  Facts facts;
  state_trust_answer(document.root(), facts);
  return facts;
}

std::string rstr(std::string_view inside) {
  return "<t:RequestSecurityTokenResponse xmlns:t='http://schemas.xmlsoap.org/ws/2005/02/trust'>" +
         std::string(inside) + "</t:RequestSecurityTokenResponse>";
}

TEST(TrustAnswer, TellsWhatWasIssued) {
  const Facts facts = of(
      "<s:Envelope xmlns:s='x'><s:Header><a:Action xmlns:a='y'>http://schemas.xmlsoap.org/ws/2005/"
      "02/trust/RSTR/Issue</a:Action><o:Security xmlns:o='z'><Timestamp><Created>"
      "2026-01-01T00:00:05Z</Created></Timestamp></o:Security></s:Header><s:Body>" +
      rstr("<t:TokenType>urn:oasis:names:tc:SAML:1.0:assertion</t:TokenType><wsp:AppliesTo "
           "xmlns:wsp='p'><EndpointReference><Address>urn:federation:MicrosoftOnline</Address>"
           "</EndpointReference></wsp:AppliesTo><t:Lifetime><Created>2026-01-01T00:00:00Z</Created>"
           "<Expires>2026-01-01T01:00:00Z</Expires></t:Lifetime><t:RequestedSecurityToken>"
           "<saml:Assertion xmlns:saml='q' MajorVersion='1' MinorVersion='1' Issuer='http://sts/'/>"
           "</t:RequestedSecurityToken>") +
      "</s:Body></s:Envelope>");
  expect_facts(facts,
               {{"wstrust.response", "RSTR"},
                {"wstrust.version", "2005"},
                {"wstrust.answer_action", "http://schemas.xmlsoap.org/ws/2005/02/trust/RSTR/Issue"},
                {"wstrust.answer_timestamp", "2026-01-01T00:00:05Z"},
                {"wstrust.rstr_count", "1"},
                {"wstrust.token_present", "true"},
                {"wstrust.token_count", "1"},
                {"wstrust.token_form", "assertion"},
                {"wstrust.token_type", "urn:oasis:names:tc:SAML:1.0:assertion"},
                {"wstrust.applies_to", "urn:federation:MicrosoftOnline"},
                {"wstrust.created", "2026-01-01T00:00:00Z"},
                {"wstrust.expires", "2026-01-01T01:00:00Z"},
                {"saml.issuer", "http://sts/"}});
}

TEST(TrustAnswer, GoesByTheElementsNamespaceNotByTheUrisInside) {
  const Facts facts = of(
      "<c:RequestSecurityTokenResponseCollection "
      "xmlns:c='http://docs.oasis-open.org/ws-sx/ws-trust/"
      "200512/'><c:RequestSecurityTokenResponse><c:RequestType>http://schemas.xmlsoap.org/ws/2005/"
      "02/trust/Issue</c:RequestType></c:RequestSecurityTokenResponse>"
      "</c:RequestSecurityTokenResponseCollection>");
  expect_facts(facts, {{"wstrust.response", "RSTRC"}, {"wstrust.version", "1.3"}});
}

TEST(TrustAnswer, WithoutATokenAndWithoutAFaultIsAFailureThatSaysSo) {
  expect_facts(of("<E><H><pp><reqstatus>0x8004882c</reqstatus></pp></H><B>" +
                  rstr("<TokenType>x</TokenType>") + "</B></E>"),
               {{"wstrust.response", "RSTR"},
                {"wstrust.token_present", "false"},
                {"wstrust.psf.reqstatus", "0x8004882c"},
                {"wstrust.psf.name", "PPCRL_REQUEST_E_INVALID_POLICY"}});
  EXPECT_EQ(value_of(of(rstr("<RequestedSecurityToken/>")), "wstrust.token_present"), "false");
}

TEST(TrustAnswer, CountsSeveralResponses) {
  const Facts facts =
      of("<RequestSecurityTokenResponseCollection>" +
         rstr("<RequestedSecurityToken><BinarySecurityToken>t=CANARY&amp;p=</BinarySecurityToken>"
              "</RequestedSecurityToken>") +
         rstr("<AppliesTo><Address>second</Address></AppliesTo>") +
         "</RequestSecurityTokenResponseCollection>");
  expect_facts(facts, {{"wstrust.rstr_count", "2"},
                       {"wstrust.token_count", "1"},
                       {"wstrust.token_present", "true"},
                       {"wstrust.token_form", "binary"},
                       {"wstrust.applies_to", "second"}});
  expect_never_told(facts, "CANARY");
}

TEST(TrustAnswer, NamesTheFormOfATokenItCannotRead) {
  expect_facts(of(rstr("<RequestedSecurityToken><EncryptedData><CipherValue>CANARY</CipherValue>"
                       "</EncryptedData></RequestedSecurityToken>")),
               {{"wstrust.token_form", "encrypted"}, {"saml.encrypted", "true"}});
  expect_facts(of(rstr("<RequestedSecurityToken><Own/></RequestedSecurityToken>")),
               {{"wstrust.token_form", "other"}});
}

TEST(TrustAnswer, OfAnythingElseStatesNothing) {
  EXPECT_TRUE(of("<s:Envelope xmlns:s='x'><s:Body/></s:Envelope>").empty());
  EXPECT_TRUE(of("").empty());
}

TEST(TrustTerms, AreStatedOnceWhereTheyAreTheSame) {
  const XmlDocument same(rstr("<KeyType>k</KeyType>"));
  const XmlDocument other(rstr("<KeyType>l</KeyType>"));
  Facts facts;
  state_trust_terms(same.root(), facts);
  state_trust_terms(same.root(), facts);
  state_trust_terms(other.root(), facts);
  EXPECT_EQ(values_of(facts, "wstrust.key_type"), (std::vector<std::string>{"k", "l"}));
}

TEST(TrustTerms, KeepWhatNamesThem) {
  const Facts facts =
      of(rstr("<TokenType>http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLV2.0"
              "</TokenType><AppliesTo><Address>https://h/?code=CANARY</Address></AppliesTo>"));
  EXPECT_EQ(value_of(facts, "wstrust.token_type"),
            "http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLV2.0");
  EXPECT_EQ(value_of(facts, "wstrust.applies_to"), "https://h/?code=[redacted]");
}

TEST(WsTrustVersion, ShowsInNamespacesAndPaths) {
  EXPECT_EQ(ws_trust_version("http://docs.oasis-open.org/ws-sx/ws-trust/200512/"), "1.3");
  EXPECT_EQ(ws_trust_version("http://schemas.xmlsoap.org/ws/2005/02/trust"), "2005");
  EXPECT_EQ(ws_trust_version("/adfs/services/trust/13/usernamemixed"), "1.3");
  EXPECT_EQ(ws_trust_version("/adfs/services/trust/2005/usernamemixed"), "2005");
  EXPECT_EQ(ws_trust_version("/rst2.srf"), "");
}

struct Sample {
  std::string_view file;
  ExpectedFacts expected;
  std::vector<std::string> attributes;
};

const Sample kSamples[] = {
    {"wst-fault-adfs-msis3127.xml",
     {{"wstrust.response", "fault"},
      {"wstrust.answer_action", "http://www.w3.org/2005/08/addressing/soap/fault"},
      {"wstrust.fault.code", "Sender"},
      {"wstrust.fault.subcode", "RequestFailed"},
      {"wstrust.fault.subcode_prefix", "wst"},
      {"wstrust.fault.reason", "MSIS3127: The specified request failed."},
      {"wstrust.fault.msis", "MSIS3127"}},
     {}},
    {"wst-fault-entra-50126.xml",
     {{"wstrust.response", "fault"},
      {"wstrust.fault.code", "Sender"},
      {"wstrust.fault.subcode", "FailedAuthentication"},
      {"wstrust.fault.reason", "Authentication Failure"},
      {"wstrust.psf.value", "0x80048821"},
      {"wstrust.psf.code", "0x80048821"},
      {"wstrust.psf.text",
       "AADSTS50126: Error validating credentials due to invalid username or password."},
      {"wstrust.psf.authstate", "0x80048800"},
      {"wstrust.psf.reqstatus", "0x80048821"},
      {"wstrust.psf.name", "PPCRL_REQUEST_E_BAD_MEMBER_NAME_OR_PASSWORD"},
      {"wstrust.psf.server_info",
       "ESTS-PUB-SCUS-LZ3-FD081-001.ProdSlices rid:c887b098-4934-4d3c-9a96-e929108c4f01"},
      {"aadsts.code", "50126"}},
     {}},
    {"wst-rstr-notoken.xml",
     {{"wstrust.response", "fault"},
      {"wstrust.answer_action", "http://www.w3.org/2005/08/addressing/soap/fault"},
      {"wstrust.fault.code", "Sender"},
      {"wstrust.fault.subcode", "FailedAuthentication"},
      {"wstrust.fault.reason", "MSIS7068: Access denied."},
      {"wstrust.fault.msis", "MSIS7068"}},
     {}},
    {"wsfed-fault-empty.xml", {{"wstrust.response", "fault"}}, {}},
    {"wst-rstr-unrecognized-tokentype.xml",
     {{"wstrust.response", "RSTRC"},
      {"wstrust.version", "1.3"},
      {"wstrust.answer_action",
       "http://docs.oasis-open.org/ws-sx/ws-trust/200512/RSTRC/IssueFinal"},
      {"wstrust.rstr_count", "1"},
      {"wstrust.token_count", "1"},
      {"wstrust.request_type", "http://docs.oasis-open.org/ws-sx/ws-trust/200512/Issue"},
      {"wstrust.key_type", "http://docs.oasis-open.org/ws-sx/ws-trust/200512/Bearer"},
      {"wstrust.token_type", "urn:oasis:names:tc:SAML:3.0:assertion"},
      {"wstrust.applies_to", "urn:federation:MicrosoftOnline"},
      {"wstrust.created", "2014-10-11T01:57:52.802Z"},
      {"wstrust.expires", "2014-10-11T02:57:52.802Z"},
      {"saml.version", "1.1"},
      {"saml.assertion_id", "_3ad77714-87a7-4ec5-b3e8-dfd2ef68a49e"},
      {"saml.issue_instant", "2014-10-11T01:57:52.927Z"},
      {"saml.issuer", "urn:federation:MSFT"},
      {"saml.name_id", "11111"},
      {"saml.name_id_format", "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"},
      {"saml.not_before", "2014-10-11T01:57:52.802Z"},
      {"saml.not_on_or_after", "2014-10-11T02:57:52.802Z"},
      {"saml.audience", "urn:federation:MicrosoftOnline"},
      {"saml.authn_method", "urn:oasis:names:tc:SAML:1.0:am:password"},
      {"saml.signed", "true"},
      {"saml.signature_algorithm", "rsa-sha1"}},
     {"UPN", "objectGUID", "PersonnelNumber", "ImmutableID", "insidecorporatenetwork", "psso"}},
    {"wst-rstr13-adfs.xml",
     {{"wstrust.response", "RSTRC"},
      {"wstrust.version", "1.3"},
      {"wstrust.answer_action", "http://schemas.xmlsoap.org/ws/2005/02/trust/RSTR/Issue"},
      {"wstrust.rstr_count", "1"},
      {"wstrust.token_count", "1"},
      {"wstrust.request_type", "http://schemas.xmlsoap.org/ws/2005/02/trust/Issue"},
      {"wstrust.key_type", "http://schemas.xmlsoap.org/ws/2005/05/identity/NoProofKey"},
      {"wstrust.token_type", "urn:oasis:names:tc:SAML:1.0:assertion"},
      {"wstrust.applies_to", "urn:federation:MicrosoftOnline"},
      {"wstrust.created", "2017-10-11T00:20:06.447Z"},
      {"wstrust.expires", "2017-10-11T01:20:06.447Z"},
      {"saml.version", "1.1"},
      {"saml.assertion_id", "_cff9b34a-859a-48d6-a9f0-6265832196cb"},
      {"saml.issue_instant", "2017-10-11T00:20:06.494Z"},
      {"saml.issuer", "urn:federation:MSFT"},
      {"saml.name_id", "1171983"},
      {"saml.not_before", "2017-10-11T00:20:06.447Z"},
      {"saml.not_on_or_after", "2017-10-11T01:20:06.447Z"},
      {"saml.audience", "urn:federation:MicrosoftOnline"},
      {"saml.authn_method", "urn:oasis:names:tc:SAML:1.0:am:password"},
      {"saml.upn", "user@contoso.com"},
      {"saml.immutable_id", "1"},
      {"saml.signature_algorithm", "rsa-sha256"}},
     {"UPN", "objectGUID", "PersonnelNumber", "ImmutableID", "insidecorporatenetwork", "psso",
      "authnmethodsreferences", "passwordexpirationtime", "passwordchangeurl"}},
    {"wst-rstr13.xml",
     {{"wstrust.response", "RSTRC"},
      {"wstrust.version", "1.3"},
      {"wstrust.answer_action",
       "http://docs.oasis-open.org/ws-sx/ws-trust/200512/RSTRC/IssueFinal"},
      {"wstrust.rstr_count", "1"},
      {"wstrust.token_count", "1"},
      {"wstrust.request_type", "http://docs.oasis-open.org/ws-sx/ws-trust/200512/Issue"},
      {"wstrust.key_type", "http://docs.oasis-open.org/ws-sx/ws-trust/200512/Bearer"},
      {"wstrust.token_type", "urn:oasis:names:tc:SAML:1.0:assertion"},
      {"wstrust.applies_to", "https://login.microsoftonline.com/extSTS.srf"},
      {"wstrust.created", "2013-11-15T03:08:25.205Z"},
      {"wstrust.expires", "2013-11-15T04:08:25.205Z"},
      {"saml.version", "1.1"},
      {"saml.assertion_id", "_9bd2b280-f153-471a-9b73-c1df0d555075"},
      {"saml.issue_instant", "2013-11-15T03:08:25.221Z"},
      {"saml.issuer", "http://fs.richard-randall.com/adfs/services/trust"},
      {"saml.name_id", "1TIu064jGEmmf+hnI+F0Jg=="},
      {"saml.not_before", "2013-11-15T03:08:25.205Z"},
      {"saml.not_on_or_after", "2013-11-15T04:08:25.205Z"},
      {"saml.audience", "https://login.microsoftonline.com/extSTS.srf"},
      {"saml.authn_method", "urn:oasis:names:tc:SAML:1.0:am:password"},
      {"saml.signature_algorithm", "rsa-sha1"}},
     {"UPN", "ImmutableID"}},
    {"wsfed-rstr-wstrust13.xml",
     {{"wstrust.response", "RSTRC"},
      {"wstrust.version", "1.3"},
      {"wstrust.rstr_count", "1"},
      {"wstrust.token_count", "1"},
      {"wstrust.request_type", "http://docs.oasis-open.org/ws-sx/ws-trust/200512/Issue"},
      {"wstrust.key_type", "http://docs.oasis-open.org/ws-sx/ws-trust/200512/Bearer"},
      {"wstrust.token_type", "urn:oasis:names:tc:SAML:1.0:assertion"},
      {"wstrust.applies_to", "http://dev.pms.baxon.net/"},
      {"wstrust.created", "2015-07-23T15:40:26.113Z"},
      {"wstrust.expires", "2015-07-23T16:40:26.113Z"},
      {"saml.version", "1.1"},
      {"saml.assertion_id", "_b996a6d2-0556-4292-ab63-bcbb183a1eca"},
      {"saml.issue_instant", "2015-07-23T15:40:26.113Z"},
      {"saml.issuer", "http://dev.pms.baxon.net/sts/"},
      {"saml.name_id", "1266"},
      {"saml.not_before", "2015-07-23T15:40:26.113Z"},
      {"saml.not_on_or_after", "2015-07-23T16:40:26.113Z"},
      {"saml.audience", "http://dev.pms.baxon.net/"},
      {"saml.signature_algorithm", "rsa-sha256"}},
     {"name", "emailaddress"}},
};

TEST(TrustAnswerSamples, TellAtLeastWhatTheIndexLists) {
  for (const Sample& known : kSamples) {
    SCOPED_TRACE(known.file);
    const auto text = sample(known.file);
    if (!text) GTEST_SKIP() << "no sample " << known.file << " under " EXOTAP_SAMPLES;
    const XmlDocument document(std::string_view(*text).substr(text->find('<')));
    EXPECT_TRUE(document.ok()) << document.error();
    Facts facts;
    EXPECT_TRUE(state_trust_answer(document.root(), facts));
    expect_facts(facts, known.expected);
    EXPECT_EQ(values_of(facts, "saml.attribute_name"), known.attributes);
  }
}

TEST(TrustAnswerSamples, NeverTellASignatureOrCertificate) {
  for (const Sample& known : kSamples) {
    const auto text = sample(known.file);
    if (!text) GTEST_SKIP() << "no sample " << known.file << " under " EXOTAP_SAMPLES;
    const XmlDocument document(std::string_view(*text).substr(text->find('<')));
    Facts facts;
    state_trust_answer(document.root(), facts);
    for (const std::string_view name : {"SignatureValue", "DigestValue", "X509Certificate"}) {
      const std::string value = document.find(name).text();
      if (!value.empty()) expect_never_told(facts, value.substr(0, 20));
    }
  }
}

}  // namespace
}  // namespace exotap
