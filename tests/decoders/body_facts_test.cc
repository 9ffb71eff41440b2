#include "decoders/body_facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "decoders/body.h"
#include "decoders/json.h"
#include "decoders/multipart.h"
#include "decoders/xml.h"
#include "tests/decoders/coded_bytes.h"
#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using namespace testing;
using namespace std::string_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;

Exchange answering(const std::string& fields, const std::string& body) {
  Exchange made =
      testing::exchange("GET / HTTP/1.1\nHost: h\n\n", "HTTP/1.1 200 OK\n" + fields + "\n");
  made.answer.body = body;
  made.answer.body_size = body.size();
  return made;
}

Facts stated(const Exchange& exchange) {
  Facts facts = stated_by(kBodyDecoder, exchange);
  expect_declared(facts, kBodyDecoder);
  return facts;
}

Facts of_answer(const std::string& fields, const std::string& body) {
  return stated(answering(fields, body));
}

auto limits(const Facts& facts) { return values_of(facts, "http.response.body.limit"); }

std::string repeated(std::string_view part, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += part;
  return out;
}

TEST(BodyFacts, AnOrdinaryBodySaysNothing) {
  EXPECT_TRUE(of_answer("Content-Type: text/xml; charset=utf-8\n", "<a/>").empty());
  EXPECT_TRUE(of_answer("", "{}").empty());
  EXPECT_TRUE(of_answer("Content-Encoding: identity\n", "<a/>").empty());
  EXPECT_FALSE(kBodyDecoder.recognises(answering("", "")));
}

TEST(BodyFacts, CodingsAreNamedInOrder) {
  const std::string twice = deflated(gzipped(kManagedText), 15);
  const Facts facts =
      of_answer("Content-Encoding: GZip\ncontent-encoding: identity, deflate\n", twice);
  EXPECT_THAT(values_of(facts, "http.response.body.coding"), ElementsAre("gzip", "deflate"));
  EXPECT_EQ(value_of(facts, "http.response.body.decoded_bytes"),
            std::to_string(kManagedText.size()));
  EXPECT_THAT(limits(facts), IsEmpty());
}

TEST(BodyFacts, RequestsAreReadAsAnswersAre) {
  Exchange made = testing::exchange("POST / HTTP/1.1\nHost: h\nContent-Encoding: zstd\n\n", "");
  made.request.body = zstd_coded(kManagedText);
  made.request.body_size = made.request.body.size();
  expect_facts(stated(made),
               {{"http.request.body.coding", "zstd"}, {"http.request.body.decoded_bytes", "30"}});
}

TEST(BodyFacts, PicturesAreNotDecoded) {
  const Facts facts = of_answer("Content-Type: Image/PNG\nContent-Encoding: gzip\n", "no gzip");
  EXPECT_EQ(value_of(facts, "http.response.body.coding"), "gzip");
  EXPECT_EQ(facts.size(), 1U);
}

TEST(BodyFacts, EveryLimitOfACodingIsNamed) {
  const std::string zeros(kZerosInBrotli);
  const std::string noise = [] {
    std::string digits;
    for (int i = 0; digits.size() < 2 * kMaxDecodedBody; ++i) digits += std::to_string(i);
    return gzipped(digits);
  }();
  EXPECT_THAT(limits(of_answer("Content-Encoding: br\n", zeros)), ElementsAre("expansion"));
  EXPECT_THAT(limits(of_answer("Content-Encoding: gzip\n", noise)), ElementsAre("decoded_size"));
  const Facts many = of_answer("Content-Encoding: br, br, br, br\n", zeros);
  EXPECT_THAT(limits(many), ElementsAre("codings"));
  EXPECT_EQ(value_of(many, "decode.body.error"), "answer: more content codings than are removed");
  EXPECT_THAT(limits(of_answer("", std::string(kMaxDecodedBody + 1, 'x'))),
              ElementsAre("decoded_size"));
}

