#include "decoders/mapi/rops.h"

#include <gtest/gtest.h>

#include "tests/decoders/mapi/mapi_writer.h"

namespace exotap {
namespace {

using testing::MapiBytes;
using testing::rop_buffer;

std::string logon(std::uint32_t value) {
  return MapiBytes().byte(0xFE).byte(0).dword(value).bytes();
}

TEST(FirstRop, TellsWhatItReturned) {
  const FirstRop rop = read_first_rop(rop_buffer(logon(0x80070005), 4));
  EXPECT_EQ(rop.id, kRopLogon);
  EXPECT_EQ(rop.return_value, 0x80070005U);
  EXPECT_FALSE(rop.compressed || rop.cut);
}

TEST(FirstRop, IsReadThroughTheObfuscation) {
  const FirstRop rop = read_first_rop(rop_buffer(logon(0x3EB), 6));
  EXPECT_EQ(rop.return_value, 0x3EBU);
}

TEST(FirstRop, OfARedirectNamesTheServer) {
  const std::string name = "/o=Contoso/ou=Exchange/cn=Configuration/cn=Servers/cn=MBX02";
  const std::string rops = MapiBytes()
                               .byte(0xFE)
                               .byte(0)
                               .dword(0x478)
                               .byte(1)
                               .byte(static_cast<unsigned>(name.size()) + 1)
                               .ascii(name)
                               .bytes();
  EXPECT_EQ(read_first_rop(rop_buffer(rops, 6)).server, name);
  const FirstRop cut = read_first_rop(rop_buffer(std::string_view(rops).substr(0, 20), 4));
  EXPECT_EQ(cut.return_value, 0x478U);
}

TEST(FirstRop, InACompressedBufferIsNotRead) {
  const FirstRop rop = read_first_rop(rop_buffer(logon(5), 1));
  EXPECT_TRUE(rop.compressed);
  EXPECT_FALSE(rop.id);
}

TEST(FirstRop, OfAnEmptyListIsNone) {
  EXPECT_FALSE(read_first_rop(rop_buffer("", 4)).id);
  EXPECT_FALSE(read_first_rop("").cut);
}

TEST(FirstRop, WithoutAReturnValueHasNone) {
  const FirstRop notify = read_first_rop(rop_buffer(MapiBytes().byte(0x2A).dword(7).bytes(), 4));
  EXPECT_EQ(notify.id, 0x2A);
  EXPECT_FALSE(notify.return_value);
  const FirstRop backoff =
      read_first_rop(rop_buffer(MapiBytes().byte(0xF9).byte(0).dword(30000).byte(0).bytes(), 4));
  EXPECT_EQ(backoff.backoff, 30000U);
  EXPECT_FALSE(backoff.return_value);
}

TEST(FirstRop, ThatIsNotWholeIsCut) {
  const std::string whole = rop_buffer(logon(5), 4);
  for (std::size_t size = 1; size < 16; ++size) {
    const FirstRop rop = read_first_rop(std::string_view(whole).substr(0, size));
    EXPECT_FALSE(rop.return_value) << size;
    EXPECT_TRUE(rop.cut) << size;
  }
}

TEST(RopName, IsTheSpecificationsOrANumber) {
  EXPECT_EQ(rop_name(0xFE), "RopLogon");
  EXPECT_EQ(rop_name(0xF9), "RopBackoff");
  EXPECT_EQ(rop_name(0x02), "ROP 0x02");
}

}  // namespace
}  // namespace exotap
