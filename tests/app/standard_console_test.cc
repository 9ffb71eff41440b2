#include "app/standard_console.h"

#include <gmock/gmock.h>

#include "tests/capture/judged.h"

namespace exotap {
namespace {

using testing::HasSubstr;
using testing::Not;

// What stands on standard output when `told` is through with a console of these options.
template <class Told>
std::string printed(ConsoleFormat format, bool quiet, Told told) {
  testing::internal::CaptureStdout();
  Redaction redaction;
  {
    const StandardConsole made = make_standard_console(format, quiet, redaction, "1a2b3c4d");
    told(*made.console);
    made.console->flush();
  }
  return testing::internal::GetCapturedStdout();
}

void failure(Console& console) {
  const Told step = refused(1, 1);
  console.exchange(step.exchange, step.facts);
  console.finding(port_finding(1, 1));
}

TEST(StandardConsole, SaysWhereItListensInTheFormatAskedFor) {
  const auto ready = [](Console& console) { console.listening("127.0.0.1", 8888); };
  EXPECT_THAT(printed(ConsoleFormat::text, false, ready),
              HasSubstr("exotap: listening on 127.0.0.1:8888\n"));
  EXPECT_THAT(printed(ConsoleFormat::json, false, ready),
              HasSubstr(R"({"event.action":"listening","server.address":"127.0.0.1",)"
                        R"("server.port":8888)"));
}

TEST(StandardConsole, AFindingIsToldInEveryFormatAndWithoutColourWhereThereIsNoTerminal) {
  for (const bool quiet : {false, true}) {
    const std::string text = printed(ConsoleFormat::text, quiet, failure);
    EXPECT_THAT(text, HasSubstr("Port 443 of adfs.contoso.com is closed"));
    EXPECT_THAT(text, Not(HasSubstr("\x1b")));
    EXPECT_THAT(printed(ConsoleFormat::json, quiet, failure),
                HasSubstr(R"("message":"Port 443 of adfs.contoso.com is closed")"));
  }
}

TEST(StandardConsole, EventIdsOfJsonBeginWithTheRun) {
  EXPECT_THAT(printed(ConsoleFormat::json, false, failure),
              HasSubstr(R"("event.id":"1a2b3c4d-1")"));
}

TEST(StandardConsole, QuietTellsFindingsOnly) {
  const std::string quiet = printed(ConsoleFormat::json, true, failure);
  EXPECT_THAT(quiet, Not(HasSubstr("exotap.exchange")));
  EXPECT_THAT(quiet, HasSubstr("exotap.finding"));
  const auto step = [](Console& console) {
    const Told told = refused(1, 1);
    console.exchange(told.exchange, told.facts);
  };
  EXPECT_NE(printed(ConsoleFormat::text, false, step), "");
  EXPECT_EQ(printed(ConsoleFormat::text, true, step), "");
}

}  // namespace
}  // namespace exotap
