#include "app/desktop/proxy_journal.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

ProxyJournal sample() {
  return {"GNOME",
          {42, "boot:17"},
          {{"autoconfig-url", "'http://wpad/\\'\"\n\xE2\x80\xAE'"}, {"mode", "'manual'"}},
          {{"autoconfig-url", "'http://127.0.0.1:1/proxy.pac'"}, {"mode", "'auto'"}}};
}

TEST(ProxyJournal, ComesBackToTheByte) {
  const auto read = parse_journal(to_text(sample()));
  ASSERT_TRUE(read) << read.error;
  EXPECT_EQ(read->desktop, "GNOME");
  EXPECT_EQ(read->process, sample().process);
  EXPECT_EQ(read->former, sample().former);
  EXPECT_EQ(read->ours, sample().ours);
}

TEST(ProxyJournal, APartOfItIsNoJournal) {
  const std::string whole = to_text(sample());
  // The last byte is a line end, and the object is whole before it.
  for (std::size_t size = 0; size + 1 < whole.size(); ++size) {
    EXPECT_FALSE(parse_journal(whole.substr(0, size))) << size;
  }
}

TEST(ProxyJournal, OtherTextsAreNone) {
  ProxyJournal journal = sample();
  journal.ours.pop_back();
  EXPECT_FALSE(parse_journal(to_text(journal))) << "values that do not fit";
  journal = sample();
  journal.ours[0].name = "other";
  EXPECT_FALSE(parse_journal(to_text(journal)));
  journal = sample();
  journal.process.id = 0;
  EXPECT_FALSE(parse_journal(to_text(journal)));
  EXPECT_FALSE(parse_journal(R"({"format": "exotap-system-proxy-2"})"));
  EXPECT_FALSE(parse_journal("[]"));
  EXPECT_FALSE(parse_journal(std::string(kMaxJournal + 1, ' ')));
}

}  // namespace
}  // namespace exotap
