#include "decoders/federation/metadata.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/federation/certificate_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_declared;
using testing::expect_facts;
using testing::ExpectedFacts;
using testing::sample;
using testing::value_of;
using testing::values_of;

Exchange answered(std::string_view body, std::string_view head = "HTTP/1.1 200 OK\n") {
  return testing::exchange(
      "GET /FederationMetadata/2007-06/FederationMetadata.xml HTTP/1.1\nHost: sts.contoso.com\n\n",
      std::string(head) + "Content-Type: text/xml\n\n" + std::string(body));
}

Facts of(std::string_view body) {
  return testing::stated_by(kFederationMetadataDecoder, answered(body));
}

std::string key(std::string_view use, std::string_view certificate) {
  return "<KeyDescriptor" + (use.empty() ? "" : " use='" + std::string(use) + "'") +
         "><KeyInfo><X509Data><X509Certificate>" + std::string(certificate) +
         "</X509Certificate></X509Data></KeyInfo></KeyDescriptor>";
}

std::string entity(std::string_view inside) {
  return "<EntityDescriptor entityID='http://sts.contoso.com/adfs/services/trust' "
         "validUntil='2026-06-01T00:00:00Z' xmlns='urn:oasis:names:tc:SAML:2.0:metadata'>" +
         std::string(inside) + "</EntityDescriptor>";
}

TEST(FederationMetadata, TellsRolesAddressesAndCertificates) {
  const Facts facts = of(entity(
      "<RoleDescriptor xmlns:i='http://www.w3.org/2001/XMLSchema-instance' "
      "i:type='fed:SecurityTokenServiceType' ServiceDisplayName='Contoso'>" +
      key("signing", testing::kSigningCertificate) +
      "<SecurityTokenServiceEndpoint><EndpointReference><Address>https://sts.contoso.com/adfs/"
      "services/trust/2005/certificatemixed</Address></EndpointReference>"
      "</SecurityTokenServiceEndpoint><PassiveRequestorEndpoint><EndpointReference><Address>"
      "https://sts.contoso.com/adfs/ls/</Address></EndpointReference></PassiveRequestorEndpoint>"
      "</RoleDescriptor><IDPSSODescriptor>" +
      key("encryption", testing::kEncryptionCertificate) +
      key("signing", testing::kSigningCertificate) +
      "<SingleLogoutService Binding='urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST' "
      "Location='https://sts.contoso.com/adfs/ls/'/><SingleSignOnService "
      "Binding='urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect' "
      "Location='https://sts.contoso.com/adfs/ls/'/></IDPSSODescriptor>"));
  expect_facts(facts,
               {{"federation.metadata.entity", "http://sts.contoso.com/adfs/services/trust"},
                {"federation.metadata.valid_until", "2026-06-01T00:00:00Z"},
                {"federation.metadata.role", "SecurityTokenServiceType"},
                {"federation.metadata.role", "IDPSSODescriptor"},
                {"federation.metadata.display_name", "Contoso"},
                {"federation.metadata.passive_url", "https://sts.contoso.com/adfs/ls/"},
                {"federation.metadata.active_url",
                 "https://sts.contoso.com/adfs/services/trust/2005/certificatemixed"},
                {"federation.metadata.sso_url", "HTTP-Redirect https://sts.contoso.com/adfs/ls/"},
                {"federation.metadata.logout_url", "HTTP-POST https://sts.contoso.com/adfs/ls/"},
                {"federation.metadata.key_count", "3"},
                {"federation.metadata.certificate_count", "3"},
                {"federation.metadata.signing_certificates", "1"},
                {"federation.metadata.signed", "false"},
                {"federation.metadata.signing_not_after", "2026-03-01T00:00:00Z"},
                // From 2025-10-09T08:53:20Z to 2026-03-01T00:00:00Z.
                {"federation.metadata.signing_days_left", "142"}});
  EXPECT_EQ(values_of(facts, "federation.metadata.certificate.use"),
            (std::vector<std::string>{"signing", "encryption"}));
  EXPECT_EQ(values_of(facts, "federation.metadata.certificate.thumbprint"),
            (std::vector<std::string>{std::string(testing::kSigningThumbprint),
                                      std::string(testing::kEncryptionThumbprint)}));
  EXPECT_EQ(value_of(facts, "federation.metadata.certificate.not_after"), "2026-03-01T00:00:00Z");
  expect_declared(facts, kFederationMetadataDecoder);
}

