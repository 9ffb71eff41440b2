#include "decoders/signin/saml_summary.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_facts;
using testing::expect_never_told;
using testing::sample;
using testing::value_of;
using testing::values_of;

Facts of(std::string_view text) {
  const XmlDocument document(text);
  Facts facts;
  XmlNode assertion = document.root();
  if (assertion.name() != "Assertion") assertion = assertion.find("Assertion");
  state_saml_summary(assertion, facts);
  return facts;
}

constexpr std::string_view kSignature =
    "<Signature><SignedInfo><SignatureMethod Algorithm='http://www.w3.org/2001/04/"
    "xmldsig-more#rsa-sha256'/><Reference><DigestValue>CANARY</DigestValue></Reference></"
    "SignedInfo>"
    "<SignatureValue>CANARY</SignatureValue><KeyInfo><X509Certificate>CANARY</X509Certificate>"
    "</KeyInfo></Signature>";

TEST(SamlSummary, ReadsVersion11) {
  const Facts facts = of(
      "<s:Assertion xmlns:s='urn:oasis:names:tc:SAML:1.0:assertion' MajorVersion='1' "
      "MinorVersion='1' AssertionID='_1' Issuer='http://sts.contoso.com/adfs/services/trust' "
      "IssueInstant='2026-01-01T00:00:00Z'><s:Conditions NotBefore='2026-01-01T00:00:00Z' "
      "NotOnOrAfter='2026-01-01T01:00:00Z'><s:AudienceRestrictionCondition><s:Audience>"
      "urn:federation:MicrosoftOnline</s:Audience></s:AudienceRestrictionCondition></s:Conditions>"
      "<s:AttributeStatement><s:Subject><s:NameIdentifier Format='urn:fmt'>abc==</s:NameIdentifier>"
      "</s:Subject><s:Attribute AttributeName='UPN'><s:AttributeValue>mara@contoso.com"
      "</s:AttributeValue></s:Attribute><s:Attribute AttributeName='ImmutableID'>"
      "<s:AttributeValue>abc==</s:AttributeValue></s:Attribute><s:Attribute AttributeName='Secret'>"
      "<s:AttributeValue>CANARY</s:AttributeValue></s:Attribute></s:AttributeStatement>"
      "<s:AuthenticationStatement AuthenticationMethod='urn:am:password'/>" +
      std::string(kSignature) + "</s:Assertion>");
  expect_facts(facts, {{"saml.version", "1.1"},
                       {"saml.assertion_id", "_1"},
                       {"saml.issuer", "http://sts.contoso.com/adfs/services/trust"},
                       {"saml.issue_instant", "2026-01-01T00:00:00Z"},
                       {"saml.audience", "urn:federation:MicrosoftOnline"},
                       {"saml.not_before", "2026-01-01T00:00:00Z"},
                       {"saml.not_on_or_after", "2026-01-01T01:00:00Z"},
                       {"saml.name_id", "abc=="},
                       {"saml.name_id_format", "urn:fmt"},
                       {"saml.authn_method", "urn:am:password"},
                       {"saml.upn", "mara@contoso.com"},
                       {"saml.immutable_id", "abc=="},
                       {"saml.signed", "true"},
                       {"saml.signature_algorithm", "rsa-sha256"}});
  EXPECT_EQ(values_of(facts, "saml.attribute_name"),
            (std::vector<std::string>{"UPN", "ImmutableID", "Secret"}));
  expect_never_told(facts, "CANARY");
}

TEST(SamlSummary, ReadsVersion20) {
  const Facts facts = of(
      "<Assertion xmlns='urn:oasis:names:tc:SAML:2.0:assertion' Version='2.0' ID='_2' "
      "IssueInstant='2026-01-01T00:00:00Z'><Issuer>https://sts.windows.net/x/</Issuer>"
      "<Subject><NameID Format='urn:persistent'>xyz</NameID></Subject><Conditions "
      "NotBefore='a' NotOnOrAfter='b'><AudienceRestriction><Audience>one</Audience><Audience>two"
      "</Audience></AudienceRestriction></Conditions><AuthnStatement><AuthnContext>"
      "<AuthnContextClassRef>urn:ac:Password</AuthnContextClassRef></AuthnContext></AuthnStatement>"
      "<AttributeStatement><Attribute Name='http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"
      "upn'><AttributeValue>mara@contoso.com</AttributeValue></Attribute><Attribute "
      "Name='IDPEmail'/></AttributeStatement></Assertion>");
  expect_facts(facts, {{"saml.version", "2.0"},
                       {"saml.assertion_id", "_2"},
                       {"saml.issuer", "https://sts.windows.net/x/"},
                       {"saml.audience", "one"},
                       {"saml.audience", "two"},
                       {"saml.name_id", "xyz"},
                       {"saml.name_id_format", "urn:persistent"},
                       {"saml.authn_method", "urn:ac:Password"},
                       {"saml.upn", "mara@contoso.com"},
                       {"saml.signed", "false"}});
}

