#include "app/console/json_console.h"

#include <gtest/gtest.h>

#include "decoders/json.h"
#include "tests/app/console/paper_screen.h"
#include "tests/capture/judged.h"
#include "tests/capture/known_key.h"

namespace exotap {
namespace {

class JsonConsoleTest : public testing::Test {
 protected:
  std::unique_ptr<Console> open(bool quiet = false) {
    ConsoleWorld world;
    world.now = [] { return noon(); };
    return make_json_console(screen_, redaction_, "run", quiet, world);
  }

  PaperScreen screen_;
  Redaction redaction_{false, known_pseudonyms()};
};

TEST_F(JsonConsoleTest, TheReadyLineIsAPromise) {
  open()->listening("127.0.0.1", 8888);
  EXPECT_EQ(
      screen_.all(),
      "{\"event.action\":\"listening\",\"server.address\":\"127.0.0.1\",\"server.port\":8888}\n");
}

TEST_F(JsonConsoleTest, LinesAreThoseOfTheLog) {
  const auto console = open();
  const Told told = healthy(17, 3);
  console->exchange(told.exchange, told.facts);
  console->finding(port_finding(17, 3));
  console->gap({"analysis queue full", 1, 2});
  EXPECT_TRUE(screen_.writes().empty());
  console->flush();
  ASSERT_EQ(screen_.writes().size(), 1U);

  Ndjson format(redaction_, "run");
  std::string expected;
  format.append_exchange(expected, 17, told.exchange.started, told.facts);
  format.append_finding(expected, port_finding(17, 3),
                        told.exchange.started + told.exchange.timings.total);
  format.append_gap(expected, {"analysis queue full", 1, 2}, noon());
  EXPECT_EQ(screen_.all(), expected);
}

TEST_F(JsonConsoleTest, ARepeatThatIsNoNewsHasNoLineAsInTheLog) {
  const auto console = open(/*quiet=*/true);
  Finding again = port_finding(17, 3);
  again.is_news = false;
  console->finding(again);
  console->flush();
  EXPECT_EQ(screen_.all(), "");
}

TEST_F(JsonConsoleTest, QuietIsFindingsOnly) {
  const auto console = open(/*quiet=*/true);
  const Told told = healthy(17, 3);
  console->exchange(told.exchange, told.facts);
  console->gap({"x", 1, 2});
  console->finding(port_finding(17, 3));
  console->finish({});
  const std::string text = screen_.all();
  EXPECT_EQ(text.find('\n'), text.size() - 1);
  EXPECT_NE(text.find("exotap.finding"), std::string::npos);
}

TEST_F(JsonConsoleTest, NoticesAreObjectsToo) {
  const auto console = open();
  console->notice("the log is not written: \x1b[2J");
  console->finish({"/log", 1});
  const JsonDocument document(screen_.all());
  EXPECT_EQ(document.root()["event.dataset"].text(), "exotap.notice");
  EXPECT_EQ(screen_.all().find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace exotap
