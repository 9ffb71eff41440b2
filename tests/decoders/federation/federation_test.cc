#include "decoders/federation/federation.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/coded_bytes.h"
#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/federation/certificate_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_declared;
using testing::expect_facts;
using testing::expect_never_told;
using testing::ExpectedFacts;
using testing::sample;
using testing::value_of;
using testing::values_of;

Facts of(const Exchange& exchange) {
  Facts facts = testing::stated_by(kFederationDecoder, exchange);
  expect_declared(facts, kFederationDecoder);
  return facts;
}

std::string escaped(std::string_view text, bool url) {
  std::string out;
  for (const char c : text) {
    if (url) {
      constexpr std::string_view kHex = "0123456789ABCDEF";
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += kHex[byte >> 4U];
      out += kHex[byte & 15U];
    } else {
      out += c == '<' ? "&lt;" : c == '"' ? "&quot;" : c == '&' ? "&amp;" : std::string(1, c);
    }
  }
  return out;
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto at = [&](std::size_t n) -> std::uint32_t {
      return i + n < bytes.size() ? static_cast<unsigned char>(bytes[i + n]) : 0;
    };
    const std::uint32_t bits = at(0) << 16U | at(1) << 8U | at(2);
    for (std::size_t n = 0; n < 4; ++n) {
      out += i + n > bytes.size() ? '=' : kLetters[bits >> (18U - 6U * n) & 63U];
    }
  }
  return out;
}

std::string rstr(std::string_view times) {
  return "<t:RequestSecurityTokenResponse xmlns:t=\"http://schemas.xmlsoap.org/ws/2005/02/trust\">"
         "<t:RequestedSecurityToken><saml:Assertion "
         "xmlns:saml=\"urn:oasis:names:tc:SAML:1.0:assertion\" MajorVersion=\"1\" "
         "MinorVersion=\"1\" "
         "AssertionID=\"_1\" Issuer=\"http://sts.contoso.com/\" "
         "IssueInstant=\"2025-10-09T08:53:20Z\"><saml:Conditions " +
         std::string(times) +
         "/><Signature><SignatureValue>CANARY-SIGNATURE</SignatureValue><KeyInfo><X509Data>"
         "<X509Certificate>" +
         std::string(testing::kSigningCertificate) +
         "</X509Certificate></X509Data></KeyInfo></Signature></saml:Assertion>"
         "</t:RequestedSecurityToken></t:RequestSecurityTokenResponse>";
}

std::string page_with(std::string_view field, std::string_view value, std::string_view action) {
  return "<html><head><title>Working...</title></head><body><form method=\"POST\" action=\"" +
         std::string(action) + "\"><input type=\"hidden\" name=\"" + std::string(field) +
         "\" value=\"" + escaped(value, false) +
         "\" /><input type=\"hidden\" name=\"wctx\" value=\"CANARY-CONTEXT\" /><input "
         "type=\"hidden\""
         " name=\"RelayState\" value=\"CANARY-RELAY\" /></form></body></html>";
}

Exchange page_exchange(const std::string& body, std::string_view status = "200 OK") {
  return testing::exchange(
      "GET /adfs/ls/?wa=wsignin1.0&wtrealm=urn:federation:MicrosoftOnline&wctx=CANARY-CONTEXT&"
      "client-request-id=9a7e9b3f-0000-4000-8000-000000000001 HTTP/1.1\nHost: sts.contoso.com\n\n",
      "HTTP/1.1 " + std::string(status) +
          "\nContent-Type: text/html; charset=utf-8\nDate: Thu, 09 Oct 2025 08:53:21 GMT\n\n" +
          body);
}

constexpr std::string_view kHour =
    "NotBefore=\"2025-10-09T08:53:20Z\" NotOnOrAfter=\"2025-10-09T09:53:20Z\"";

TEST(Federation, ReadsTheQuestionInTheUrlAndTheAnswerInThePage) {
  const Facts facts = of(page_exchange(page_with(
      "wresult", rstr(kHour), "https://login.microsoftonline.com:443/login.srf?wctx=CANARY")));
  EXPECT_EQ(values_of(facts, "wsfed.message"),
            (std::vector<std::string>{"sign_in_request", "sign_in_answer"}));
  EXPECT_EQ(values_of(facts, "wsfed.binding"), (std::vector<std::string>{"redirect", "page"}));
  expect_facts(facts, {{"wsfed.realm", "urn:federation:MicrosoftOnline"},
                       {"ms.client_request_id", "9a7e9b3f-0000-4000-8000-000000000001"},
                       {"adfs.page", "token"},
                       {"federation.posts_to",
                        "https://login.microsoftonline.com:443/login.srf?wctx=[redacted]"},
                       {"saml.issuer", "http://sts.contoso.com/"},
                       {"saml.certificate.thumbprint", testing::kSigningThumbprint},
                       {"federation.token.lifetime", "3600"},
                       {"federation.token.age", "1"},
                       {"federation.token.certificate_days_left", "142"}});
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
  expect_never_told(facts, "CANARY");
}

