#include "decoders/federation/saml_message.h"

#include <gtest/gtest.h>

#include <string>

#include "decoders/federation/saml_wire.h"
#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/federation/certificate_text.h"
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
  SamlOutcome outcome;
};

Stated of(std::string_view text) {
  const XmlDocument document(text);
  Stated stated;
  stated.outcome = state_saml_message(document.root(), "", stated.facts);
  return stated;
}

std::string response(std::string_view inside) {
  return "<p:Response xmlns:p='urn:oasis:names:tc:SAML:2.0:protocol' ID='_r' Version='2.0' "
         "IssueInstant='2026-01-01T00:00:00Z' Destination='https://login.microsoftonline.com/"
         "login.srf' InResponseTo='_q'><Issuer>http://sts.contoso.com/</Issuer>" +
         std::string(inside) + "</p:Response>";
}

std::string status(std::string_view top, std::string_view inside = "") {
  return "<p:Status><p:StatusCode Value='urn:oasis:names:tc:SAML:2.0:status:" + std::string(top) +
         "'>" + std::string(inside) + "</p:StatusCode></p:Status>";
}

TEST(SamlMessage, TellsOfAResponseWhoSaysWhatToWhom) {
  const auto [facts, outcome] =
      of(response(status("Success") + "<Assertion Version='2.0' ID='_a'/>"));
  EXPECT_TRUE(outcome.is_message);
  EXPECT_EQ(outcome.failure, "");
  EXPECT_EQ(outcome.destination, "https://login.microsoftonline.com/login.srf");
  expect_facts(facts, {{"saml.message.type", "Response"},
                       {"saml.message.version", "2.0"},
                       {"saml.message.id", "_r"},
                       {"saml.message.issuer", "http://sts.contoso.com/"},
                       {"saml.message.issue_instant", "2026-01-01T00:00:00Z"},
                       {"saml.message.destination", "https://login.microsoftonline.com/login.srf"},
                       {"saml.message.in_response_to", "_q"},
                       {"saml.message.signed", "false"},
                       {"saml.status.code", "Success"},
                       {"saml.assertion_count", "1"},
                       {"saml.assertion_id", "_a"}});
  EXPECT_EQ(value_of(facts, "saml.status.meaning"), "(absent)");
}

TEST(SamlMessage, TellsTheMostExactStatus) {
  const auto [facts, outcome] = of(response(
      "<p:Status><p:StatusCode Value='urn:oasis:names:tc:SAML:2.0:status:Responder'><p:StatusCode "
      "Value='urn:oasis:names:tc:SAML:2.0:status:NoAuthnContext'/></p:StatusCode><p:StatusMessage>"
      "MSIS7102: no such context</p:StatusMessage><p:StatusDetail><Cause>because</Cause>"
      "</p:StatusDetail></p:Status>"));
  EXPECT_EQ(outcome.failure, "SAML status Responder, NoAuthnContext");
  expect_facts(facts,
               {{"saml.status.code", "Responder"},
                {"saml.status.subcode", "NoAuthnContext"},
                {"saml.status.meaning", "the way of signing in that was asked for cannot be had"},
                {"saml.status.message", "MSIS7102: no such context"},
                {"saml.status.detail", "because"},
                {"saml.status.issuer", "http://sts.contoso.com/"},
                {"saml.assertion_count", "0"}});
}

TEST(SamlMessage, TellsAFailureWithoutASubcode) {
  const auto [facts, outcome] = of(response(status("Requester")));
  EXPECT_EQ(outcome.failure, "SAML status Requester");
  EXPECT_EQ(value_of(facts, "saml.status.meaning"), "the request is at fault");
}

TEST(SamlMessage, TellsWhatARequestWants) {
  const auto [facts, outcome] = of(
      "<samlp:AuthnRequest xmlns:samlp='p' ID='_q' Version='2.0' ForceAuthn='true' IsPassive='0' "
      "AssertionConsumerServiceURL='https://login.microsoftonline.com/login.srf' "
      "ProtocolBinding='urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST'><Issuer>urn:federation:"
      "MicrosoftOnline</Issuer><samlp:NameIDPolicy Format='urn:persistent'/>"
      "<samlp:RequestedAuthnContext Comparison='exact'><AuthnContextClassRef>urn:one"
      "</AuthnContextClassRef><AuthnContextClassRef>urn:two</AuthnContextClassRef>"
      "</samlp:RequestedAuthnContext></samlp:AuthnRequest>");
  EXPECT_EQ(outcome.failure, "");
  expect_facts(facts, {{"saml.message.type", "AuthnRequest"},
                       {"saml.message.issuer", "urn:federation:MicrosoftOnline"},
                       {"saml.request.acs_url", "https://login.microsoftonline.com/login.srf"},
                       {"saml.request.binding", "HTTP-POST"},
                       {"saml.request.name_id_format", "urn:persistent"},
                       {"saml.request.authn_context", "urn:one"},
                       {"saml.request.authn_context", "urn:two"},
                       {"saml.request.comparison", "exact"},
                       {"saml.request.force_authn", "true"}});
  EXPECT_EQ(value_of(facts, "saml.request.passive"), "(absent)");
  EXPECT_EQ(value_of(facts, "saml.assertion_count"), "(absent)");
}

