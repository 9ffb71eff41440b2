#include "decoders/http_date.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace exotap {
namespace {

std::string shown(std::int64_t seconds) {
  TimeText buffer;
  return std::string(rfc3339(seconds, buffer));
}

TEST(HttpDate, ExampleOfTheStandard) {  // RFC 9110 section 5.6.7
  EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), 784111777);
}

TEST(HttpDate, LeapDaysAndTheBeginningOfTime) {
  EXPECT_EQ(parse_http_date("Thu, 01 Jan 1970 00:00:00 GMT"), 0);
  EXPECT_EQ(parse_http_date("Tue, 29 Feb 2000 12:00:00 GMT"), 951825600);
  EXPECT_EQ(parse_http_date("Mon, 29 Feb 1999 12:00:00 GMT"), std::nullopt);
}

TEST(HttpDate, AnythingElseIsNoDate) {
  EXPECT_EQ(parse_http_date(""), std::nullopt);
  EXPECT_EQ(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT"), std::nullopt);
  EXPECT_EQ(parse_http_date("Sun Nov  6 08:49:37 1994"), std::nullopt);
  EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 25:49:37 GMT"), std::nullopt);
  EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 UTC"), std::nullopt);
  EXPECT_EQ(parse_http_date("Sun, 00 Nov 1994 08:49:37 GMT"), std::nullopt);
  EXPECT_EQ(parse_http_date("Sun, 06 ovD 1994 08:49:37 GMT"), std::nullopt);
  EXPECT_EQ(parse_http_date("Sun, 06 Nov 19x4 08:49:37 GMT"), std::nullopt);
}

TEST(ParseRfc3339, ReadsWhatTokensSay) {
  EXPECT_EQ(parse_rfc3339("1994-11-06T08:49:37Z"), 784111777);
  EXPECT_EQ(parse_rfc3339("1994-11-06T08:49:37.373Z"), 784111777);
  EXPECT_EQ(parse_rfc3339("1994-11-06t08:49:37z"), 784111777);
  EXPECT_EQ(parse_rfc3339("1994-11-06T08:49:37"), 784111777);
  EXPECT_EQ(parse_rfc3339("1994-11-06T09:49:37+01:00"), 784111777);
  EXPECT_EQ(parse_rfc3339("1994-11-06T01:49:37.0000000-07:00"), 784111777);
  EXPECT_EQ(parse_rfc3339("2993-06-17T14:59:14Z"), 32297324354);
}

TEST(ParseRfc3339, RefusesWhatIsNone) {
  for (const char* text :
       {"", "1994-11-06", "1994-11-06T08:49", "1994-11-06 08:49:37Z", "1994-13-06T08:49:37Z",
        "1994-02-30T08:49:37Z", "1994-11-06T24:00:00Z", "1994-11-06T08:60:37Z",
        "1994-11-06T08:49:37.Z", "1994-11-06T08:49:37+1:00", "1994-11-06T08:49:37+01:60",
        "1994-11-06T08:49:37Zx", "199x-11-06T08:49:37Z", "1994-11-06T08:49:37+15:00"}) {
    EXPECT_EQ(parse_rfc3339(text), std::nullopt) << text;
  }
}

TEST(Rfc3339, ShowsUtc) {
  EXPECT_EQ(shown(784111777), "1994-11-06T08:49:37Z");
  EXPECT_EQ(shown(0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(shown(-1), "1969-12-31T23:59:59Z");
  EXPECT_EQ(shown(253402300799), "9999-12-31T23:59:59Z");
}

TEST(Rfc3339, NothingForYearsThatHaveNoFourDigits) {
  EXPECT_EQ(shown(253402300800), "");
  EXPECT_EQ(shown(-62167219201), "");
  EXPECT_EQ(shown(std::numeric_limits<std::int64_t>::max()), "");
  EXPECT_EQ(shown(std::numeric_limits<std::int64_t>::min()), "");
}

TEST(GeneralizedTime, IsReadAsKerberosWritesIt) {
  EXPECT_EQ(parse_generalized_time("19941106084937Z"), 784111777);
  EXPECT_EQ(parse_generalized_time("19700101000000Z"), 0);
  for (const char* text : {"", "19941106084937", "19941306084937Z", "19940231084937Z",
                           "19941106244937Z", "1994110608493xZ", "19941106084937+00"}) {
    EXPECT_FALSE(parse_generalized_time(text)) << text;
  }
}

}  // namespace
}  // namespace exotap
