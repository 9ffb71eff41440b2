#include "decoders/autodiscover/pox.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/coded_bytes.h"
#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_declared;
using testing::expect_facts;
using testing::expect_never_told;
using testing::listing;
using testing::stated_by;
using testing::value_of;
using testing::values_of;

constexpr std::string_view kAsk =
    "POST /autodiscover/autodiscover.xml HTTP/1.1\nHost: autodiscover.contoso.com\n"
    "Content-Type: text/xml\n\n";
constexpr std::string_view kXml = "HTTP/1.1 200 OK\nContent-Type: text/xml; charset=utf-8\n\n";

Facts of_answer(const std::string& answer) {
  return stated_by(kPoxDecoder, testing::exchange(kAsk, answer));
}

Facts of_document(std::string_view document) {
  return of_answer(std::string(kXml) + std::string(document));
}

Facts of_request(std::string_view body) {
  return stated_by(kPoxDecoder, testing::exchange(std::string(kAsk) + std::string(body), ""));
}

std::string response(std::string_view inside) {
  return "<Autodiscover xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/responseschema/"
         "2006\"><Response xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/outlook/"
         "responseschema/2006a\">" +
         std::string(inside) + "</Response></Autodiscover>";
}

TEST(PoxPath, IsAutodiscoverXmlOfAnyCase) {
  EXPECT_TRUE(is_pox_path("/autodiscover/autodiscover.xml"));
  EXPECT_TRUE(is_pox_path("/Autodiscover/Autodiscover.xml"));
  EXPECT_TRUE(is_pox_path("/AUTODISCOVER.XML"));
  EXPECT_FALSE(is_pox_path("/autodiscover/autodiscover.json"));
  EXPECT_FALSE(is_pox_path("/autodiscover/autodiscover.svc"));
  EXPECT_FALSE(is_pox_path("/my-autodiscover.xml"));
  EXPECT_FALSE(is_pox_path(""));
}

TEST(PoxDecoder, RecognisesTheUrlWithQueryAndInAbsoluteForm) {
  EXPECT_TRUE(kPoxDecoder.recognises(testing::exchange(
      "GET http://autodiscover.contoso.com/autodiscover/autodiscover.xml HTTP/1.1\n", "")));
  EXPECT_TRUE(kPoxDecoder.recognises(
      testing::exchange("GET /autodiscover/autodiscover.xml?x=1 HTTP/1.1\n", "")));
  EXPECT_FALSE(kPoxDecoder.recognises(testing::exchange("POST /ews/exchange.asmx HTTP/1.1\n", "")));
  EXPECT_FALSE(kPoxDecoder.recognises(Exchange{}));
}

TEST(PoxRequest, TellsWhatWasAskedFor) {
  const Facts facts = of_request(
      "<Autodiscover xmlns='http://schemas.microsoft.com/exchange/autodiscover/outlook/"
      "requestschema/2006'><Request><EMailAddress>mara@contoso.com</EMailAddress>"
      "<LegacyDN>/o=Contoso/cn=mara</LegacyDN><AcceptableResponseSchema>http://schemas.microsoft."
      "com/exchange/autodiscover/outlook/responseschema/2006a</AcceptableResponseSchema></Request>"
      "</Autodiscover>");
  expect_facts(facts, {{"autodiscover.path", "true"},
                       {"autodiscover.request.email", "mara@contoso.com"},
                       {"autodiscover.request.legacy_dn", "/o=Contoso/cn=mara"},
                       {"autodiscover.request.schema",
                        "http://schemas.microsoft.com/exchange/autodiscover/outlook/"
                        "responseschema/2006a"},
                       {"autodiscover.flavour", "pox"}});
  EXPECT_EQ(value_of(facts, "autodiscover.answered_by"), "(absent)");
}

TEST(PoxRequest, KnowsActiveSyncByItsSchema) {
  EXPECT_EQ(
      value_of(of_request("<Autodiscover xmlns='http://schemas.microsoft.com/exchange/autodiscover/"
                          "mobilesync/requestschema/2006'><Request><EMailAddress>a@b.c"
                          "</EMailAddress></Request></Autodiscover>"),
               "autodiscover.flavour"),
      "eas");
}

TEST(PoxRequest, SaysThatTheClientCanSpeakMapiHttp) {
  const Facts facts =
      stated_by(kPoxDecoder,
                testing::exchange(
                    "POST /autodiscover/autodiscover.xml HTTP/1.1\nX-MapiHttpCapability: 1\n", ""));
  EXPECT_EQ(value_of(facts, "autodiscover.request.mapi_http"), "true");
}

TEST(PoxRequest, ThatBrokeOffKeepsWhatCame) {
  const Facts facts = of_request(
      "<Autodiscover><Request><EMailAddress>mara@contoso.com"
      "</EMailAddress><Acceptable");
  EXPECT_EQ(value_of(facts, "autodiscover.request.email"), "mara@contoso.com");
  EXPECT_NE(value_of(facts, "decode.pox.error").find("request: "), std::string::npos);
}