TEST(SamlMessage, SaysThatAnAssertionIsEncrypted) {
  const auto stated = of(response(status("Success") + "<EncryptedAssertion><CipherValue>CANARY"
                                                      "</CipherValue></EncryptedAssertion>"));
  expect_facts(stated.facts, {{"saml.encrypted", "true"}, {"saml.assertion_count", "1"}});
  expect_never_told(stated.facts, "CANARY");
}

TEST(SamlMessage, OfTwoAssertionsTellsTheFirstAndTheirNumber) {
  const auto stated =
      of(response("<Assertion Version='2.0' ID='_1'/><Assertion Version='2.0' "
                  "ID='_2'/>"));
  EXPECT_EQ(value_of(stated.facts, "saml.assertion_count"), "2");
  EXPECT_EQ(values_of(stated.facts, "saml.assertion_id"), (std::vector<std::string>{"_1"}));
}

TEST(SamlMessage, TellsTheCertificateOfItsOwnSignature) {
  const auto stated = of(response(
      "<Signature><SignedInfo><SignatureMethod Algorithm='http://www.w3.org/2001/04/"
      "xmldsig-more#rsa-sha256'/></SignedInfo><SignatureValue>CANARY</SignatureValue><KeyInfo>"
      "<X509Data><X509Certificate>" +
      std::string(testing::kSigningCertificate) +
      "</X509Certificate></X509Data></KeyInfo></Signature>"));
  expect_facts(stated.facts, {{"saml.message.signed", "true"},
                              {"saml.signature_algorithm", "rsa-sha256"},
                              {"saml.certificate.thumbprint", testing::kSigningThumbprint}});
  expect_never_told(stated.facts, "CANARY");
}

TEST(SamlMessage, IsSignedBesideItTooInAUrl) {
  const XmlDocument document("<AuthnRequest ID='_q'/>");
  Facts facts;
  state_saml_message(document.root(), "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", facts);
  expect_facts(
      facts, {{"saml.message.signed", "true"}, {"saml.message.signature_algorithm", "rsa-sha256"}});
}

TEST(SamlMessage, TellsTheCertificateOfWhoAnswersNotOfWhoAsks) {
  const std::string signature =
      "<Signature><SignedInfo><SignatureMethod Algorithm='x#rsa-sha1'/></SignedInfo><KeyInfo>"
      "<X509Certificate>";
  const XmlDocument request("<AuthnRequest>" + signature +
                            std::string(testing::kEncryptionCertificate) +
                            "</X509Certificate></KeyInfo></Signature></AuthnRequest>");
  const XmlDocument answer("<Response><Assertion Version='2.0' ID='_1'>" + signature +
                           std::string(testing::kSigningCertificate) +
                           "</X509Certificate></KeyInfo></Signature></Assertion></Response>");
  Facts facts;
  state_saml_message(request.root(), "", facts);
  state_saml_message(answer.root(), "", facts);
  EXPECT_EQ(values_of(facts, "saml.certificate.thumbprint"),
            (std::vector<std::string>{std::string(testing::kSigningThumbprint)}));
  EXPECT_EQ(values_of(facts, "saml.message.signature_algorithm"),
            (std::vector<std::string>{"rsa-sha1"}));
}

TEST(SamlMessage, IsFoundInsideAnArtifactResponse) {
  const auto stated =
      of("<s:Envelope><s:Body><p:ArtifactResponse ID='_o'>" + response(status("Success")) +
         "</p:ArtifactResponse></s:Body></s:Envelope>");
  EXPECT_EQ(value_of(stated.facts, "saml.message.type"), "Response");
  const auto empty = of("<s:Envelope><s:Body><p:ArtifactResponse ID='_o'/></s:Body></s:Envelope>");
  EXPECT_EQ(value_of(empty.facts, "saml.message.type"), "ArtifactResponse");
}

TEST(SamlMessage, OfAnythingElseStatesNothing) {
  for (const char* text :
       {"", "<a/>", "<Assertion Version='2.0'/>", "<html><p>Response</p></html>"}) {
    const auto stated = of(text);
    EXPECT_FALSE(stated.outcome.is_message) << text;
    EXPECT_TRUE(stated.facts.empty()) << text;
  }
}

TEST(SamlMessage, BoundsWhatItStates) {
  std::string deep;
  for (int i = 0; i < 50; ++i) deep += "<p:StatusCode Value='x:A" + std::to_string(i) + "'>";
  for (int i = 0; i < 50; ++i) deep += "</p:StatusCode>";
  const auto nested = of(response("<p:Status>" + deep + "</p:Status>"));
  EXPECT_LE(values_of(nested.facts, "saml.status.subcode").size(), 4U);
  std::string contexts;
  for (int i = 0; i < 50; ++i) contexts += "<AuthnContextClassRef>x</AuthnContextClassRef>";
  const auto wide = of("<AuthnRequest><RequestedAuthnContext>" + contexts +
                       "</RequestedAuthnContext></AuthnRequest>");
  EXPECT_EQ(values_of(wide.facts, "saml.request.authn_context").size(), 8U);
}

TEST(SamlMessage, NeverTellsATokenThatStandsInAWrongPlace) {
  const std::string token(600, 'C');
  const auto stated = of(response("<p:Status><p:StatusCode Value='x:Responder'/><p:StatusMessage>" +
                                  token + "</p:StatusMessage></p:Status>"));
  expect_never_told(stated.facts, token.substr(0, 100));
}

}  // namespace
}  // namespace exotap
