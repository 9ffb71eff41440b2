// Real messages, each posted as a browser would.
#include <gtest/gtest.h>

#include <string>

#include "decoders/federation/federation.h"
#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/federation/message_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::base64;
using testing::escaped;
using testing::expect_facts;
using testing::ExpectedFacts;
using testing::sample;
using testing::value_of;
using testing::values_of;

Facts of(const Exchange& exchange) { return testing::stated_by(kFederationDecoder, exchange); }

Exchange posted(std::string_view name, std::string_view value) {
  return testing::exchange(
      "POST /acs HTTP/1.1\nHost: app.contoso.com\nContent-Type: "
      "application/x-www-form-urlencoded\n\n" +
          std::string(name) + "=" + escaped(value, true),
      "");
}

struct Sample {
  std::string name;
  std::string parameter;
  ExpectedFacts expected;
};

TEST(FederationSamples, TellAtLeastWhatTheIndexLists) {
  const Sample samples[] = {
      {"saml2-authnrequest.xml",
       "SAMLRequest",
       {{"saml.message.type", "AuthnRequest"},
        {"saml.message.id", "_ONELOGIN103428909abec424fa58327f79474984"},
        {"saml.message.version", "2.0"},
        {"saml.message.issue_instant", "2014-11-13T11:39:34Z"},
        {"saml.request.acs_url", "http://example.com/acs"},
        {"saml.message.issuer", "http://idp.example.com/metadata"},
        {"saml.request.authn_context", "urn:oasis:names:tc:SAML:2.0:ac:classes:Password"}}},
      {"saml2-logoutresponse-deflated.b64",
       "SAMLResponse",
       {{"saml.message.type", "LogoutResponse"},
        {"saml.message.id", "_f9ee61bd9dbf63606faa9ae3b10548d5b3656fb859"},
        {"saml.message.in_response_to", "ONELOGIN_21584ccdfaca36a145ae990442dcd96bfe60151e"},
        {"saml.message.destination", "http://stuff.com/endpoints/endpoints/sls.php"},
        {"saml.message.issue_instant", "2013-12-10T04:39:31Z"},
        {"saml.message.issuer", "http://idp.example.com/"},
        {"saml.status.code", "Success"}}},
      {"saml2-response-adfs.b64",
       "SAMLResponse",
       {{"saml.message.type", "Response"},
        {"saml.message.id", "_0263a07b-205f-479c-90fc-7495715ecbbf"},
        {"saml.message.in_response_to", "_fc4a34b0-7efb-012e-caae-782bcb13bb38"},
        {"saml.message.destination", "https://someone.example.com/endpoint"},
        {"saml.message.issue_instant", "2011-06-22T12:49:30.348Z"},
        {"saml.message.issuer", "http://login.example.com/issuer"},
        {"saml.status.code", "Success"},
        {"saml.name_id", "hello@example.com"},
        {"saml.name_id_format", "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"},
        {"saml.not_before", "2011-06-22T12:49:30.332Z"},
        {"saml.not_on_or_after", "2011-06-22T13:49:30.332Z"},
        {"saml.audience", "example.com"},
        {"saml.authn_method", "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"},
        {"saml.confirmation", "bearer"},
        {"saml.signed", "true"},
        {"saml.signature_algorithm", "rsa-sha256"}}},
      {"saml2-response-encrypted.xml",
       "SAMLResponse",
       {{"saml.message.id", "_7f9e95c711654aa41b326f8b847f7a13"},
        {"saml.message.in_response_to", "_3138d675d6ed416d43d6"},
        {"saml.message.destination", "http://localhost/browserSamlLogin"},
        {"saml.message.issue_instant", "2014-06-02T17:48:56.820Z"},
        {"saml.message.issuer", "https://idp.testshib.org/idp/shibboleth"},
        {"saml.status.code", "Success"},
        {"saml.encrypted", "true"}}},
      {"saml2-response-error-responder.b64",
       "SAMLResponse",
       {{"saml.message.id", "_a71bbf22-90a9-4a96-b9ce-ea5ba30aee65"},
        {"saml.message.in_response_to", "s21203b27d38d0a07ea2c713e7a0045cf8d1e32811"},
        {"saml.message.issuer", "http://idp.example.com/adfs/services/trust"},
        {"saml.message.issue_instant", "2011-08-24T16:36:30.365Z"},
        {"saml.status.code", "Responder"},
        {"saml.assertion_count", "0"}}},
      {"saml2-response-noaudience.b64",
       "SAMLResponse",
       {{"saml.message.id", "pfxc32aed67-820f-4296-0c20-205a10dd5787"},
        {"saml.message.issuer", "http://idp.example.com/"},
        {"saml.status.code", "Success"},
        {"saml.name_id", "someone@example.com"},
        {"saml.not_before", "2010-06-17T14:53:44Z"},
        {"saml.not_on_or_after", "2993-06-17T14:59:14Z"},
        {"saml.audience", "http://invalid.audience.com"},
        {"saml.authn_method", "urn:oasis:names:tc:SAML:2.0:ac:classes:Password"},
        {"saml.attribute_name", "mail"}}},
  };
  for (const Sample& one : samples) {
    const auto text = sample(one.name);
    if (!text) GTEST_SKIP() << "no sample " << one.name << " under " EXOTAP_SAMPLES;
    SCOPED_TRACE(one.name);
    const std::string value = one.name.ends_with(".b64") ? *text : base64(*text);
    const Facts facts = of(posted(one.parameter, value));
    expect_facts(facts, one.expected);
    EXPECT_EQ(value_of(facts, "decode.federation.error"), "(absent)");
  }
}

TEST(FederationSamples, AnEntraTokenIsReadAsWsFederationCarriesIt) {
  const auto text = sample("saml2-token-entra.xml");
  if (!text) GTEST_SKIP() << "no sample saml2-token-entra.xml under " EXOTAP_SAMPLES;
  const Facts facts = of(posted("wresult", *text));
  expect_facts(facts,
               {{"saml.version", "2.0"},
                {"saml.assertion_id", "_d60bd9ed-8aab-40c8-ba5f-f548c3401ae2"},
                {"saml.issue_instant", "2017-03-20T15:52:31.957Z"},
                {"saml.issuer", "https://sts.windows.net/add29489-7269-41f4-8841-b63c95564420/"},
                {"saml.name_id", "RrX3SPSxDw6z4KHaKB2V_mnv0G-LbRZdYvo1RQa1L7s"},
                {"saml.not_before", "2017-03-20T15:47:31.957Z"},
                {"saml.not_on_or_after", "2017-03-20T16:47:31.957Z"},
                {"saml.audience", "spn:fe78e0b4-6fe7-47e6-812c-fb75cee266a4"},
                {"saml.authn_method", "urn:oasis:names:tc:SAML:2.0:ac:classes:Password"},
                {"saml.signature_algorithm", "rsa-sha256"}});
  EXPECT_EQ(values_of(facts, "saml.attribute_name").size(), 7U);
}

}  // namespace
}  // namespace exotap