TEST(Federation, ReadsAPageThatCameCompressed) {
  Exchange made = page_exchange("");
  made.answer = testing::answer_from_text(
      "HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Encoding: gzip\n\n" +
      testing::gzipped(page_with("wresult", rstr(kHour), "/x")));
  EXPECT_EQ(value_of(of(made), "saml.issuer"), "http://sts.contoso.com/");
  EXPECT_EQ(value_of(of(made), "federation.posts_to"), "https://sts.contoso.com/x");
}

TEST(Federation, HoldsATokenAgainstTheClockOfWhoeverTakesIt) {
  const Facts facts = of(testing::exchange(
      "POST /login.srf HTTP/1.1\nHost: login.microsoftonline.com\nContent-Type: "
      "application/x-www-form-urlencoded\n\nwa=wsignin1.0&wctx=CANARY&wresult=" +
          escaped(rstr(kHour), true),
      "HTTP/1.1 302 Found\nLocation: /error\nDate: Thu, 09 Oct 2025 08:43:20 GMT\n\n"));
  expect_facts(facts, {{"wsfed.message", "sign_in_answer"},
                       {"wsfed.binding", "post"},
                       {"federation.token.age", "-600"},
                       {"federation.token.valid_since", "-600"}});
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
  expect_never_told(facts, "CANARY");
}

TEST(Federation, StatesTheFaultInAPageThatSays200) {
  const std::string fault =
      "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body><s:Fault><s:Code>"
      "<s:Value>s:Sender</s:Value></s:Code><s:Reason><s:Text>no</s:Text></s:Reason></s:Fault>"
      "</s:Body></s:Envelope>";
  const Facts facts = of(page_exchange(page_with("wresult", fault, "https://x/")));
  EXPECT_EQ(value_of(facts, "answer.failure"), "WS-Federation fault Sender");
  EXPECT_EQ(value_of(facts, "wstrust.response"), "fault");
}

TEST(Federation, StatesWhatAdfsSaysOnItsPage) {
  const std::string page =
      "<ul><li>Error details: MSIS7065: There are no registered protocol "
      "handlers.</li></ul>";
  EXPECT_EQ(value_of(of(page_exchange(page)), "answer.failure"), "AD FS MSIS7065");
  // What the status line says already is no failure inside.
  const Facts told = of(page_exchange(page, "500 Internal Server Error"));
  EXPECT_EQ(value_of(told, "answer.failure"), "(absent)");
  EXPECT_EQ(value_of(told, "adfs.error.code"), "MSIS7065");
  Exchange elsewhere = page_exchange(page);
  elsewhere.request = testing::request_from_text("GET /blog HTTP/1.1\nHost: contoso.com\n\n");
  EXPECT_TRUE(of(elsewhere).empty());
}

constexpr std::string_view kAuthnRequest =
    "<samlp:AuthnRequest xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_q\" "
    "Version=\"2.0\" IssueInstant=\"2025-10-09T08:53:20Z\" "
    "Destination=\"https://idp.contoso.com/sso\"><Issuer>urn:federation:MicrosoftOnline</Issuer>"
    "</samlp:AuthnRequest>";

std::string redirected(std::string_view xml) {
  return "SAMLRequest=" + escaped(base64(testing::deflated(xml, -15)), true) +
         "&RelayState=CANARY&SigAlg=http%3A%2F%2Fx%23rsa-sha256&Signature=CANARY";
}

TEST(Federation, ReadsSamlInAUrlAndInARedirect) {
  const Facts asked = of(testing::exchange(
      "GET /sso?" + redirected(kAuthnRequest) + " HTTP/1.1\nHost: idp.contoso.com\n\n", ""));
  expect_facts(asked, {{"saml.message.type", "AuthnRequest"},
                       {"saml.message.binding", "redirect"},
                       {"saml.message.id", "_q"},
                       {"saml.message.destination_matches", "true"},
                       {"saml.message.signed", "true"},
                       {"saml.message.signature_algorithm", "rsa-sha256"},
                       {"saml.relay_state_present", "true"}});
  expect_never_told(asked, "CANARY");

  const Facts sent =
      of(testing::exchange("GET /login HTTP/1.1\nHost: app.contoso.com\n\n",
                           "HTTP/1.1 302 Found\nLocation: https://other.contoso.com/sso?" +
                               redirected(kAuthnRequest) + "\n\n"));
  expect_facts(
      sent, {{"saml.message.type", "AuthnRequest"}, {"saml.message.destination_matches", "false"}});
}

