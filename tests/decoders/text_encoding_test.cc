#include "decoders/text_encoding.h"

#include <gtest/gtest.h>

#include <string>

namespace exotap {
namespace {

using namespace std::string_literals;

TextEncoding encoding_of(std::string_view bytes, std::string_view charset = "") {
  return detect_encoding(bytes, charset).encoding;
}

TEST(DetectEncoding, GoesByTheMarkFirst) {
  EXPECT_EQ(encoding_of("\xEF\xBB\xBF<a/>", "utf-16"), TextEncoding::utf8);
  EXPECT_EQ(detect_encoding("\xEF\xBB\xBF<a/>", "").mark_size, 3U);
  EXPECT_EQ(encoding_of("\xFF\xFE<\0"s), TextEncoding::utf16_le);
  EXPECT_EQ(encoding_of("\xFE\xFF\0<"s), TextEncoding::utf16_be);
  EXPECT_EQ(detect_encoding("\xFE\xFF\0<"s, "").mark_size, 2U);
}

TEST(DetectEncoding, KnowsUtf16WithoutAMark) {
  EXPECT_EQ(encoding_of("<\0a\0"s), TextEncoding::utf16_le);
  EXPECT_EQ(encoding_of("\0<\0a"s), TextEncoding::utf16_be);
  EXPECT_EQ(encoding_of("{\0"s), TextEncoding::utf16_le);
}

TEST(DetectEncoding, DoesNotBelieveAWrongLabel) {
  EXPECT_EQ(encoding_of("<a/>", "utf-16"), TextEncoding::utf8);
  EXPECT_EQ(encoding_of(R"(<?xml version="1.0" encoding="utf-16"?><a/>)"), TextEncoding::utf8);
}

TEST(DetectEncoding, TakesLatin1AsSaid) {
  EXPECT_EQ(encoding_of("<a/>", "ISO-8859-1"), TextEncoding::latin1);
  EXPECT_EQ(encoding_of("<?xml version='1.0' encoding='Windows-1252'?><a/>"), TextEncoding::latin1);
  EXPECT_EQ(encoding_of("text", "iso-8859-1"), TextEncoding::latin1);
  EXPECT_EQ(encoding_of("<?xml version='1.0' encoding="), TextEncoding::utf8);
  EXPECT_EQ(encoding_of("", ""), TextEncoding::utf8);
}

TEST(Utf16ToUtf8, ReadsBothByteOrders) {
  EXPECT_EQ(utf16_to_utf8("a\0\xE4\0\xAC\x20\x3D\xD8\x00\xDE"s, false, 100),
            "a\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80");
  EXPECT_EQ(utf16_to_utf8("\0a\x20\xAC"s, true, 100), "a\xE2\x82\xAC");
}

TEST(Utf16ToUtf8, ReplacesWhatIsNoCharacter) {
  EXPECT_EQ(utf16_to_utf8("\x3D\xD8"
                          "a\0"s,
                          false, 100),
            "\xEF\xBF\xBD"
            "a");
  EXPECT_EQ(utf16_to_utf8("\x00\xDE"s, false, 100), "\xEF\xBF\xBD");
  EXPECT_EQ(utf16_to_utf8("\x3D\xD8"s, false, 100), "\xEF\xBF\xBD");
  EXPECT_EQ(utf16_to_utf8("a\0b"s, false, 100), "a\xEF\xBF\xBD");
}

TEST(TextToUtf8, StopsAtItsLimit) {
  EXPECT_LE(utf16_to_utf8(std::string(100, 'x'), false, 10).size(), 10U);
  EXPECT_LE(latin1_to_utf8(std::string(100, '\xE4'), 11).size(), 11U);
  EXPECT_EQ(latin1_to_utf8("M\xFCller", 100), "M\xC3\xBCller");
}

TEST(DetectEncoding, SaysWhoSaidSo) {
  using Source = EncodingSource;
  EXPECT_EQ(detect_encoding("\xEF\xBB\xBF<a/>", "iso-8859-1").source, Source::mark);
  EXPECT_EQ(detect_encoding("<a/>", "utf-8").source, Source::header);
  EXPECT_EQ(detect_encoding("text", "ISO-8859-1").source, Source::header);
  EXPECT_EQ(detect_encoding("<?xml encoding='utf-8'?>", "").source, Source::declaration);
  EXPECT_EQ(detect_encoding("<a/>", "").source, Source::assumed);
  EXPECT_EQ(detect_encoding("<a/>", "utf-16").source, Source::assumed) << "a wrong label";
  EXPECT_TRUE(detect_encoding("<a/>", "gb2312").unknown_charset);
  EXPECT_FALSE(detect_encoding("<a/>", "us-ascii").unknown_charset);
  EXPECT_EQ(source_name(Source::look), "look");
  EXPECT_EQ(encoding_name(TextEncoding::latin1), "iso-8859-1");
}

TEST(DetectEncoding, TheHeaderCountsBeforeTheDeclarationUnlessTheBytesSayOtherwise) {
  const std::string declared = "<?xml version='1.0' encoding='iso-8859-1'?><a>";
  EXPECT_EQ(detect_encoding(declared + "\xC3\xBC", "utf-8").encoding, TextEncoding::utf8);
  const DetectedEncoding contradicted = detect_encoding(declared + "\xFC</a>", "utf-8");
  EXPECT_EQ(contradicted.encoding, TextEncoding::latin1);
  EXPECT_EQ(contradicted.source, EncodingSource::declaration);
}

TEST(IsUtf8, AcceptsWhatRfc3629Does) {
  for (const char* yes :
       {"", "a", "\xC3\xBC", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xE2\x82", "a\xF0"}) {
    EXPECT_TRUE(is_utf8(yes)) << yes;
  }
  for (const char* no : {"\xFC", "\x80", "\xC0\xAF", "\xE0\x80\x80", "\xED\xA0\x80",
                         "\xF5\x80\x80\x80", "\xF4\x90\x80\x80", "\xC3(", "\xE2(\xAC"}) {
    EXPECT_FALSE(is_utf8(no)) << no;
  }
}

}  // namespace
}  // namespace exotap