TEST(BodyFacts, WhatTheRecordDoesNotHoldIsOneOfThem) {
  Exchange cut = answering("Content-Type: application/mapi-http\n", "PROCESSING");
  cut.answer.body_size = 2'000'000;
  const Facts facts = stated(cut);
  EXPECT_THAT(limits(facts), ElementsAre("recorded"));
  EXPECT_EQ(value_of(facts, "http.response.body.truncated"), "true");
}

TEST(BodyFacts, ABrokenCodingIsAnError) {
  const std::string whole = gzipped(repeated("text ", 500) + std::string(kManagedText));
  const Facts half = of_answer("Content-Encoding: gzip\n", whole.substr(0, whole.size() / 2));
  EXPECT_THAT(value_of(half, "decode.body.error"), StartsWith("answer: gzip: ends too early at "));
  EXPECT_EQ(value_of(half, "http.response.body.truncated"), "true");
  EXPECT_THAT(limits(half), IsEmpty()) << "the sender stopped, no limit did";
}

TEST(BodyFacts, BytesBehindACodingsEndAreCounted) {
  const std::string whole = gzipped(kManagedText);
  const Facts facts = of_answer("Content-Encoding: gzip\n", whole + "rest");
  EXPECT_EQ(value_of(facts, "http.response.body.trailing_bytes"), "4");
  const Facts members = of_answer("Content-Encoding: gzip\n", whole + whole);
  EXPECT_EQ(value_of(members, "http.response.body.trailing_bytes"), "(absent)");
  EXPECT_EQ(value_of(members, "http.response.body.decoded_bytes"), "60");
}

TEST(BodyFacts, ACharsetBesideUtf8HasASource) {
  const auto charset = [](const std::string& fields, const std::string& body) {
    const Facts facts = of_answer(fields, body);
    return value_of(facts, "http.response.body.charset") + " " +
           value_of(facts, "http.response.body.charset_source");
  };
  EXPECT_EQ(charset("", "\xFF\xFE<\0a\0"s), "utf-16le mark");
  EXPECT_EQ(charset("", "\0<\0a\0/\0>"s), "utf-16be look");
  EXPECT_EQ(charset("Content-Type: text/xml; charset=iso-8859-1\n", "<a>\xFC</a>"),
            "iso-8859-1 header");
  EXPECT_EQ(charset("Content-Type: text/xml\n", "<?xml version='1.0' encoding='iso-8859-1'?><a/>"),
            "iso-8859-1 declaration");
  EXPECT_EQ(charset("Content-Type: text/html; charset=gb2312\n", "<html>"), "utf-8 assumed");
  EXPECT_EQ(charset("Content-Type: text/xml; charset=utf-8\n",
                    "<?xml version='1.0' encoding='iso-8859-1'?><a/>"),
            "(absent) (absent)");
}

TEST(BodyFacts, LimitsOfDocumentsAreNamed) {
  EXPECT_THAT(limits(of_answer("", repeated("<a>", kMaxXmlDepth + 1))), ElementsAre("xml_depth"));
  EXPECT_THAT(limits(of_answer("", "\r\n" + repeated("<a/>", kMaxXmlTags + 1))),
              ElementsAre("xml_tags"));
  EXPECT_THAT(limits(of_answer("", repeated("[", kMaxJsonDepth + 1))), ElementsAre("json_depth"));
  EXPECT_THAT(limits(of_answer("Content-Encoding: gzip\n",
                               gzipped("[" + repeated("1,", kMaxJsonValues) + "1]"))),
              ElementsAre("json_values"));
  EXPECT_THAT(limits(of_answer("", "<html>" + repeated("<a>", kMaxXmlDepth + 1))), IsEmpty())
      << "a web page is no XML";
}

TEST(BodyFacts, PartsAreCountedAndNamed) {
  const Facts facts = of_answer(
      "Content-Type: multipart/related; boundary=\"o\"; start=\"<r>\"\n",
      "--o\r\nContent-Type: Application/XOP+XML; type=\"text/xml\"\r\nContent-ID: "
      "<r>\r\n\r\n<a/>\r\n"
      "--o\r\nContent-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\n\r\nx\r\n--i--\r\n--o--");
  EXPECT_EQ(value_of(facts, "http.response.body.parts"), "3");
  EXPECT_THAT(values_of(facts, "http.response.body.part_type"),
              ElementsAre("application/xop+xml", "multipart/mixed", "text/plain"));
  EXPECT_THAT(limits(facts), IsEmpty());
}

