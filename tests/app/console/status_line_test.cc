#include "app/console/status_line.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

TEST(StatusLine, SaysWhatCameAndWhatWasFound) {
  EXPECT_EQ(tally_words({}, {}), "waiting for Outlook");
  EXPECT_EQ(tally_words({1, 0, 0, 0, 0, {}}, {}), "1 exchange, no findings");
  EXPECT_EQ(tally_words({1284, 3, 2, 14, 0, 4}, {}),
            "1,284 exchanges, 3 failed, 2 findings (x14), 4 open");
  EXPECT_EQ(tally_words({1000000, 0, 1, 1, 7, {}}, {}),
            "1,000,000 exchanges, 1 finding, 7 not examined");
}

TEST(StatusLine, SpeaksGerman) {
  Style style;
  style.words = wording_in("de");
  EXPECT_EQ(tally_words({}, style), "warte auf Outlook");
  EXPECT_EQ(tally_words({1000000, 2, 0, 0, 7, 4}, style),
            "1.000.000 Vorgänge, 2 fehlgeschlagen, keine Befunde, 7 nicht untersucht, 4 offen");
}

TEST(StatusLine, NeverFillsTheLine) {
  std::string out;
  append_status_line(out, {1284, 3, 2, 14, 0, 4}, 20, {});
  EXPECT_LT(out.size(), 20U);
  EXPECT_EQ(out.find('\n'), std::string::npos);
}

TEST(StatusLine, IsErasedFromItsBeginning) {
  std::string out;
  append_status_erasure(out);
  EXPECT_EQ(out, "\r\x1b[K");
}

}  // namespace
}  // namespace exotap