TEST(FederationMetadata, KnowsACertificateForBothUses) {
  EXPECT_EQ(value_of(of(entity("<IDPSSODescriptor>" + key("", testing::kSigningCertificate) +
                               "</IDPSSODescriptor>")),
                     "federation.metadata.certificate.use"),
            "both");
  EXPECT_EQ(
      value_of(of(entity("<IDPSSODescriptor>" + key("signing", testing::kSigningCertificate) +
                         key("encryption", testing::kSigningCertificate) + "</IDPSSODescriptor>")),
               "federation.metadata.certificate.use"),
      "both");
}

TEST(FederationMetadata, TellsWhenAllSigningCertificatesHaveExpired) {
  Exchange late = answered(entity(
      "<IDPSSODescriptor>" + key("signing", testing::kSigningCertificate) + "</IDPSSODescriptor>"));
  late.started += std::chrono::hours(24 * 365);
  const Facts facts = testing::stated_by(kFederationMetadataDecoder, late);
  EXPECT_EQ(value_of(facts, "federation.metadata.signing_days_left"), "-223");
}

TEST(FederationMetadata, SaysWhatCannotBeRead) {
  EXPECT_EQ(value_of(of("<!DOCTYPE html><html></html>"), "answer.failure"),
            "a web page where federation metadata was due");
  EXPECT_EQ(value_of(of("no"), "decode.federation_metadata.error"), "the answer is no XML");
  EXPECT_EQ(
      value_of(of(entity("<IDPSSODescriptor>" + key("signing", "CANARY") + "</IDPSSODescriptor>")),
               "decode.federation_metadata.error"),
      "a certificate cannot be read");
  EXPECT_NE(
      value_of(of(entity("<IDPSSODescriptor>").substr(0, 150)), "decode.federation_metadata.error"),
      "(absent)");
  EXPECT_TRUE(of("").empty());
  EXPECT_TRUE(testing::stated_by(kFederationMetadataDecoder,
                                 answered("<x/>", "HTTP/1.1 503 Service Unavailable\n"))
                  .empty());
}

TEST(FederationMetadata, IsKnownByItsPath) {
  EXPECT_TRUE(is_federation_metadata_path("/FederationMetadata/2007-06/FederationMetadata.xml"));
  EXPECT_TRUE(is_federation_metadata_path("/x/federationmetadata/2007-06/federationmetadata.xml"));
  EXPECT_FALSE(is_federation_metadata_path("/adfs/services/trust/mex"));
  EXPECT_FALSE(is_federation_metadata_path(""));
  const Exchange typed = testing::exchange(
      "GET /sso/saml/Metadata?x=1 HTTP/1.1\nHost: idp.contoso.com\n\n",
      "HTTP/1.1 200 OK\nContent-Type: application/samlmetadata+xml\n\n" + entity(""));
  EXPECT_EQ(
      value_of(testing::stated_by(kFederationMetadataDecoder, typed), "federation.metadata.entity"),
      "http://sts.contoso.com/adfs/services/trust");
}

TEST(FederationMetadata, LeavesWhatIsOnlyCalledSo) {
  for (const char* body : {"<edmx:Edmx><x/></edmx:Edmx>", "{\"a\":1}", "<html></html>"}) {
    const Exchange other =
        testing::exchange("GET /api/v2.0/$metadata HTTP/1.1\nHost: outlook.office365.com\n\n",
                          std::string("HTTP/1.1 200 OK\nContent-Type: application/xml\n\n") + body);
    EXPECT_TRUE(testing::stated_by(kFederationMetadataDecoder, other).empty()) << body;
  }
  EXPECT_FALSE(kFederationMetadataDecoder.recognises(testing::exchange(
      "GET /owa/ HTTP/1.1\nHost: outlook.office365.com\n\n", "HTTP/1.1 200 OK\n\n")));
}

