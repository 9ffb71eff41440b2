#include "decoders/autodiscover/json_discovery.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_declared;
using testing::expect_facts;
using testing::expect_never_told;
using testing::sample;
using testing::stated_by;
using testing::value_of;

constexpr std::string_view kV2 =
    "GET /autodiscover/autodiscover.json?Email=ada%40contoso.com&Protocol=ActiveSync&"
    "RedirectCount=1 HTTP/1.1\nHost: outlook.office365.com\n";
const std::string kJson = "HTTP/1.1 200 OK\nContent-Type: application/json; charset=utf-8\n\n";

Facts of(std::string_view ask, const std::string& answer) {
  return stated_by(kAutodiscoverJsonDecoder, testing::exchange(ask, answer));
}

TEST(JsonAutodiscover, RecognisesBothVersions) {
  EXPECT_TRUE(kAutodiscoverJsonDecoder.recognises(testing::exchange(kV2, "")));
  EXPECT_TRUE(kAutodiscoverJsonDecoder.recognises(testing::exchange(
      "GET /AutoDiscover/AutoDiscover.json/v1.0/ada@contoso.com?Protocol=Ews HTTP/1.1\n", "")));
  EXPECT_FALSE(kAutodiscoverJsonDecoder.recognises(
      testing::exchange("POST /autodiscover/autodiscover.xml HTTP/1.1\n", "")));
  EXPECT_FALSE(kAutodiscoverJsonDecoder.recognises(Exchange{}));
}

