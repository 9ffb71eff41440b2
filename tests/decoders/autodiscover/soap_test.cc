#include "decoders/autodiscover/soap.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/autodiscover/soap_texts.h"
#include "tests/decoders/coded_bytes.h"
#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_declared;
using testing::expect_facts;
using testing::expect_never_told;
using testing::ExpectedFacts;
using testing::one_user;
using testing::sample;
using testing::soap_envelope;
using testing::stated_by;
using testing::user_setting;
using testing::value_of;
using testing::values_of;

constexpr std::string_view kAsk =
    "POST /autodiscover/autodiscover.svc HTTP/1.1\nHost: autodiscover.contoso.com\n"
    "Content-Type: text/xml; charset=utf-8\n\n";
constexpr std::string_view kXml = "HTTP/1.1 200 OK\nContent-Type: text/xml; charset=utf-8\n\n";

Facts of_answer(const std::string& answer) {
  return stated_by(kAutodiscoverSoapDecoder, testing::exchange(kAsk, answer));
}
Facts of_document(std::string_view text) {
  return of_answer(std::string(kXml) + std::string(text));
}
Facts of_request(std::string_view text) {
  return stated_by(kAutodiscoverSoapDecoder,
                   testing::exchange(std::string(kAsk) + std::string(text), ""));
}

TEST(SoapAutodiscover, RecognisesItsPathOnly) {
  const auto recognised = [](const std::string& line) {
    return kAutodiscoverSoapDecoder.recognises(testing::exchange(line + " HTTP/1.1\n", ""));
  };
  EXPECT_TRUE(recognised("POST /autodiscover/autodiscover.svc"));
  EXPECT_TRUE(recognised("POST /autodiscover/Autodiscover.svc/WSSecurity"));
  EXPECT_FALSE(recognised("POST /autodiscover/autodiscover.xml"));
  EXPECT_FALSE(recognised("POST /ews/exchange.asmx?x=/autodiscover.svc"));
  EXPECT_FALSE(kAutodiscoverSoapDecoder.recognises(Exchange{}));
}

TEST(SoapAutodiscover, TellsAConversation) {
  const Facts facts = stated_by(
      kAutodiscoverSoapDecoder,
      testing::exchange(
          std::string(kAsk) + soap_envelope("<GetUserSettingsRequestMessage><Mailbox>ada@contoso"
                                            ".com</Mailbox></GetUserSettingsRequestMessage>"),
          std::string(kXml) + one_user("<ErrorCode>NoError</ErrorCode><UserSettings>" +
                                       user_setting("UserDN", "/o=x") + "</UserSettings>")));
  expect_facts(facts, {{"autodiscover.path", "true"},
                       {"autodiscover.flavour", "soap"},
                       {"autodiscover.operation", "GetUserSettings"},
                       {"autodiscover.request.email", "ada@contoso.com"},
                       {"autodiscover.legacy_dn", "/o=x"},
                       {"autodiscover.answered_by", "exchange"}});
  EXPECT_EQ(values_of(facts, "autodiscover.operation").size(), 1U);
  EXPECT_EQ(value_of(facts, "autodiscover.truncated"), "(absent)");
  expect_declared(facts, kAutodiscoverSoapDecoder);
}

TEST(SoapAutodiscover, NamesTheOperationOfAnEmptyRequestByItsHeader) {
  const Facts facts = stated_by(
      kAutodiscoverSoapDecoder,
      testing::exchange("POST /autodiscover/autodiscover.svc HTTP/1.1\nSOAPAction: \"http://schemas"
                        ".microsoft.com/exchange/2010/Autodiscover/Autodiscover/GetUserSettings\""
                        "\n\n",
                        "HTTP/1.1 401 Unauthorized\nX-SOAP-Enabled: True\n"));
  EXPECT_EQ(value_of(facts, "autodiscover.operation"), "GetUserSettings");
  EXPECT_EQ(value_of(facts, "autodiscover.answered_by"), "exchange");
}

