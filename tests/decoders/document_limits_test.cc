#include "decoders/document_limits.h"

#include <gtest/gtest.h>

#include <string>

#include "decoders/json.h"
#include "decoders/xml.h"

namespace exotap {
namespace {

std::string repeated(std::string_view part, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += part;
  return out;
}

std::string nested_xml(std::size_t depth) {
  return repeated("<a b='>'>", depth) + "text<!-- <a><a> --><![CDATA[<a><a>]]>" +
         repeated("</a>", depth);
}

std::string nested_json(std::size_t depth) {
  return repeated("[", depth) + "\"[[[\\\"[[\"" + repeated("]", depth);
}

TEST(XmlLimit, DepthIsCountedAsTheParserDoes) {
  EXPECT_EQ(xml_limit(nested_xml(kMaxXmlDepth)), "");
  EXPECT_TRUE(XmlDocument(nested_xml(kMaxXmlDepth)).ok());
  EXPECT_EQ(xml_limit(nested_xml(kMaxXmlDepth + 1)), "xml_depth");
  EXPECT_FALSE(XmlDocument(nested_xml(kMaxXmlDepth + 1)).ok());
  const std::string beside =
      repeated("<a>", kMaxXmlDepth - 1) + repeated("<b/><b></b>", 300) + repeated("</a>", 199);
  EXPECT_EQ(xml_limit(beside), "");
  EXPECT_EQ(xml_limit("<?p >" + repeated("<a>", 300) + "?><!DOCTYPE r [<!ENTITY e \"" +
                      repeated("<a>", 300) + "\">]><r/>"),
            "");
}

TEST(XmlLimit, TagsAreCountedAsTheParserDoes) {
  const auto wide = [](std::size_t tags) { return "<r>" + repeated("<a/>", tags - 2) + "</r>"; };
  EXPECT_EQ(xml_limit(wide(kMaxXmlTags)), "");
  EXPECT_TRUE(XmlDocument(wide(kMaxXmlTags)).ok());
  EXPECT_EQ(xml_limit(wide(kMaxXmlTags + 1)), "xml_tags");
  EXPECT_FALSE(XmlDocument(wide(kMaxXmlTags + 1)).ok());
  EXPECT_EQ(xml_limit("<r>" + std::string(kMaxXmlBytes, 'x') + "</r>"), "xml_size");
}

TEST(XmlLimit, WhatBreaksOffBreaksNothing) {
  const std::string long_enough(1000, ' ');
  for (const char* end : {"<", "<a", "<a b='", "</", "<!--", "<![CDATA[", "<?x", "</a></a>"}) {
    EXPECT_EQ(xml_limit(long_enough + end), "") << end;
  }
  EXPECT_EQ(xml_limit(""), "");
}

TEST(JsonLimit, DepthIsCountedAsTheParserDoes) {
  EXPECT_EQ(json_limit(nested_json(kMaxJsonDepth)), "");
  EXPECT_TRUE(JsonDocument(nested_json(kMaxJsonDepth)).ok());
  EXPECT_EQ(json_limit(nested_json(kMaxJsonDepth + 1)), "json_depth");
  EXPECT_FALSE(JsonDocument(nested_json(kMaxJsonDepth + 1)).ok());
}

TEST(JsonLimit, ValuesAreCountedAsTheParserDoes) {
  const auto wide = [](std::size_t values) {
    return "{\"a\":{},\"b\":[ ],\"c\":[1" + repeated(",2", values - 5) + "]}";
  };
  EXPECT_EQ(json_limit(wide(kMaxJsonValues)), "");
  EXPECT_TRUE(JsonDocument(wide(kMaxJsonValues)).ok());
  EXPECT_EQ(json_limit(wide(kMaxJsonValues + 1)), "json_values");
  EXPECT_FALSE(JsonDocument(wide(kMaxJsonValues + 1)).ok());
  EXPECT_EQ(json_limit("\"" + std::string(kMaxJsonBytes, 'x') + "\""), "json_size");
}

TEST(JsonLimit, WhatBreaksOffBreaksNothing) {
  const std::string long_enough(100, ' ');
  for (const char* end : {"\"", "\"\\", "\"\\\"", "[", "{\"a\":", "]]]]", ","}) {
    EXPECT_EQ(json_limit(long_enough + end), "") << end;
  }
}

}  // namespace
}  // namespace exotap
