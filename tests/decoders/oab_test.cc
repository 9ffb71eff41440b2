#include "decoders/oab.h"

#include <gtest/gtest.h>

#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_declared;
using testing::expect_facts;
using testing::stated_by;
using testing::value_of;
using testing::values_of;

constexpr std::string_view kGuid = "5508eb6d-8d2a-4ee8-a5e5-1d2f9b2d1fbc";

Facts of(std::string_view file, std::string_view answer) {
  return stated_by(kOabDecoder,
                   testing::exchange("GET /OAB/" + std::string(kGuid) + "/" + std::string(file) +
                                         " HTTP/1.1\nHost: outlook.office365.com\n",
                                     answer));
}

Facts of_manifest(std::string_view document) {
  return of("oab.xml", "HTTP/1.1 200 OK\nContent-Type: text/xml\n\n" + std::string(document));
}

TEST(OabDecoder, TellsWhichBookAndWhatOfIt) {
  expect_facts(of("oab.xml", ""), {{"oab.guid", kGuid}, {"oab.file", "manifest"}});
  const std::string base(kGuid);
  EXPECT_EQ(value_of(of(base + "-data-12.lzx", ""), "oab.file"), "full");
  EXPECT_EQ(value_of(of(base + "-binpatch-13.lzx", ""), "oab.file"), "changes");
  EXPECT_EQ(value_of(of(base + "-lng0409-12.lzx", ""), "oab.file"), "template");
  EXPECT_EQ(value_of(of(base + "-mac0409-12.lzx", ""), "oab.file"), "template");
  EXPECT_EQ(value_of(of("favicon.ico", ""), "oab.file"), "other");
  EXPECT_EQ(value_of(of("", ""), "oab.file"), "other");
}

TEST(OabDecoder, ReadsTheManifest) {
  const Facts facts = of_manifest(
      "<?xml version=\"1.0\"?><OAB><OAL id=\"1\" dn=\"/guid=2\" name=\"\\All Rooms\">"
      "<Full seq=\"2\" ver=\"32\" size=\"554\" uncompressedsize=\"1165\">x-data-2.lzx</Full>"
      "<Template seq=\"2\" langid=\"0409\" type=\"windows\">x-lng0409-2.lzx</Template>"
      "<Diff seq=\"2\">x-binpatch-2.lzx</Diff></OAL><OAL name=\"\\Global Address List\">"
      "<Full seq=\"4\" size=\"574\"/><Diff seq=\"3\"/><Diff seq=\"4\"/></OAL></OAB>");
  EXPECT_EQ(values_of(facts, "oab.name"),
            (std::vector<std::string>{"\\All Rooms", "\\Global Address List"}));
  EXPECT_EQ(values_of(facts, "oab.sequence"), (std::vector<std::string>{"2", "4"}));
  EXPECT_EQ(values_of(facts, "oab.size"), (std::vector<std::string>{"554", "574"}));
  EXPECT_EQ(value_of(facts, "oab.changes"), "3");
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
  expect_declared(facts, kOabDecoder);
}

TEST(OabDecoder, AWebPageIsNoAddressBook) {
  constexpr std::string_view kPage = "HTTP/1.1 200 OK\nContent-Type: text/html\n\n<html>Sign in";
  EXPECT_EQ(value_of(of("oab.xml", kPage), "answer.failure"),
            "a web page instead of the address book");
  EXPECT_EQ(value_of(of("a-data-1.lzx", kPage), "answer.failure"),
            "a web page instead of the address book");
  EXPECT_EQ(value_of(of("oab.xml", "HTTP/1.1 404 Not Found\n\n<html>"), "answer.failure"),
            "(absent)");
}

TEST(OabDecoder, BrokenManifestsAreSaidToBe) {
  EXPECT_EQ(value_of(of_manifest(""), "decode.oab.error"), "(absent)");
  EXPECT_NE(value_of(of_manifest("<OAB><OAL name=\"a\"></OAB>"), "decode.oab.error"), "(absent)");
  std::string many = "<OAB>";
  for (int i = 0; i < 100; ++i) many += "<OAL name=\"a\"><Full seq=\"x\"/></OAL>";
  const Facts facts = of_manifest(many + "</OAB>");
  EXPECT_EQ(values_of(facts, "oab.name").size(), 8U);
  EXPECT_EQ(value_of(facts, "oab.sequence"), "(absent)");
}

TEST(OabDecoder, LeavesOthersAlone) {
  EXPECT_FALSE(kOabDecoder.recognises(testing::exchange("GET /owa/ HTTP/1.1\n", "")));
  EXPECT_FALSE(kOabDecoder.recognises(Exchange{}));
  EXPECT_EQ(
      value_of(stated_by(kOabDecoder, testing::exchange("GET /oab/no-guid/oab.xml HTTP/1.1\n", "")),
               "oab.guid"),
      "(absent)");
}

}  // namespace
}  // namespace exotap