TEST(BodyFacts, TypesOfPartsHoldNoControlCharacters) {
  const Facts facts = of_answer("Content-Type: multipart/mixed; boundary=b\n",
                                "--b\r\nContent-Type: te\x1bxt/a\r\n\r\nx\r\n--b--");
  EXPECT_EQ(value_of(facts, "http.response.body.part_type"), "te?xt/a");
}

TEST(BodyFacts, LimitsOfPartsAreNamed) {
  const std::string type = "Content-Type: multipart/mixed; boundary=b\n";
  const auto with = [&](std::size_t parts) {
    return of_answer(type, repeated("--b\r\n\r\nx\r\n", parts) + "--b--");
  };
  EXPECT_THAT(limits(with(kMaxMultipartParts)), IsEmpty());
  EXPECT_THAT(limits(with(kMaxMultipartParts + 1)), ElementsAre("multipart_parts"));
  EXPECT_EQ(values_of(with(20), "http.response.body.part_type").size(), kMaxPartTypes);
  EXPECT_THAT(limits(of_answer(type, "--b\r\n" + repeated("F: v\r\n", kMaxMultipartHead) + "\r\n")),
              ElementsAre("multipart_head"));
  std::string nested = "text";
  for (std::size_t i = 0; i <= kMaxMultipartDepth; ++i) {
    nested = "--b\r\nContent-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\r\n\r\n" +
             nested;
    nested.replace(2, 1, "b" + std::to_string(i + 1));
  }
  const std::string outer = "b" + std::to_string(kMaxMultipartDepth + 1);
  EXPECT_THAT(limits(of_answer("Content-Type: multipart/mixed; boundary=" + outer + "\n", nested)),
              ElementsAre("multipart_depth"));
  EXPECT_THAT(
      limits(of_answer(type, "--b\r\n\r\n" + repeated("[", kMaxJsonDepth + 1) + "\r\n--b--")),
      ElementsAre("json_depth"));
}

TEST(BodyFacts, TellWhereWholeJsonBreaksOff) {
  const std::string type = "Content-Type: application/json; charset=utf-8\n";
  const auto unfinished = [&](const std::string& fields, const std::string& body) {
    return value_of(of_answer(fields, body), "http.response.body.json_unfinished");
  };
  EXPECT_EQ(unfinished(type, R"({"value":[{"Subject":"Minu)"), "true");
  EXPECT_EQ(unfinished(type, "[1, 2"), "true");
  EXPECT_EQ(unfinished(type, "{\"a\": [1]}\r\n"), "(absent)");
  EXPECT_EQ(unfinished(type, "  [] "), "(absent)");
  EXPECT_EQ(unfinished(type, "{}\x1e"), "(absent)");
  EXPECT_EQ(unfinished(type, "\"text\""), "(absent)");
  EXPECT_EQ(unfinished(type, " \n"), "(absent)");
  EXPECT_EQ(unfinished("Content-Type: text/plain\n", "{a"), "(absent)");
}

TEST(BodyFacts, AnAnswerThatIsNotWholeBreaksOffNowhere) {
  Exchange cut = answering("Content-Type: application/json\n", "{\"a\": 1");
  cut.answer.body_size = 4000;
  EXPECT_EQ(value_of(stated(cut), "http.response.body.json_unfinished"), "(absent)");
  Exchange running = answering("Content-Type: application/json\n", "{\"a\": 1");
  running.answer.complete = false;
  EXPECT_EQ(value_of(stated(running), "http.response.body.json_unfinished"), "(absent)");
}

TEST(BodyFacts, WhatExotapAnswersItselfIsNotLookedAt) {
  Exchange refused = answering("Content-Encoding: gzip\n", "text");
  refused.handling = Handling::refused;
  EXPECT_TRUE(stated(refused).empty());
}

}  // namespace
}  // namespace exotap
