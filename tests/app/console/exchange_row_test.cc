#include "app/console/exchange_row.h"

#include <gtest/gtest.h>

#include "app/console/display_text.h"
#include "decoders/answer_failure.h"
#include "decoders/process.h"
#include "decoders/service.h"
#include "decoders/tls.h"
#include "tests/capture/judged.h"
#include "tests/capture/known_key.h"

namespace exotap {
namespace {

class ExchangeRowTest : public testing::Test {
 protected:
  ExchangeRow row(const Told& told) { return row_of(told.exchange, told.facts, redaction_); }
  std::string line(const ExchangeRow& row, std::size_t columns = 100, Style style = {}) {
    std::string out;
    append_row(out, row, "12:31:07", columns, style);
    return out;
  }

  Redaction redaction_{false, known_pseudonyms()};
};

TEST_F(ExchangeRowTest, OneLineInColumns) {
  EXPECT_EQ(line(row(healthy(1, 1)), 90),
            "12:31:07  200   POST outlook.office365.com/mapi/emsmdb/          "
            "mail (MAPI)         84 ms\n");
  EXPECT_EQ(line(row(refused(1, 1)), 80),
            "12:31:07  FAIL  CONNECT adfs.contoso.com:443           refused             21 ms\n");
}

TEST_F(ExchangeRowTest, FillsTheWindowAndNoMore) {
  Told told = healthy(1, 1, std::string(200, 'h'), "/\xE6\x97\xA5" + std::string(300, 'p'));
  for (const std::size_t columns : {70U, 80U, 133U, 250U}) {
    for (const Style style : {Style{}, Style{false, true}}) {
      ExchangeRow shown = row(told);
      shown.count = 1234;
      const std::string text = line(shown, columns, style);
      EXPECT_LE(display_width(text.substr(0, text.size() - 1)), columns);
      EXPECT_GE(display_width(text.substr(0, text.size() - 1)), columns - 1);
    }
  }
}

TEST_F(ExchangeRowTest, UnusualPortsAreShown) {
  Told told = healthy(1, 1, "mail.contoso.com", "/x");
  told.facts.add(fact::kUrlPort, 8443);
  EXPECT_EQ(row(told).subject, "POST mail.contoso.com:8443/x");
}

TEST_F(ExchangeRowTest, CountsStandBehindTheSubject) {
  ExchangeRow twelve = row(healthy(1, 1));
  twelve.count = 12;
  EXPECT_NE(line(twelve).find("/mapi/emsmdb/ x12  "), std::string::npos);
  EXPECT_NE(line(twelve, 100, {false, true}).find("/mapi/emsmdb/ \u00D712 "), std::string::npos);
}

TEST_F(ExchangeRowTest, AQuestionOfExotapsOwnSaysSo) {
  Told told;
  told.facts.add(fact::kUrlDomain, "sts.contoso.com");
  told.facts.add(fact::kExotapMailRelated, true);
  told.facts.add(fact::kExotapProbe, "certificate");
  EXPECT_EQ(row(told).status, "ask");
  EXPECT_EQ(row(told).subject, "sts.contoso.com");
  EXPECT_EQ(row(told).purpose, "certificate asked");
  told.facts.add(fact::kTlsCertificateProblem, "expired");
  EXPECT_EQ(row(told).purpose, "bad certificate");
  Told silent;
  silent.facts.add(fact::kExotapProbe, "certificate");
  silent.facts.add(fact::kExotapProbeError, "Nothing answered.");
  EXPECT_EQ(row(silent).purpose, "no certificate");
}

TEST_F(ExchangeRowTest, WhoAskedStandsBesideWhom) {
  Told told = healthy(1, 1);
  state_process({"OUTLOOK.EXE", 4711}, told.facts);
  EXPECT_EQ(line(row(told), 90),
            "12:31:07  200   POST outlook.office365.com/..smdb/  OUTLOOK.EXE  "
            "mail (MAPI)         84 ms\n");
}

TEST_F(ExchangeRowTest, InAWideWindowProcessesHaveAColumn) {
  Told one = healthy(1, 1);
  Told other = healthy(2, 1);
  state_process({"curl", 1}, one.facts);
  state_process({"gnome-control-center", 1}, other.facts);
  const std::string short_name = line(row(one), 100);
  const std::string long_name = line(row(other), 100);
  EXPECT_EQ(short_name.find("  curl          mail"), long_name.find("  gnome-contro  mail"));
  EXPECT_NE(short_name.find("  curl          mail"), std::string::npos) << short_name;
}

TEST_F(ExchangeRowTest, ALongNameIsCutAndTheLineIsNoWider) {
  Told refusal = refused(1, 1);
  state_process({"gnome-control-center", 1}, refusal.facts);
  for (const std::size_t columns : {70U, 80U, 100U, 250U}) {
    const std::string text = line(row(refusal), columns);
    EXPECT_NE(text.find("CONNECT a"), std::string::npos) << text;
    EXPECT_NE(text.find("  gnom"), std::string::npos) << text;
    EXPECT_LE(display_width(text.substr(0, text.size() - 1)), columns);
  }
}

TEST_F(ExchangeRowTest, TwoProgramsAreNotFoldedIntoOne) {
  Told curl = healthy(1, 1);
  state_process({"curl", 1}, curl.facts);
  EXPECT_NE(likeness_of(curl.facts), likeness_of(healthy(1, 1).facts));
}

TEST_F(ExchangeRowTest, NothingOfTheWireSteersTheTerminal) {
  Told told = healthy(1, 1, "evil\x1b[2J\nhost", "/\x07\x9b\xff\r");
  const std::string text = line(row(told), 200, {true, true});
  EXPECT_EQ(text.find("\x1b[2J"), std::string::npos);
  EXPECT_EQ(text.find('\n'), text.size() - 1);
  EXPECT_EQ(text.find('\r'), std::string::npos);
}

TEST_F(ExchangeRowTest, SecretsAreGone) {
  Told told = healthy(1, 1, "host", "/cb?code=Can4ry&x=eyJhbGciOiJub25lIn0.eyJDYW40cnki");
  EXPECT_EQ(row(told).subject.find("Can4ry"), std::string::npos);
}

TEST_F(ExchangeRowTest, UnrelatedOnesStayInTheBackground) {
  EXPECT_TRUE(row(refused(1, 1, /*mail_related=*/false)).dim);
  EXPECT_FALSE(row(refused(1, 1, /*mail_related=*/false)).bad);
  EXPECT_TRUE(row(refused(1, 1)).bad);
}

TEST_F(ExchangeRowTest, TunnelledHostsPassUntouched) {
  Told told = healthy(1, 1);
  told.facts.add(fact::kExotapHandling, "tunnelled");
  EXPECT_EQ(row(told).purpose, "passed untouched");
}

TEST_F(ExchangeRowTest, ATunnelThatIsNoneOfMailsNamesItsService) {
  Told told = healthy(1, 1, "teams.microsoft.com", "/");
  told.facts.clear();
  told.facts.add(fact::kExotapHandling, "tunnelled");
  EXPECT_EQ(row(told).purpose, "passed untouched");
  told.facts.add(fact::kServiceName, "Microsoft Teams");
  EXPECT_EQ(row(told).purpose, "Microsoft Teams");
  told.facts.add(fact::kExotapMailRelated, true);
  EXPECT_EQ(row(told).purpose, "passed untouched");
}

TEST_F(ExchangeRowTest, AFailureInsideAnAnswerStandsInItsLine) {
  Told told = healthy(1, 1);
  told.facts.add(kAnswerFailure, "ErrorItemNotFound");
  EXPECT_EQ(line(row(told), 90),
            "12:31:07  200   POST outlook.office365.com/mapi/emsmdb/          "
            "ErrorItemNotFound   84 ms\n");
  EXPECT_NE(likeness_of(told.facts), likeness_of(healthy(1, 1).facts));
  Told hostile = healthy(1, 1);
  hostile.facts.add(kAnswerFailure, "a\x1b[2J\nb");
  EXPECT_EQ(row(hostile).purpose.find_first_of("\x1b\n"), std::string::npos);
}

TEST_F(ExchangeRowTest, LikenessIsWhomWhatAndHowItEnded) {
  EXPECT_EQ(likeness_of(healthy(1, 1).facts), likeness_of(healthy(2, 2).facts));
  EXPECT_NE(likeness_of(healthy(1, 1).facts), likeness_of(healthy(1, 1, "other.host").facts));
  EXPECT_NE(likeness_of(healthy(1, 1).facts), likeness_of(failing(1, 1).facts));
  EXPECT_NE(likeness_of(failing(1, 1, 500).facts), likeness_of(failing(1, 1, 503).facts));
}

}  // namespace
}  // namespace exotap
