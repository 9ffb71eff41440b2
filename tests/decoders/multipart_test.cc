#include "decoders/multipart.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace exotap {
namespace {

// MTOM as Exchange Web Services frame it: the envelope, then what it refers to.
constexpr std::string_view kMtomType =
    "multipart/related; type=\"application/xop+xml\"; start=\"<root@contoso>\"; "
    "boundary=\"uuid:1+id=1\"; start-info=\"text/xml\"";
const std::string kMtom =
    "preamble\r\n--uuid:1+id=1\r\nContent-ID: <photo>\r\nContent-Transfer-Encoding: binary\r\n"
    "\r\n\x01--uuid:1\r\n\x02\r\n--uuid:1+id=1 \t\r\ncontent-type: application/xop+xml;\r\n"
    " charset=UTF-8\r\nContent-ID:<root@contoso>\r\n\r\n<Envelope/>\r\n--uuid:1+id=1--\r\nepilogue";

std::vector<MultipartPart> parts_of(std::string_view body, std::string boundary = "b") {
  std::vector<MultipartPart> parts;
  MultipartReader reader(body, std::move(boundary));
  MultipartPart part;
  while (reader.next(part)) parts.push_back(part);
  return parts;
}

TEST(Multipart, PartsHaveFieldsAndBodies) {
  const auto parts = parts_of(kMtom, "uuid:1+id=1");
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[0].field("content-id"), "<photo>");
  EXPECT_EQ(parts[0].body, "\x01--uuid:1\r\n\x02");
  EXPECT_EQ(parts[0].type(), "text/plain");
  EXPECT_EQ(parts[1].type(), "application/xop+xml");
  EXPECT_EQ(parts[1].field("content-type"), "application/xop+xml;\r\n charset=UTF-8");
  EXPECT_EQ(parts[1].body, "<Envelope/>");
  EXPECT_EQ(parts[1].field("content-disposition"), "");
  EXPECT_TRUE(parts[0].whole && parts[1].whole);
}

TEST(Multipart, TheRootIsTheOneStartNames) {
  EXPECT_EQ(root_part(kMtom, kMtomType).body, "<Envelope/>");
  EXPECT_EQ(root_part(kMtom, "multipart/related; boundary=\"uuid:1+id=1\"").field("content-id"),
            "<photo>");
  EXPECT_EQ(root_part(kMtom, "multipart/related; boundary=\"uuid:1+id=1\"; start=\"<gone>\"")
                .field("content-id"),
            "<photo>");
  EXPECT_EQ(root_part(kMtom, "multipart/related").body, "");
}

TEST(Multipart, LinesMayEndWithALineFeedAlone) {
  const auto parts = parts_of("--b\nA: 1\n\nx\ny\n--b\n\nz\n--b--");
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[0].field("a"), "1");
  EXPECT_EQ(parts[0].body, "x\ny");
  EXPECT_EQ(parts[1].head, "");
  EXPECT_EQ(parts[1].body, "z");
}

TEST(Multipart, WhatBeginsLikeADelimiterIsContent) {
  const auto parts = parts_of("--b\r\n\r\nx--b\r\n--bc\r\n--b--c\r\n-- b\r\n--b--\r\n");
  ASSERT_EQ(parts.size(), 1U);
  EXPECT_EQ(parts[0].body, "x--b\r\n--bc\r\n--b--c\r\n-- b");
}

TEST(Multipart, CutShortAnywhereItIsReadAsFarAsItGoes) {
  for (std::size_t size = 0; size <= kMtom.size(); ++size) {
    MultipartReader reader(std::string_view(kMtom).substr(0, size), "uuid:1+id=1");
    MultipartPart part;
    std::size_t count = 0;
    while (reader.next(part)) ++count;
    EXPECT_LE(count, 2U) << size;
    EXPECT_TRUE(!reader.closed() || size + 12 >= kMtom.size()) << size;
  }
  const auto parts = parts_of("--b\r\nA: 1\r\n\r\nhalf");
  ASSERT_EQ(parts.size(), 1U);
  EXPECT_EQ(parts[0].body, "half");
  EXPECT_FALSE(parts[0].whole);
  EXPECT_EQ(parts_of("--b\r\nContent-Ty").front().head, "Content-Ty");
}

TEST(Multipart, EmptyOnesHaveNoParts) {
  EXPECT_TRUE(parts_of("").empty());
  EXPECT_TRUE(parts_of("text", "b").empty());
  EXPECT_TRUE(parts_of("--b--\r\n").empty());
  EXPECT_TRUE(parts_of("--b\r\n\r\nx\r\n--b--", "").empty());
  EXPECT_TRUE(parts_of("--b\r\n\r\nx\r\n--b--", std::string(kMaxBoundary + 1, 'b')).empty());
  const auto empty = parts_of("--b\r\n\r\n--b--");
  ASSERT_EQ(empty.size(), 1U);
  EXPECT_EQ(empty[0].body, "");
}

TEST(Multipart, CountsAreBounded) {
  std::string exactly;
  for (std::size_t i = 0; i < kMaxMultipartParts; ++i) exactly += "--b\r\n\r\nx\r\n";
  const std::string many = exactly + "--b\r\n\r\nx\r\n--b--";
  exactly += "--b--";
  MultipartPart part;
  MultipartReader reader(many, "b");
  std::size_t count = 0;
  while (reader.next(part)) ++count;
  EXPECT_EQ(count, kMaxMultipartParts);
  EXPECT_TRUE(reader.too_many_parts());
  EXPECT_FALSE(reader.closed());

  MultipartReader all(exactly, "b");
  while (all.next(part)) {
  }
  EXPECT_FALSE(all.too_many_parts());
  EXPECT_TRUE(all.closed());

  std::string head = "--b\r\n";
  while (head.size() <= kMaxMultipartHead + 5) head += "Field: value\r\n";
  head += "\r\nx\r\n--b--";
  MultipartReader long_head(head, "b");
  ASSERT_TRUE(long_head.next(part));
  EXPECT_TRUE(long_head.too_long_head());
  EXPECT_EQ(part.body, "");
}

}  // namespace
}  // namespace exotap