TEST(JsonAutodiscover, TellsQuestionAndAnswer) {
  const Facts facts =
      of(kV2, kJson + R"({"Protocol":"ActiveSync","Url":"https://outlook.office365.com/EAS"})");
  expect_facts(facts, {{"autodiscover.path", "true"},
                       {"autodiscover.flavour", "json_v2"},
                       {"autodiscover.request.email", "ada@contoso.com"},
                       {"autodiscover.request.protocol", "ActiveSync"},
                       {"autodiscover.request.redirect_count", "1"},
                       {"autodiscover.protocol.type", "ActiveSync"},
                       {"autodiscover.url", "Url=https://outlook.office365.com/EAS"},
                       {"autodiscover.response.action", "settings"},
                       {"autodiscover.answered_by", "exchange"}});
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
  expect_declared(facts, kAutodiscoverJsonDecoder);
}

TEST(JsonAutodiscover, ReadsTheAddressOfThePath) {
  const auto flavour_and_address = [](const std::string& target) {
    const Facts facts = of("GET " + target + " HTTP/1.1\nHost: h\n", "");
    return value_of(facts, "autodiscover.flavour") + " " +
           value_of(facts, "autodiscover.request.email");
  };
  EXPECT_EQ(flavour_and_address("/autodiscover/autodiscover.json/v1.0/ada@contoso.com?Protocol=x"),
            "json_v1 ada@contoso.com");
  EXPECT_EQ(flavour_and_address("/autodiscover/autodiscover.json/v1.0/ada%40contoso.com"),
            "json_v1 ada@contoso.com");
  EXPECT_EQ(flavour_and_address("/autodiscover/autodiscover.json/v1.0?Email=ada@contoso.com"),
            "json_v1 ada@contoso.com");
  EXPECT_EQ(flavour_and_address("/autodiscover/autodiscover.json"), "json_v2 (absent)");
}

TEST(JsonAutodiscover, ARedirectIsItsOrdinaryWay) {
  const Facts facts =
      of(kV2,
         "HTTP/1.1 302 Found\nLocation: https://autodiscover.contoso.com/autodiscover/"
         "autodiscover.json?Email=ada%40contoso.com&Protocol=ActiveSync&RedirectCount=2\n"
         "Content-Type: text/html\n\n<html><head><title>Object moved</title></head></html>");
  expect_facts(facts,
               {{"autodiscover.response.action", "httpRedirect"},
                {"autodiscover.redirect_url",
                 "https://autodiscover.contoso.com/autodiscover/autodiscover.json?Email=ada%40"
                 "contoso.com&Protocol=ActiveSync&RedirectCount=2"}});
  EXPECT_EQ(value_of(facts, "autodiscover.answered_by"), "(absent)");
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
}

TEST(JsonAutodiscover, TellsErrors) {
  const std::string error = R"({"ErrorCode":"UserNotFound","ErrorMessage":"No user\nadded"})";
  const Facts at_400 = of(kV2, "HTTP/1.1 400 Bad Request\njsonerror: true\n\n" + error);
  expect_facts(at_400, {{"autodiscover.error.name", "UserNotFound"},
                        {"autodiscover.error.message", "No user added"},
                        {"autodiscover.json_error", "true"},
                        {"autodiscover.answered_by", "exchange"}});
  EXPECT_EQ(value_of(at_400, "answer.failure"), "(absent)");
  EXPECT_EQ(value_of(of(kV2, kJson + error), "answer.failure"), "Autodiscover UserNotFound");
}

TEST(JsonAutodiscover, TellsWhoAnsweredInExchangesPlace) {
  expect_facts(of(kV2, "HTTP/1.1 200 OK\nServer: nginx\n\n<!DOCTYPE html><img src=/wp-content/a>"),
               {{"autodiscover.answered_by", "web_site"}, {"autodiscover.responder", "wordpress"}});
  EXPECT_EQ(value_of(of(kV2, kJson + "{\"a\":1}"), "autodiscover.answered_by"), "other");
  EXPECT_EQ(value_of(of(kV2, kJson + "[]"), "autodiscover.answered_by"), "other");
  EXPECT_EQ(value_of(of(kV2, "HTTP/1.1 404 Not Found\n"), "autodiscover.answered_by"), "(absent)");
}

TEST(JsonAutodiscover, GoesByWhatIsSaidNotByItsTypeAlone) {
  const std::string html = "HTTP/1.1 200 OK\nContent-Type: text/html\n\n";
  EXPECT_EQ(value_of(of(kV2, html + R"({"Url":"https://h/"})"), "autodiscover.answered_by"),
            "exchange");
  EXPECT_EQ(value_of(of(kV2, html + "{}"), "autodiscover.answered_by"), "web_site");
}

TEST(JsonAutodiscover, ThatBrokeOffKeepsWhatCameAndSaysSo) {
  Exchange cut = testing::exchange(kV2, kJson + R"({"Protocol":"Ews","Url":"https://outl)");
  cut.answer.complete = false;
  const Facts facts = stated_by(kAutodiscoverJsonDecoder, cut);
  expect_facts(facts, {{"autodiscover.protocol.type", "Ews"}, {"autodiscover.truncated", "true"}});
  EXPECT_EQ(value_of(facts, "autodiscover.url"), "(absent)");
  EXPECT_NE(value_of(facts, "decode.autodiscover_json.error"), "(absent)");
  EXPECT_EQ(value_of(facts, "autodiscover.answered_by"), "(absent)");
}

TEST(JsonAutodiscover, SurvivesDepthAndSize) {
  for (const std::string& body :
       {std::string(5000, '['), "{\"Url\":" + std::string(5000, '{'), std::string(200000, 'x'),
        "{\"ErrorCode\":\"" + std::string(100000, 'a') + "\"}"}) {
    const Facts facts = of(kV2, kJson + body);
    EXPECT_FALSE(facts.overflowed());
    expect_declared(facts, kAutodiscoverJsonDecoder);
  }
  const Facts facts = of(
      "GET /autodiscover/autodiscover.json?Email=" + std::string(9000, 'a') + "@b HTTP/1.1\n", "");
  EXPECT_EQ(value_of(facts, "autodiscover.request.email"), "(absent)");
}

TEST(JsonAutodiscover, TellsNoSecret) {
  const std::string token = "CANARY" + std::string(80, 'A');
  const Facts facts =
      of("GET /autodiscover/autodiscover.json?Email=ada@contoso.com&password=CANARY&Protocol=" +
             token + " HTTP/1.1\nAuthorization: Bearer CANARY\nCookie: a=CANARY\n",
         "HTTP/1.1 302 Found\nLocation: https://u:CANARY@h/?access_token=CANARY\nSet-Cookie: "
         "a=CANARY\n\n{\"Url\":\"https://h/?code=CANARY\",\"ErrorCode\":\"" +
             token + "\",\"ErrorMessage\":\"" + token + "\"}");
  EXPECT_EQ(value_of(facts, "autodiscover.url"), "Url=https://h/?code=[redacted]");
  expect_never_told(facts, "CANARY");
}

// Samples of this protocol are whole conversations: a request, an empty line, the answer.
Facts of_conversation(const std::string& text) {
  const std::size_t answer = text.find("\nHTTP/1.1 ");
  return of(text.substr(0, answer), text.substr(answer + 1));
}

TEST(JsonAutodiscoverSamples, TellAtLeastWhatTheIndexLists) {
  const auto healthy = sample("http-ad-json-v1-200.txt");
  const auto refused = sample("http-ad-json-protocolnotsupported.txt");
  if (!healthy || !refused) GTEST_SKIP() << "no samples under " EXOTAP_SAMPLES;
  const Facts v1 = of_conversation(*healthy);
  expect_facts(
      v1, {{"autodiscover.flavour", "json_v1"},
           {"autodiscover.request.email", "existing@contoso.com"},
           {"autodiscover.request.protocol", "Autodiscoverv1"},
           {"autodiscover.protocol.type", "Autodiscoverv1"},
           {"autodiscover.url", "Url=https://outlook.office365.com/autodiscover/autodiscover.xml"},
           {"autodiscover.answered_by", "exchange"}});
  const Facts v2 = of_conversation(*refused);
  expect_facts(v2, {{"autodiscover.flavour", "json_v2"},
                    {"autodiscover.request.protocol", "XYZ"},
                    {"autodiscover.error.name", "ProtocolNotSupported"},
                    {"autodiscover.json_error", "true"},
                    {"autodiscover.answered_by", "exchange"}});
  EXPECT_TRUE(value_of(v2, "autodiscover.error.message")
                  .starts_with("The given protocol value 'XYZ' is not supported. Supported values "
                               "are 'Rest,ActiveSync,Ews,"));
  EXPECT_EQ(value_of(v2, "autodiscover.request.email"), "(absent)");
}

}  // namespace
}  // namespace exotap