TEST(Federation, StatesASamlStatusInsideAPage) {
  const std::string response =
      "<p:Response xmlns:p=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_r\" Version=\"2.0\" "
      "InResponseTo=\"_q\" Destination=\"https://login.microsoftonline.com/login.srf\"><p:Status>"
      "<p:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Responder\"><p:StatusCode "
      "Value=\"urn:oasis:names:tc:SAML:2.0:status:RequestDenied\"/></p:StatusCode></p:Status>"
      "</p:Response>";
  const Facts facts = of(testing::exchange(
      "GET /sso?" + redirected(kAuthnRequest) + " HTTP/1.1\nHost: idp.contoso.com\n\n",
      "HTTP/1.1 200 OK\nContent-Type: text/html\n\n" +
          page_with("SAMLResponse", base64(response),
                    "https://login.microsoftonline.com/login.srf")));
  EXPECT_EQ(values_of(facts, "saml.message.type"),
            (std::vector<std::string>{"AuthnRequest", "Response"}));
  expect_facts(facts, {{"answer.failure", "SAML status Responder, RequestDenied"},
                       {"saml.message.binding", "page"},
                       {"saml.status.meaning", "the request was understood and denied"},
                       {"saml.message.destination_matches", "true"}});
  expect_never_told(facts, "CANARY");
}

TEST(Federation, AFailureThatTheBrowserBringsIsNotTheAnswers) {
  const std::string response =
      "<p:Response xmlns:p=\"urn:x\"><p:Status><p:StatusCode Value=\"x:Responder\"/></p:Status>"
      "</p:Response>";
  const Facts facts =
      of(testing::exchange("POST /acs HTTP/1.1\nHost: app.contoso.com\nContent-Type: "
                           "application/x-www-form-urlencoded\n\n"
                           "SAMLResponse=" +
                               escaped(base64(response), true),
                           "HTTP/1.1 200 OK\nContent-Type: text/plain\n\nok"));
  EXPECT_EQ(value_of(facts, "saml.status.code"), "Responder");
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
}

TEST(Federation, NotesAnArtifact) {
  const Facts facts = of(testing::exchange(
      "GET /acs?SAMLart=CANARY&RelayState=x HTTP/1.1\nHost: app.contoso.com\n\n", ""));
  EXPECT_EQ(value_of(facts, "saml.artifact_present"), "true");
  expect_never_told(facts, "CANARY");
}

TEST(Federation, SaysWhatCannotBeRead) {
  EXPECT_EQ(value_of(of(testing::exchange(
                         "GET /sso?SAMLRequest=!! HTTP/1.1\nHost: idp.contoso.com\n\n", "")),
                     "decode.federation.error"),
            "SAML: the message is no Base64, or too long");
  EXPECT_EQ(
      value_of(of(testing::exchange(
                   "GET /sso?SAMLRequest=PGEvPg%3D%3D HTTP/1.1\nHost: idp.contoso.com\n\n", "")),
               "decode.federation.error"),
      "SAML: no message of the protocol");
  Exchange cut = testing::exchange(
      "POST /acs HTTP/1.1\nHost: app.contoso.com\nContent-Type: "
      "application/x-www-form-urlencoded\n\n"
      "wa=wsignin1.0&wresult=%3Ct",
      "");
  cut.request.body_size += 100;
  EXPECT_EQ(value_of(of(cut), "decode.federation.error"), "the form breaks off");
}

TEST(Federation, LeavesOtherPagesAndFormsAlone) {
  EXPECT_TRUE(of(testing::exchange("GET / HTTP/1.1\nHost: contoso.com\n\n",
                                   "HTTP/1.1 200 OK\nContent-Type: text/html\n\n<form><input "
                                   "name=q></form>"))
                  .empty());
  EXPECT_TRUE(of(testing::exchange("POST /token HTTP/1.1\nHost: contoso.com\nContent-Type: "
                                   "application/x-www-form-urlencoded\n\ngrant_type=password",
                                   "HTTP/1.1 200 OK\n\n"))
                  .empty());
  EXPECT_FALSE(kFederationDecoder.recognises(
      testing::exchange("POST /mapi/emsmdb?MailboxId=a HTTP/1.1\nHost: outlook.office365.com\n\n",
                        "HTTP/1.1 200 OK\nContent-Type: application/mapi-http\n\nx")));
}

TEST(Federation, BoundsTheForms) {
  std::string page;
  for (int i = 0; i < 100; ++i) {
    page += "<form><input name=SAMLResponse value='" +
            base64("<Response ID='" + std::to_string(i) + "'/>") + "'></form>";
  }
  const Facts facts = of(testing::exchange("GET / HTTP/1.1\nHost: contoso.com\n\n",
                                           "HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + page));
  EXPECT_EQ(values_of(facts, "saml.message.type").size(), 8U);
  EXPECT_FALSE(facts.overflowed());
}

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