TEST(SoapAutodiscover, TellsWhoAnsweredInExchangesPlace) {
  expect_facts(of_answer("HTTP/1.1 200 OK\nServer: Apache\nContent-Type: text/html\n\n<html>"),
               {{"autodiscover.answered_by", "web_site"},
                {"autodiscover.responder", "apache"},
                {"answer.failure", "a web page instead of an Autodiscover answer (apache)"}});
  EXPECT_EQ(value_of(of_document("<!-- x --><HTML/>"), "autodiscover.answered_by"), "web_site");
  EXPECT_EQ(value_of(of_document("<clientConfig/>"), "autodiscover.answered_by"), "other");
  EXPECT_EQ(value_of(of_document("Service\n"), "autodiscover.answered_by"), "other");
  EXPECT_EQ(value_of(of_answer("HTTP/1.1 302 F\nLocation: /x\n"), "autodiscover.redirect_url"),
            "https://autodiscover.contoso.com/x");
}

TEST(SoapAutodiscover, GoesByWhatIsSaidNotByItsTypeAlone) {
  const std::string html = "HTTP/1.1 200 OK\nContent-Type: text/html\n\n";
  EXPECT_EQ(value_of(of_answer(html + one_user("<ErrorCode>InvalidUser</ErrorCode>")),
                     "autodiscover.error.user"),
            "InvalidUser");
  EXPECT_EQ(value_of(of_answer(html + "<h1>Hello</h1>"), "autodiscover.answered_by"), "web_site");
}

TEST(SoapAutodiscover, ThatBrokeOffKeepsWhatCameAndSaysSo) {
  const std::string whole = one_user("<ErrorCode>NoError</ErrorCode><UserSettings>" +
                                     user_setting("CasVersion", "15.20"));
  const Facts cut = of_document(whole.substr(0, whole.find("</UserResponse>")));
  expect_facts(cut, {{"autodiscover.setting", "CasVersion=15.20"},
                     {"autodiscover.truncated", "true"},
                     {"autodiscover.answered_by", "exchange"}});
  EXPECT_NE(value_of(cut, "decode.autodiscover_soap.error"), "(absent)");
  const Facts early = of_document("<s:Envelope><s:Hea");
  EXPECT_EQ(value_of(early, "autodiscover.truncated"), "true");
  EXPECT_EQ(value_of(early, "autodiscover.answered_by"), "(absent)");
}

TEST(SoapAutodiscover, IsReadThroughItsCoding) {
  Exchange coded = testing::exchange(kAsk, "HTTP/1.1 200 OK\nContent-Encoding: gzip\n\n");
  coded.answer.body = testing::gzipped(one_user("<ErrorCode>InvalidUser</ErrorCode>"));
  coded.answer.body_size = coded.answer.body.size();
  EXPECT_EQ(value_of(stated_by(kAutodiscoverSoapDecoder, coded), "autodiscover.error.user"),
            "InvalidUser");
  coded.answer.body[0] = 'x';
  EXPECT_NE(value_of(stated_by(kAutodiscoverSoapDecoder, coded), "decode.autodiscover_soap.error")
                .find("answer: gzip"),
            std::string::npos);
}

TEST(SoapAutodiscover, OfExotapItselfSaysNothingAboutTheServer) {
  Exchange refused =
      testing::exchange(kAsk, "HTTP/1.1 403 Forbidden\nContent-Type: text/html\n\n<html>");
  refused.handling = Handling::refused;
  EXPECT_EQ(value_of(stated_by(kAutodiscoverSoapDecoder, refused), "autodiscover.answered_by"),
            "(absent)");
}

TEST(SoapAutodiscover, TellsNoSecret) {
  const std::string token = "CANARY" + std::string(80, 'A');
  const Facts facts = stated_by(
      kAutodiscoverSoapDecoder,
      testing::exchange(
          "POST /autodiscover/autodiscover.svc?token=CANARY HTTP/1.1\nAuthorization: Basic CANARY"
          "\nCookie: x=CANARY\n\n" +
              soap_envelope("<GetUserSettingsRequestMessage/>",
                            "<wsse:Security><wsse:Password>CANARY</wsse:Password>"
                            "<wsse:BinarySecurityToken>CANARY</wsse:BinarySecurityToken>"
                            "</wsse:Security>"),
          std::string(kXml) +
              one_user("<ErrorCode>InvalidUser</ErrorCode><ErrorMessage>" + token +
                       "</ErrorMessage><RedirectTarget>https://u:CANARY@h/</RedirectTarget>"
                       "<UserSettings>" +
                       user_setting("X", token) + user_setting("Y", "a?password=CANARY") +
                       user_setting("Url", "https://h/?code=CANARY") + "</UserSettings>")));
  EXPECT_EQ(value_of(facts, "autodiscover.setting_count"), "3");
  expect_never_told(facts, "CANARY");
}

