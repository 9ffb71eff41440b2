#include "capture/timestamp.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;

const WallTime kNoon = sys_days(std::chrono::November / 22 / 2026) + 12h + 31min + 7s + 250us;

std::string written(WallTime time) {
  std::string out;
  append_timestamp(out, time);
  return out;
}

TEST(Timestamp, IsRfc3339WithMicrosecondsInUtc) {
  EXPECT_EQ(written(kNoon), "2026-11-22T12:31:07.000250Z");
  EXPECT_EQ(written(kNoon + 999ns), "2026-11-22T12:31:07.000250Z");
  EXPECT_EQ(written(sys_days(std::chrono::February / 29 / 2028)), "2028-02-29T00:00:00.000000Z");
}

TEST(Timestamp, IsReadAsItIsWritten) {
  EXPECT_EQ(parse_timestamp(written(kNoon)), kNoon);
  EXPECT_EQ(parse_timestamp("2026-11-22T12:31:07Z"), kNoon - 250us);
  EXPECT_EQ(parse_timestamp("2026-11-22T12:31:07.5Z"), kNoon - 250us + 500ms);
  EXPECT_EQ(parse_timestamp("2026-11-22T12:31:07.000250999Z"), kNoon);
}

TEST(Timestamp, AnythingElseIsNotRead) {
  for (const char* text :
       {"", "Z", "2026-11-22", "2026-11-22T12:31:07", "2026-11-22T12:31:07+01:00",
        "2026-02-30T12:31:07Z", "2026-11-22T24:31:07Z", "2026-11-22T12:61:07Z",
        "2026-11-22 12:31:07Z", "2026-11-22T12:31:07.Z", "2026-11-22T12:31:07.xZ",
        "9999-11-22T12:31:07Z", "1900-01-01T00:00:00Z"}) {
    EXPECT_FALSE(parse_timestamp(text)) << text;
  }
}

TEST(Timestamp, TimesOutsideAreTheNearestInside) {
  EXPECT_EQ(written(WallTime::max()), "2199-12-31T23:59:59.999999Z");
  EXPECT_EQ(written(WallTime::min()), "1970-01-01T00:00:00.000000Z");
}

TEST(Timestamp, NamesAFile) { EXPECT_EQ(file_stamp(kNoon), "20261122-123107"); }

}  // namespace
}  // namespace exotap
