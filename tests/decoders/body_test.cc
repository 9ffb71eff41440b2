#include "decoders/body.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/coded_bytes.h"
#include "tests/decoders/exchange_from_text.h"

namespace exotap {
namespace {

using namespace std::string_literals;
using testing::deflated;
using testing::gzipped;
using testing::kManagedInBrotli;
using testing::kManagedText;
using testing::zstd_coded;

Message answer_with(std::string_view fields, std::string body) {
  Message message = testing::answer_from_text("HTTP/1.1 200 OK\n" + std::string(fields) + "\n");
  message.body = std::move(body);
  message.body_size = message.body.size();
  return message;
}

TEST(DecodedBody, ViewsAPlainBodyInPlace) {
  const Message message = answer_with("Content-Type: text/xml\n", "<a/>");
  const DecodedBody body(message);
  EXPECT_EQ(body.text(), "<a/>");
  EXPECT_EQ(body.text().data(), message.body.data());
  EXPECT_FALSE(body.truncated());
  EXPECT_EQ(body.error(), "");
}

TEST(DecodedBody, RemovesEveryCodingThatServersSend) {
  const std::pair<std::string, std::string> coded[] = {
      {"gzip", gzipped(kManagedText)},          {"deflate", deflated(kManagedText, 15)},
      {"deflate", deflated(kManagedText, -15)}, {"br", std::string(kManagedInBrotli)},
      {"zstd", zstd_coded(kManagedText)},       {"identity", std::string(kManagedText)}};
  for (const auto& [name, bytes] : coded) {
    const Message message = answer_with("Content-Encoding: " + name + "\n", bytes);
    const DecodedBody body(message);
    EXPECT_EQ(body.text(), kManagedText) << name;
    EXPECT_FALSE(body.truncated()) << name;
    EXPECT_EQ(body.error(), "") << name;
  }
}

TEST(DecodedBody, RemovesSeveralCodingsLastFirst) {
  const std::string twice = deflated(gzipped(kManagedText), 15);
  const Message one_line = answer_with("Content-Encoding: gzip, deflate\n", twice);
  EXPECT_EQ(DecodedBody(one_line).text(), kManagedText);
  const Message two_lines =
      answer_with("Content-Encoding: gzip\nContent-Encoding: deflate\n", twice);
  EXPECT_EQ(DecodedBody(two_lines).text(), kManagedText);
  const Message many = answer_with("Content-Encoding: gzip,gzip,gzip,gzip\n", twice);
  EXPECT_EQ(DecodedBody(many).error(), "more content codings than are removed");
  EXPECT_EQ(DecodedBody(many).text(), "");
}

TEST(DecodedBody, SaysWhatItCannotRead) {
  const Message unknown = answer_with("Content-Encoding: compress\n", "xyz");
  EXPECT_EQ(DecodedBody(unknown).error(), "content coding is not known: compress");
  EXPECT_TRUE(DecodedBody(unknown).empty());
  const Message wrong = answer_with("Content-Encoding: gzip\n", "<html>");
  EXPECT_EQ(DecodedBody(wrong).error().substr(0, 27), "gzip: invalid data at byte ");
  EXPECT_TRUE(DecodedBody(wrong).truncated());
}

TEST(DecodedBody, TellsAServersCutFromTheRecorders) {
  const std::string bytes = gzipped(std::string(2000, 'x') + std::string(kManagedText));
  Message cut = answer_with("Content-Encoding: gzip\n", bytes.substr(0, bytes.size() / 2));
  EXPECT_TRUE(DecodedBody(cut).truncated());
  EXPECT_EQ(DecodedBody(cut).error().substr(0, 24), "gzip: ends too early at ");
  cut.body_size = bytes.size();
  EXPECT_TRUE(DecodedBody(cut).truncated());
  EXPECT_EQ(DecodedBody(cut).error(), "");
}

TEST(DecodedBody, BoundsWhatItMakes) {
  std::string digits;
  for (int i = 0; digits.size() < 2 * kMaxDecodedBody; ++i) digits += std::to_string(i);
  const Message big = answer_with("Content-Encoding: gzip\n", gzipped(digits));
  const DecodedBody body(big);
  EXPECT_EQ(body.text().size(), kMaxDecodedBody);
  EXPECT_TRUE(body.truncated());
  EXPECT_NE(body.error().find("expands to more than"), std::string::npos);

  const std::string same(4'000'000, 'x');
  const Message dense = answer_with("Content-Encoding: zstd\n", zstd_coded(same));
  EXPECT_EQ(DecodedBody(dense).text().size(),
            std::max(kFreeExpansion, dense.body.size() * kMaxExpansion));

  const Message large = answer_with("", std::string(kMaxDecodedBody + 10, 'x'));
  EXPECT_EQ(DecodedBody(large).text().size(), kMaxDecodedBody);
  EXPECT_TRUE(DecodedBody(large).truncated());
}

TEST(DecodedBody, BecomesUtf8) {
  const Message marked = answer_with("", "\xEF\xBB\xBF<a/>");
  EXPECT_EQ(DecodedBody(marked).text(), "<a/>");
  EXPECT_EQ(DecodedBody(marked).text().data(), marked.body.data() + 3);
  const Message wide = answer_with("", "\xFF\xFE<\0a\0/\0>\0"s);
  EXPECT_EQ(DecodedBody(wide).text(), "<a/>");
  const Message labelled =
      answer_with("Content-Type: text/xml; Charset=\"iso-8859-1\"; x=y\n", "<a>\xFC</a>");
  EXPECT_EQ(DecodedBody(labelled).text(), "<a>\xC3\xBC</a>");
  const Message both = answer_with("Content-Encoding: gzip\n", gzipped("\xFE\xFF\0<\0a"s));
  EXPECT_EQ(DecodedBody(both).text(), "<a");
}

TEST(DecodedBody, OfABinaryTypeStaysAsItIs) {
  const std::string bytes = "\xFF\xFE\x01\x02"s;
  EXPECT_EQ(DecodedBody(answer_with("Content-Type: application/mapi-http\n", bytes)).text(), bytes);
  EXPECT_NE(DecodedBody(answer_with("", bytes)).text(), bytes);
}

TEST(DecodedBody, OfNothingIsEmpty) {
  EXPECT_TRUE(DecodedBody(Message{}).empty());
  const Message coded = answer_with("Content-Encoding: gzip\n", "");
  EXPECT_TRUE(DecodedBody(coded).empty());
  EXPECT_EQ(DecodedBody(coded).error(), "");
}

TEST(MimeType, HasNoParameters) {
  EXPECT_EQ(mime_type(answer_with("Content-Type: Text/XML ; charset=utf-8\n", "")), "Text/XML");
  EXPECT_EQ(mime_type(answer_with("", "")), "");
}

TEST(BeginsAs, TellsPagesFromDocuments) {
  EXPECT_TRUE(begins_as_html("\r\n <!DOCTYPE HTML PUBLIC>"));
  EXPECT_TRUE(begins_as_html("\xEF\xBB\xBF<html>"));
  EXPECT_FALSE(begins_as_html("<Autodiscover>"));
  EXPECT_TRUE(begins_as_xml("<?xml version='1.0'?>"));
  EXPECT_TRUE(begins_as_xml("\n<s:Envelope>"));
  EXPECT_FALSE(begins_as_xml("<html>"));
  EXPECT_FALSE(begins_as_xml("{\"a\":\"<b>\"}"));
  EXPECT_FALSE(begins_as_xml("<"));
  EXPECT_FALSE(begins_as_xml("< 5"));
  EXPECT_FALSE(begins_as_xml(""));
}

}  // namespace
}  // namespace exotap