struct Sample {
  std::string_view file;
  bool is_request;
  bool is_sound;
  ExpectedFacts expected;
};

const Sample kSamples[] = {
    {"ad-soap-error-internal.xml",
     false,
     true,
     {{"autodiscover.operation", "GetUserSettings"},
      {"autodiscover.error.response", "InternalServerError"},
      {"autodiscover.error.level", "response"},
      {"autodiscover.error.name", "InternalServerError"},
      {"autodiscover.error.message", "An internal error"},
      {"answer.failure", "Autodiscover InternalServerError"}}},
    {"ad-soap-error-invalidsetting.xml",
     false,
     true,
     {{"autodiscover.error.response", "InvalidSetting"},
      {"autodiscover.error.message", "An error message"},
      {"answer.failure", "Autodiscover InvalidSetting"}}},
    {"ad-soap-getdomainsettings-request.xml",
     true,
     false,
     {{"autodiscover.operation", "GetDomainSettings"},
      {"autodiscover.request.server_version", "Exchange2010"}}},
    {"ad-soap-getfederationinfo-request.xml",
     true,
     true,
     {{"autodiscover.operation", "GetFederationInformation"},
      {"autodiscover.request.domain", "contoso.com"}}},
    {"ad-soap-getusersettings-request-2.xml",
     true,
     true,
     {{"autodiscover.operation", "GetUserSettings"},
      {"autodiscover.request.email", "UserName@domain.contoso.com"},
      {"autodiscover.request.server_version", "Exchange2010"},
      {"autodiscover.request.setting_count", "8"},
      {"autodiscover.request.settings",
       "UserDisplayName, UserDN, UserDeploymentId, InternalMailboxServer, MailboxDN, "
       "ActiveDirectoryServer, CasVersion, EwsSupportedSchemas"}}},
    {"ad-soap-getusersettings-request.xml",
     true,
     true,
     {{"autodiscover.operation", "GetUserSettings"},
      {"autodiscover.request.email", "mara@contoso.com"},
      {"autodiscover.request.setting_count", "15"}}},
    {"ad-soap-getusersettings-response.xml",
     false,
     false,
     {{"autodiscover.operation", "GetUserSettings"},
      {"autodiscover.error.response", "NoError"},
      {"autodiscover.error.user", "NoError"},
      {"autodiscover.setting_count", "15"},
      {"autodiscover.display_name", "Mara Whitley"},
      {"autodiscover.legacy_dn",
       "/o=microsoft/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=mara"},
      {"autodiscover.setting", "UserDeploymentId=649d50b8-a1ce-4bac-8ace-2321 e463f701"},
      {"autodiscover.setting", "CasVersion=15.01.0160.004"},
      {"autodiscover.url", "ExternalEwsUrl=https://mail.contoso.com/EWS/Exchange.asmx"},
      {"autodiscover.server_version", "15.0.160.4"},
      {"autodiscover.server_schema", "Exchange2013"},
      {"autodiscover.truncated", "true"}}},
};

TEST(SoapAutodiscoverSamples, TellAtLeastWhatTheIndexLists) {
  for (const Sample& known : kSamples) {
    SCOPED_TRACE(known.file);
    const auto text = sample(known.file);
    if (!text) GTEST_SKIP() << "no sample " << known.file << " under " EXOTAP_SAMPLES;
    const Facts facts = known.is_request ? of_request(*text) : of_document(*text);
    expect_facts(facts, known.expected);
    expect_declared(facts, kAutodiscoverSoapDecoder);
    EXPECT_EQ(value_of(facts, "decode.autodiscover_soap.error") == "(absent)", known.is_sound)
        << testing::listing(facts);
    if (!known.is_request) {
      EXPECT_EQ(value_of(facts, "autodiscover.answered_by"), "exchange");
    }
  }
}

}  // namespace
}  // namespace exotap