TEST(PoxAnswer, TellsSettingsInTheOrderOffered) {
  const Facts facts = of_document(response(
      "<User><DisplayName>Mara</DisplayName><LegacyDN>/o=x</LegacyDN><AutoDiscoverSMTPAddress>"
      "mara@contoso.com</AutoDiscoverSMTPAddress></User><Account><Action>settings</Action>"
      "<MicrosoftOnline>True</MicrosoftOnline>"
      "<Protocol><Type>EXPR</Type><Server>mail.contoso.com</Server><AuthPackage>Ntlm</AuthPackage>"
      "<EwsUrl>https://mail.contoso.com/EWS/Exchange.asmx</EwsUrl>"
      "<EcpUrl-um>?rfr=olk</EcpUrl-um></Protocol>"
      "<Protocol Type=\"mapiHttp\" Version=\"1\"><MailStore><ExternalUrl>https://mail.contoso.com/"
      "mapi/emsmdb</ExternalUrl></MailStore></Protocol>"
      "<Protocol><Type>WEB</Type><Internal><OWAUrl>https://mail.contoso.com/owa/</OWAUrl>"
      "<Protocol><Type>EXCH</Type></Protocol></Internal></Protocol></Account>"));
  expect_facts(facts,
               {{"autodiscover.answered_by", "exchange"},
                {"autodiscover.flavour", "pox"},
                {"autodiscover.response.action", "settings"},
                {"autodiscover.smtp_address", "mara@contoso.com"},
                {"autodiscover.legacy_dn", "/o=x"},
                {"autodiscover.display_name", "Mara"},
                {"autodiscover.microsoft_online", "True"},
                {"autodiscover.protocol.server", "mail.contoso.com"},
                {"autodiscover.protocol.auth_package", "Ntlm"},
                {"autodiscover.protocol.ews_url", "https://mail.contoso.com/EWS/Exchange.asmx"},
                {"autodiscover.protocol.summary", "EXPR server=mail.contoso.com auth=Ntlm"},
                {"autodiscover.url", "EwsUrl=https://mail.contoso.com/EWS/Exchange.asmx"},
                {"autodiscover.url", "ExternalUrl=https://mail.contoso.com/mapi/emsmdb"},
                {"autodiscover.url", "OWAUrl=https://mail.contoso.com/owa/"}});
  EXPECT_EQ(values_of(facts, "autodiscover.protocol.type"),
            (std::vector<std::string>{"EXPR", "mapiHttp", "WEB", "EXCH"}));
  EXPECT_EQ(values_of(facts, "autodiscover.url").size(), 3U) << listing(facts);
  EXPECT_EQ(value_of(facts, "decode.pox.error"), "(absent)");
  expect_declared(facts, kPoxDecoder);
}

TEST(PoxAnswer, StatesEachUrlOnce) {
  std::string many;
  for (int i = 0; i < 200; ++i) {
    many += "<ASUrl>https://h/" + std::to_string(i / 2) + "</ASUrl>";
  }
  const Facts facts = of_document(response("<Account>" + many + "</Account>"));
  const auto urls = values_of(facts, "autodiscover.url");
  EXPECT_EQ(urls.size(), 64U);
  EXPECT_EQ(urls[0], "ASUrl=https://h/0");
  EXPECT_EQ(urls[1], "ASUrl=https://h/1");
}

TEST(PoxAnswer, TellsRedirects) {
  expect_facts(of_document(response("<Account><Action>redirectAddr</Action><RedirectAddr>"
                                    "mara@contoso.mail.onmicrosoft.com</RedirectAddr></Account>")),
               {{"autodiscover.response.action", "redirectAddr"},
                {"autodiscover.redirect_address", "mara@contoso.mail.onmicrosoft.com"},
                {"autodiscover.answered_by", "exchange"}});
  expect_facts(
      of_document(response("<Account><Action>redirectUrl</Action><RedirectUrl>https://autodiscover-"
                           "s.outlook.com/autodiscover/autodiscover.xml</RedirectUrl></Account>")),
      {{"autodiscover.response.action", "redirectUrl"},
       {"autodiscover.redirect_url",
        "https://autodiscover-s.outlook.com/autodiscover/autodiscover.xml"}});
}

TEST(PoxAnswer, TellsErrorsWhereverTheyStand) {
  for (const std::string_view place : {"Response", "Action"}) {
    const std::string error =
        "<Error Time=\"21:25:04.88\" Id=\"42\"><ErrorCode>500</ErrorCode><Message>The email\n "
        "address can't be found.</Message></Error>";
    const Facts facts = of_document(
        response(place == "Action" ? "<Account><Action>" + error + "</Action></Account>" : error));
    expect_facts(facts, {{"autodiscover.error.code", "500"},
                         {"autodiscover.error.message", "The email address can't be found."},
                         {"autodiscover.error.time", "21:25:04.88"},
                         {"autodiscover.error.id", "42"},
                         {"autodiscover.answered_by", "exchange"}});
  }
}