TEST(FederationMetadata, Bounds) {
  std::string roles;
  for (int i = 0; i < 100; ++i) {
    roles += "<SPSSODescriptor><AssertionConsumerService Binding='b' Location='https://x/" +
             std::to_string(i) + "'/>";
    for (int j = 0; j < 10; ++j) roles += key("signing", testing::kSigningCertificate);
    roles += "</SPSSODescriptor>";
  }
  const Facts facts = of(entity(roles));
  EXPECT_EQ(values_of(facts, "federation.metadata.role").size(), 16U);
  EXPECT_EQ(values_of(facts, "federation.metadata.acs_url").size(), 16U);
  EXPECT_EQ(values_of(facts, "federation.metadata.certificate.use").size(), 1U);
  EXPECT_FALSE(facts.overflowed());
}

struct Sample {
  std::string name;
  ExpectedFacts expected;
};

TEST(FederationMetadataSamples, TellAtLeastWhatTheIndexLists) {
  const Sample samples[] = {
      {"fedmeta-adfs-v2.xml",
       {{"federation.metadata.entity", "http://fs.msidlab7.com/adfs/services/trust"},
        {"federation.metadata.role", "ApplicationServiceType"},
        {"federation.metadata.role", "SecurityTokenServiceType"},
        {"federation.metadata.role", "SPSSODescriptor"},
        {"federation.metadata.role", "IDPSSODescriptor"},
        {"federation.metadata.passive_url", "https://fs.msidlab7.com/adfs/ls/"},
        {"federation.metadata.sso_url", "HTTP-Redirect https://fs.msidlab7.com/adfs/ls/"},
        {"federation.metadata.sso_url", "HTTP-POST https://fs.msidlab7.com/adfs/ls/"},
        {"federation.metadata.key_count", "6"},
        {"federation.metadata.certificate_count", "7"},
        {"federation.metadata.signed", "true"},
        {"federation.metadata.signing_certificates", "1"}}},
      {"fedmeta-adfs-v3.xml",
       {{"federation.metadata.entity", "http://fs.msidlab2.com/adfs/services/trust"},
        {"federation.metadata.role", "ApplicationServiceType"},
        {"federation.metadata.role", "SecurityTokenServiceType"},
        {"federation.metadata.role", "SPSSODescriptor"},
        {"federation.metadata.role", "IDPSSODescriptor"},
        {"federation.metadata.passive_url", "https://fs.msidlab2.com/adfs/ls/"},
        {"federation.metadata.sso_url", "HTTP-Redirect https://fs.msidlab2.com/adfs/ls/"},
        {"federation.metadata.key_count", "6"},
        {"federation.metadata.certificate_count", "7"},
        {"federation.metadata.signed", "true"}}},
      {"fedmeta-windows-ad.xml",
       {{"federation.metadata.entity", "urn:federation:MicrosoftOnline"},
        {"federation.metadata.role", "SPSSODescriptor"},
        {"federation.metadata.key_count", "2"},
        {"federation.metadata.certificate_count", "3"},
        {"federation.metadata.certificate.subject", "CN=Live ID STS Signing Public Key"},
        {"federation.metadata.signed", "true"}}},
  };
  for (const Sample& one : samples) {
    const auto text = sample(one.name);
    if (!text) GTEST_SKIP() << "no sample " << one.name << " under " EXOTAP_SAMPLES;
    SCOPED_TRACE(one.name);
    const Facts facts = of(*text);
    expect_facts(facts, one.expected);
    EXPECT_EQ(value_of(facts, "decode.federation_metadata.error"), "(absent)");
  }
}

}  // namespace
}  // namespace exotap
