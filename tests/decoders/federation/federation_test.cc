#include "decoders/federation/federation.h"

#include <gtest/gtest.h>

#include <string>

#include "decoders/answer_failure.h"
#include "decoders/http.h"
#include "tests/decoders/coded_bytes.h"
#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/federation/certificate_text.h"
#include "tests/decoders/federation/message_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::base64;
using testing::escaped;
using testing::expect_declared;
using testing::expect_facts;
using testing::expect_never_told;
using testing::value_of;
using testing::values_of;

Facts of(const Exchange& exchange) {
  Facts facts = testing::stated_by(kFederationDecoder, exchange);
  expect_declared(facts, kFederationDecoder);
  return facts;
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

TEST(Federation, SaysNothingTwiceThatWasSaidBefore) {
  const Exchange exchange = page_exchange("<li>Error details: MSIS7065: no handler.</li>");
  Facts facts;
  facts.add(kAnswerFailure, "said before");
  facts.add(fact::kMsClientRequestId, "1");
  kFederationDecoder.decode(exchange, facts);
  EXPECT_EQ(values_of(facts, "answer.failure"), (std::vector<std::string>{"said before"}));
  EXPECT_EQ(values_of(facts, "ms.client_request_id"), (std::vector<std::string>{"1"}));
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

}  // namespace
}  // namespace exotap