TEST(PoxAnswer, ReadsActiveSync) {
  const std::string begin =
      "<Autodiscover><Response xmlns='http://schemas.microsoft.com/exchange/autodiscover/"
      "mobilesync/responseschema/2006'>";
  const std::string end = "</Response></Autodiscover>";
  expect_facts(of_document(begin + "<Action><Redirect>a@other.example</Redirect></Action>" + end),
               {{"autodiscover.flavour", "eas"},
                {"autodiscover.response.action", "redirectAddr"},
                {"autodiscover.redirect_address", "a@other.example"}});
  expect_facts(of_document(begin +
                           "<Action><Error><Status>2</Status><Message>The directory "
                           "service could not be reached</Message></Error></Action>" +
                           end),
               {{"autodiscover.error.status", "2"}});
}

TEST(AnsweredBy, TellsAWebSiteFromExchange) {
  const auto by = [](const std::string& answer) {
    return value_of(of_answer(answer), "autodiscover.answered_by");
  };
  EXPECT_EQ(by("HTTP/1.1 200 OK\nContent-Type: text/html\n\n<!DOCTYPE html><html></html>"),
            "web_site");
  EXPECT_EQ(by("HTTP/1.1 200 OK\nContent-Type: text/xml\n\n<html><body/></html>"), "web_site");
  EXPECT_EQ(by("HTTP/1.1 200 OK\nContent-Type: text/xml\n\n<!-- x --><html><body/></html>"),
            "web_site");
  EXPECT_EQ(by("HTTP/1.1 404 Not Found\nServer: Apache\nContent-Type: text/html\n\n<html>"),
            "web_site");
  EXPECT_EQ(by("HTTP/1.1 405 Method Not Allowed\nContent-Type: text/html\n\n<html>"), "web_site");
  EXPECT_EQ(by("HTTP/1.1 404 Not Found\nX-FEServer: EX01\nContent-Type: text/html\n\n<html>"),
            "exchange");
  EXPECT_EQ(by("HTTP/1.1 401 Unauthorized\nX-FEServer: EX01\n\n"), "exchange");
  EXPECT_EQ(by("HTTP/1.1 401 Unauthorized\nContent-Type: text/html\n\n<html>"), "(absent)");
  EXPECT_EQ(by("HTTP/1.1 302 Found\nLocation: https://x/\nContent-Type: text/html\n\n<html>"),
            "(absent)");
  EXPECT_EQ(by("HTTP/1.1 404 Not Found\n\n"), "(absent)");
}

TEST(AnsweredBy, GoesByWhatIsSaidNotByItsTypeAlone) {
  const std::string html = "HTTP/1.1 200 OK\nContent-Type: text/html\n\n";
  const Facts sound = of_answer(html + response("<Account><Action>settings</Action></Account>"));
  expect_facts(sound, {{"autodiscover.answered_by", "exchange"},
                       {"autodiscover.response.action", "settings"}});
  EXPECT_EQ(value_of(of_answer(html + "<h1>Hello</h1>"), "autodiscover.answered_by"), "web_site");
  EXPECT_EQ(value_of(of_answer(html + "Hello"), "autodiscover.answered_by"), "web_site");
}

TEST(AnsweredBy, IsOtherWhereSomethingElseSpeaks) {
  EXPECT_EQ(value_of(of_document("<clientConfig version='1.1'/>"), "autodiscover.answered_by"),
            "other");
  EXPECT_EQ(value_of(of_document("{\"a\":1}"), "autodiscover.answered_by"), "other");
  EXPECT_EQ(value_of(of_document(""), "autodiscover.answered_by"), "other");
  const std::string hoster = response(
      "<Account><Action>settings</Action><Protocol><Type>IMAP</Type></Protocol><Protocol><Type>SMTP"
      "</Type></Protocol></Account>");
  EXPECT_EQ(value_of(of_document(hoster), "autodiscover.answered_by"), "other");
}

TEST(AnsweredBy, IsNotToldByAnAnswerToHead) {
  const Facts facts = stated_by(
      kPoxDecoder,
      testing::exchange("HEAD /autodiscover/autodiscover.xml HTTP/1.1\nHost: contoso.com\n",
                        "HTTP/1.1 200 OK\nContent-Type: text/html\n"));
  EXPECT_EQ(value_of(facts, "autodiscover.answered_by"), "(absent)");
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
}