TEST(SamlSummary, TellsToWhomAndUntilWhenItMayBeHandedOver) {
  const Facts newer = of(
      "<Assertion Version='2.0' ID='_3'><Subject><SubjectConfirmation "
      "Method='urn:oasis:names:tc:SAML:2.0:cm:bearer'><SubjectConfirmationData InResponseTo='_q' "
      "NotOnOrAfter='2026-01-01T00:05:00Z' Recipient='https://login.microsoftonline.com/login.srf"
      "?code=CANARY'/></SubjectConfirmation></Subject><AuthnStatement "
      "AuthnInstant='2026-01-01T00:00:00Z'/></Assertion>");
  expect_facts(newer, {{"saml.confirmation", "bearer"},
                       {"saml.confirmed_request", "_q"},
                       {"saml.confirmed_until", "2026-01-01T00:05:00Z"},
                       {"saml.recipient",
                        "https://login.microsoftonline.com/login.srf"
                        "?code=[redacted]"},
                       {"saml.authn_instant", "2026-01-01T00:00:00Z"}});
  expect_never_told(newer, "CANARY");
  const Facts older =
      of("<Assertion MajorVersion='1' MinorVersion='1'><AuthenticationStatement "
         "AuthenticationInstant='2026-01-01T00:00:00Z'><Subject><SubjectConfirmation>"
         "<ConfirmationMethod>urn:oasis:names:tc:SAML:1.0:cm:holder-of-key</ConfirmationMethod>"
         "</SubjectConfirmation></Subject></AuthenticationStatement></Assertion>");
  expect_facts(older, {{"saml.confirmation", "holder-of-key"},
                       {"saml.authn_instant", "2026-01-01T00:00:00Z"}});
}

TEST(SamlSummary, DoesNotTakeATokenForAName) {
  const Facts facts = of("<Assertion><Subject><NameID>" + std::string(5000, 'C') +
                         "</NameID></Subject></Assertion>");
  EXPECT_EQ(value_of(facts, "saml.name_id"), "(absent)");
}

TEST(SamlSummary, BoundsItsLists) {
  std::string attributes;
  std::string audiences;
  for (int i = 0; i < 300; ++i) {
    attributes += "<Attribute Name='a" + std::to_string(i) + "'/>";
    audiences += "<Audience>x</Audience>";
  }
  const Facts facts =
      of("<Assertion><Conditions>" + audiences + "</Conditions>" + attributes + "</Assertion>");
  EXPECT_EQ(values_of(facts, "saml.attribute_name").size(), 64U);
  EXPECT_EQ(values_of(facts, "saml.audience").size(), 8U);
}

TEST(SamlSummary, OfAnythingElseStatesNothing) {
  EXPECT_TRUE(of("<EncryptedData/>").empty());
  EXPECT_TRUE(of("").empty());
}

TEST(SamlSummary, StatesOnlyWhatItDeclares) {
  const Facts facts = of("<Assertion Version='2.0' ID='x'/>");
  for (std::size_t i = 0; i < facts.size(); ++i) {
    bool declared = false;
    for (const FactSpec* spec : kSamlFacts) declared = declared || spec == facts[i].spec;
    EXPECT_TRUE(declared) << facts[i].spec->name;
  }
}

TEST(SamlSamples, TellAtLeastWhatTheIndexLists) {
  const auto text = sample("saml11-assertion.xml");
  if (!text) GTEST_SKIP() << "no sample saml11-assertion.xml under " EXOTAP_SAMPLES;
  const Facts facts = of(*text);
  expect_facts(facts, {{"saml.version", "1.1"},
                       {"saml.assertion_id", "_xV9UQsBGqqLmqLbjEavIhaqyJ3Ke8Kwx"},
                       {"saml.issue_instant", "2018-01-23T10:13:25.373Z"},
                       {"saml.issuer", "urn:issuer"},
                       {"saml.name_id", "foo"},
                       {"saml.not_before", "2018-01-23T10:13:25.373Z"},
                       {"saml.not_on_or_after", "2018-01-23T10:23:25.373Z"},
                       {"saml.audience", "urn:myapp"},
                       {"saml.authn_method", "urn:oasis:names:tc:SAML:1.0:am:password"},
                       {"saml.attribute_name", "emailaddress"},
                       {"saml.attribute_name", "name"},
                       {"saml.signature_algorithm", "rsa-sha256"}});
}

}  // namespace
}  // namespace exotap
