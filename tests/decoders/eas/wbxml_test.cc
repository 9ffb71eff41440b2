#include "decoders/eas/wbxml.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/eas/wbxml_text.h"

namespace exotap::eas {
namespace {

using testing::document;
using testing::in;
using testing::opaque;
using testing::text;
using Event = WbxmlReader::Event;
using namespace std::string_literals;

// The events as one text: "<Sync 'x' >" and what ended them.
std::string read(std::string_view bytes) {
  WbxmlReader reader(bytes);
  std::string out;
  for (;;) {
    switch (reader.next()) {
      case Event::open:
        out += "<" + std::string(element_name(reader.path().back())) + " ";
        break;
      case Event::text:
        out += "'" + std::string(reader.text()) + "' ";
        break;
      case Event::opaque:
        out += "[" + std::to_string(reader.text().size()) + "] ";
        break;
      case Event::close:
        out += "> ";
        break;
      case Event::end:
        return out + "end";
      case Event::cut:
        return out + "cut";
      case Event::broken:
        return out + std::string(reader.error()) + " at " + std::to_string(reader.offset());
    }
  }
}

TEST(Wbxml, ReadsElementsTextAndPages) {
  EXPECT_EQ(read("\x03\x01\x6A\x00\x00\x07\x56\x52\x03\x30\x00\x01\x01"s),
            "<FolderSync <SyncKey '0' > > end");
  EXPECT_EQ(
      read(document(in(0, "Sync", in(0, "MoreAvailable", "") + in(17, "Data", opaque("abc"))))),
      "<Sync <MoreAvailable > <Data [3] > > end");
}

TEST(Wbxml, AnElementWithoutContentClosesAtOnce) {
  EXPECT_EQ(read(document("\x45\x14\x13\x01")), "<Sync <MoreAvailable > <GetChanges > > end");
  EXPECT_EQ(read(document("\x05")), "<Sync > end");
}

TEST(Wbxml, ReadsTheStringTableAndEntities) {
  // A public id in the table, then a table of "ab\0cd\0".
  EXPECT_EQ(read("\x03\x00\x00\x6A\x06"s
                 "ab\0cd\0"s
                 "\x45\x83\x03\x83\x00\x02\x81\x20\x01"s),
            "<Sync 'cd' 'ab' '\xC2\xA0' > end");
  EXPECT_EQ(read(document("\x45\x83\x01\x01"s)), "<Sync a string outside the string table at 7");
  EXPECT_EQ(read(document("\x45\x02\xC0\x80\x00\x01"s)), "<Sync '\xF4\x80\x80\x80' > end")
      << "outside the first plane";
  EXPECT_EQ(read(document("\x45\x02\xC4\x80\x00\x01"s)),
            "<Sync an entity that is no character at 9");
}

TEST(Wbxml, AStringBeginsInsideTheTable) {
  EXPECT_EQ(read("\x03\x01\x6A\x03"s
                 "ab\0\x45\x83\x02\x01"s),
            "<Sync '' > end");
  EXPECT_EQ(read("\x03\x01\x6A\x03"s
                 "ab\0\x45\x83\x03\x01"s),
            "<Sync a string outside the string table at 10");
}

TEST(Wbxml, GoesOnAfterElementsItDoesNotKnow) {
  EXPECT_EQ(read(document("\x45\x00\x20\x05\x01"s)), "<Sync < > > end") << "page 32 is not page 0";
  EXPECT_EQ(read(document("\x45\x7B\x03x\x00\x01\x4E\x03"s
                          "3\x00\x01\x01"s)),
            "<Sync < 'x' > <Status '3' > > end");
  EXPECT_EQ(read(document("\x45\x00\x63\x45\x03x\x00\x01\x01"s)), "<Sync < 'x' > > end")
      << "a page nobody knows";
  EXPECT_EQ(read(document("\x45\x44\x05\x03y\x00\x01\x04\x05\x01"s)), "<Sync < 'y' > < > > end")
      << "literal names";
}

TEST(Wbxml, ABodyCutAnywhereTellsWhatCameBefore) {
  const std::string whole =
      document(in(0, "Sync", in(0, "Status", text("5")) + in(17, "Data", opaque("abcdef"))));
  const std::string all = read(whole);
  EXPECT_TRUE(all.ends_with("> > end")) << all;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const std::string part = read(std::string_view(whole).substr(0, size));
    ASSERT_TRUE(part.ends_with("cut")) << size << ": " << part;
    ASSERT_TRUE(all.starts_with(part.substr(0, part.size() - 3))) << size << ": " << part;
  }
}

TEST(Wbxml, SaysWhatIsNoWbxml) {
  EXPECT_EQ(read("<html>"), "no WBXML version at 1");
  EXPECT_EQ(read("\x03\x01\x6A\xFF\xFF\xFF\xFF\x7F"s), "a number of more than 32 bits at 8");
  EXPECT_EQ(read("\x03\x01\x6A\x8F\xFF\xFF\xFF\x7F\x45"s), "cut") << "a string table of 4 GB";
  EXPECT_EQ(read(document("\x45\xC3\x8F\xFF\xFF\xFF\x7F"s
                          "abc")),
            "<Sync cut")
      << "opaque data of 4 GB";
  EXPECT_EQ(read(document("\x01")), "no element at the beginning at 5");
  EXPECT_EQ(read(document("\xC5\x01")), "an element with attributes at 5");
  EXPECT_EQ(read(document("\x45\x43")), "<Sync a token that ActiveSync does not use at 6");
}

TEST(Wbxml, NestingAndSwitchingPagesWithoutEndCostNothing) {
  const std::string deep = read(document(std::string(200'000, '\x45')));
  EXPECT_TRUE(deep.ends_with("elements nested too deeply at 37")) << deep.substr(deep.size() - 60);
  std::string switches;
  for (int i = 0; i < 100'000; ++i) switches += std::string("\x00\x05", 2);
  EXPECT_EQ(read(document(switches)), "cut");
  EXPECT_EQ(read(document("\x45" + switches + std::string("\x00\x00\x01", 3))), "<Sync > end");
}

TEST(Wbxml, StaysWhereItStopped) {
  WbxmlReader reader("\xFF");
  EXPECT_EQ(reader.next(), Event::broken);
  EXPECT_EQ(reader.next(), Event::broken);
  EXPECT_TRUE(reader.path().empty());
}

TEST(Wbxml, IsToldFromMarkUpByItsVersion) {
  EXPECT_TRUE(begins_as_wbxml(document("\x45")));
  EXPECT_FALSE(begins_as_wbxml("<html>"));
  EXPECT_FALSE(begins_as_wbxml("\x03"));
}

}  // namespace
}  // namespace exotap::eas
