#include "decoders/mapi/preamble.h"

#include <gtest/gtest.h>

#include <string>

namespace exotap {
namespace {

TEST(MapiPreamble, GivesWordsFieldsAndBody) {
  const MapiPreamble read = read_preamble(
      "PROCESSING\r\nPENDING\r\nPENDING\r\nDONE\r\nX-ElapsedTime: 61234\r\n"
      "X-StartTime: Mon, 02 Mar 2026 08:00:00 GMT\r\nX-ResponseCode: 10\r\n\r\nBODY\r\n");
  EXPECT_TRUE(read.processing);
  EXPECT_TRUE(read.done);
  EXPECT_TRUE(read.whole);
  EXPECT_EQ(read.pendings, 2U);
  EXPECT_EQ(read.elapsed, 61234);
  EXPECT_EQ(read.started, "Mon, 02 Mar 2026 08:00:00 GMT");
  EXPECT_EQ(read.response_code, 10);
  EXPECT_EQ(read.body, "BODY\r\n");
  EXPECT_FALSE(read.broken_at);
}

TEST(MapiPreamble, AnAnswerWithoutFieldsHasABody) {
  const MapiPreamble read = read_preamble("PROCESSING\r\nDONE\r\n\r\n\x01");
  EXPECT_TRUE(read.whole);
  EXPECT_EQ(read.body, "\x01");
  EXPECT_FALSE(read.elapsed);
  EXPECT_FALSE(read.response_code);
}

TEST(MapiPreamble, OfACaptureThatAPersonWroteHasBareLineEnds) {
  const MapiPreamble read = read_preamble("PROCESSING\nPENDING\nDONE\nX-ElapsedTime: 7\n\nBODY");
  EXPECT_TRUE(read.whole);
  EXPECT_EQ(read.elapsed, 7);
  EXPECT_EQ(read.body, "BODY");
}

TEST(MapiPreamble, IsNeverBrokenWhereItIsOnlyNotWholeYet) {
  const std::string whole = "PROCESSING\r\nPENDING\r\nDONE\r\nX-ElapsedTime: 1\r\n\r\n";
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const MapiPreamble read = read_preamble(std::string_view(whole).substr(0, size));
    EXPECT_FALSE(read.broken_at) << size;
    EXPECT_FALSE(read.whole) << size;
    EXPECT_EQ(read.done, size >= 27) << size;
  }
}

TEST(MapiPreamble, SaysWhereAnotherWordStands) {
  EXPECT_EQ(read_preamble("PROCESSING\r\nWORKING\r\nDONE\r\n\r\n").broken_at, 12U);
  EXPECT_EQ(read_preamble("DONE\r\n\r\n").broken_at, 0U);
  EXPECT_EQ(read_preamble("PROCESSING\r\nPROCESSING\r\n").broken_at, 12U);
  EXPECT_EQ(read_preamble("<html>").broken_at, 0U);
  EXPECT_EQ(read_preamble("PROCESSING\r\nDONT").broken_at, 12U);
}

TEST(MapiPreamble, ReadsNoMoreFieldsThanItSays) {
  std::string many = "PROCESSING\r\nDONE\r\n";
  for (std::size_t i = 0; i <= kMaxPreambleFields; ++i) many += "X-Odd: 1\r\n";
  EXPECT_FALSE(read_preamble(many + "\r\nbody").whole);
}

TEST(MapiPreamble, ACodeThatIsNoNumberIsNone) {
  EXPECT_FALSE(read_preamble("PROCESSING\r\nDONE\r\nX-ResponseCode: no\r\n\r\n").response_code);
}

}  // namespace
}  // namespace exotap