TEST(AnsweredBy, IsNotStatedOfAnAnswerStillToCome) {
  Exchange waiting = testing::exchange(kAsk, kXml);
  waiting.answer.complete = false;
  EXPECT_EQ(value_of(stated_by(kPoxDecoder, waiting), "autodiscover.answered_by"), "(absent)");
}

TEST(AnsweredBy, OfExotapItselfSaysNothingAboutTheServer) {
  Exchange refused =
      testing::exchange(kAsk, "HTTP/1.1 403 Forbidden\nContent-Type: text/html\n\n<html>");
  refused.handling = Handling::refused;
  EXPECT_EQ(value_of(stated_by(kPoxDecoder, refused), "autodiscover.answered_by"), "(absent)");
}

TEST(PoxAnswer, IsReadThroughItsCoding) {
  Exchange coded = testing::exchange(kAsk, "HTTP/1.1 200 OK\nContent-Encoding: gzip\n\n");
  coded.answer.body = testing::gzipped(response("<Account><Action>settings</Action></Account>"));
  coded.answer.body_size = coded.answer.body.size();
  EXPECT_EQ(value_of(stated_by(kPoxDecoder, coded), "autodiscover.response.action"), "settings");
  coded.answer.body[0] = 'x';
  EXPECT_NE(value_of(stated_by(kPoxDecoder, coded), "decode.pox.error").find("answer: gzip"),
            std::string::npos);
}

TEST(PoxAnswer, ThatBrokeOffKeepsWhatCame) {
  const Facts facts =
      of_document("<Autodiscover><Response><Error><Message>Busy</Message><ErrorCode>60");
  expect_facts(facts,
               {{"autodiscover.error.message", "Busy"}, {"autodiscover.answered_by", "exchange"}});
  EXPECT_EQ(value_of(facts, "autodiscover.error.code"), "(absent)");
  EXPECT_NE(value_of(facts, "decode.pox.error"), "(absent)");
}

TEST(PoxAnswer, ThatBrokeOffSaysSo) {
  EXPECT_EQ(value_of(of_document("<Autodiscover><Response>"), "autodiscover.truncated"), "true");
  EXPECT_EQ(value_of(of_document(response("")), "autodiscover.truncated"), "(absent)");
  const Facts early = of_document("<Autodi");
  EXPECT_EQ(value_of(early, "autodiscover.truncated"), "true");
  EXPECT_EQ(value_of(early, "autodiscover.answered_by"), "(absent)");
  EXPECT_EQ(value_of(early, "answer.failure"), "(absent)");
}

TEST(PoxAnswer, TellsWhoAnsweredInExchangesPlace) {
  const Facts panel = of_answer(
      "HTTP/1.1 200 OK\nX-Powered-By: PleskLin\n\n" +
      response(
          "<Account><Action>settings</Action><Protocol><Type>IMAP</Type></Protocol></Account>"));
  expect_facts(panel, {{"autodiscover.answered_by", "other"}, {"autodiscover.responder", "plesk"}});
  EXPECT_EQ(value_of(panel, "answer.failure"), "(absent)");
  const Facts portal = of_answer("HTTP/1.1 511 N\nContent-Type: text/html\n\n<html>");
  EXPECT_EQ(value_of(portal, "autodiscover.responder"), "captive_portal");
}

TEST(PoxSecrets, AreNeverTold) {
  const std::string token = "CANARY" + std::string(80, 'A');
  const std::string jwt = "eyJDQU5BUlkiOjF9.CANARYPAYLOAD.CANARYSIGNATURE";
  const Exchange planted = testing::exchange(
      "POST /autodiscover/autodiscover.xml?token=CANARY HTTP/1.1\nAuthorization: Basic CANARY\n"
      "Cookie: x=CANARY\nX-MapiHttpCapability: CANARY\n\n<Autodiscover><Request><Password>CANARY"
      "</Password><EMailAddress>m@c.d</EMailAddress></Request></Autodiscover>",
      "HTTP/1.1 200 OK\nSet-Cookie: x=CANARY\nX-FEServer: EX\n\n" +
          response("<Error><ErrorCode>600</ErrorCode><Message>bad " + token + " " + jwt +
                   "</Message><DebugData>CANARY</DebugData></Error><Account><RedirectUrl>https://u:"
                   "CANARY@h/?code=CANARY</RedirectUrl><Protocol><LoginPassword>CANARY"
                   "</LoginPassword><EwsUrl>https://h/?access_token=CANARY#CANARY</EwsUrl>"
                   "</Protocol></Account>"));
  const Facts facts = stated_by(kPoxDecoder, planted);
  EXPECT_TRUE(facts.has(fact::kAutodiscoverErrorMessage));
  EXPECT_TRUE(facts.has(fact::kAutodiscoverProtocolEwsUrl));
  expect_never_told(facts, "CANARY");
}

}  // namespace
}  // namespace exotap
