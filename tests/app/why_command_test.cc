#include "app/why_command.h"

#include <gmock/gmock.h>

#include "app/analyze_command.h"
#include "capture/ndjson.h"
#include "tests/app/rulebook.h"
#include "tests/capture/judged.h"

namespace exotap {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class WhyCommand : public Rulebook {
 protected:
  static Spoken analyze(const std::vector<std::string>& words) {
    return speak(analyze_command, words);
  }
  [[nodiscard]] std::string log() const {
    Redaction redaction;
    std::string lines;
    Ndjson ndjson(redaction, "1a2b3c4d");
    for (const Told& told : {healthy(6, 1), refused(7, 1)}) {
      ndjson.append_exchange(lines, told.exchange.id, told.exchange.started, told.facts);
    }
    return file("run.ndjson", lines);
  }
};

TEST_F(WhyCommand, TellsOfOneExchangeOfALog) {
  (void)file("rules/ours.yml", refusal_rule("ours", "low"));
  const std::string rules = (home() / "rules").string();
  for (const char* event : {"7", "1a2b3c4d-7"}) {
    const Spoken said = analyze({log(), "--why", event, "--rules", rules, "--rule", "ours"});
    EXPECT_EQ(said.code, 0) << said.errors;
    EXPECT_THAT(said.out,
                AllOf(StartsWith("1a2b3c4d-7: adfs.contoso.com:443"),
                      HasSubstr("ours: fires\n  yes  error.type is 'tcp'   [seen 'tcp'")));
  }
  EXPECT_THAT(analyze({log(), "--why", "6", "--rules", rules, "--rule", "ours"}).out,
              HasSubstr("ours: stays silent; 1 statement keeps it\n"
                        "  no   error.type is 'tcp'   [not stated]  <--"));
}

TEST_F(WhyCommand, TellsOfAStoryToo) {
  put("teapot.yml", teapot_rule());
  const std::string story = file("brews.yml", page_story(503));
  const Spoken said = analyze({story, "--why", "1", "--rules", folder(), "--rule", "teapot"});
  EXPECT_EQ(said.code, 0) << said.errors;
  EXPECT_THAT(said.out, HasSubstr("\nteapot: stays silent; 1 statement keeps it\n"));
}

TEST_F(WhyCommand, ListsTheExchangesAndTheirFacts) {
  EXPECT_EQ(analyze({log(), "--events"}).out,
            "1a2b3c4d-6  POST outlook.office365.com/mapi/emsmdb/  200\n"
            "1a2b3c4d-7  CONNECT adfs.contoso.com  ECONNREFUSED\n");
  const Spoken facts = analyze({log(), "--facts", "7"});
  EXPECT_EQ(facts.code, 0);
  EXPECT_THAT(facts.out,
              AllOf(StartsWith("1a2b3c4d-7: "), HasSubstr("  error.type = tcp   [connection]\n")));
  EXPECT_EQ(analyze({log(), "--facts", "7", "--events"}).code, 2);
}

TEST_F(WhyCommand, AnUnknownExchangeOrRuleIsNamed) {
  const Spoken event = analyze({log(), "--why", "99"});
  EXPECT_EQ(event.code, 1);
  EXPECT_THAT(event.errors,
              HasSubstr("there is no exchange '99' (they are 1a2b3c4d-6 to 1a2b3c4d-7)"));
  const Spoken rule = analyze({log(), "--why", "7", "--rule", "mailbox-ful"});
  EXPECT_EQ(rule.code, 2);
  EXPECT_THAT(rule.errors, HasSubstr("did you mean 'mailbox-full'?"));
  EXPECT_EQ(analyze({log(), "--rule", "mailbox-full"}).code, 2);
}

TEST_F(WhyCommand, AFileThatCannotBeReadIsNamed) {
  EXPECT_EQ(analyze({(home() / "nowhere.ndjson").string(), "--why", "1"}).code, 4);
  EXPECT_EQ(analyze({(home() / "nowhere.yml").string(), "--why", "1"}).code, 4);
  EXPECT_EQ(analyze({file("noise.ndjson", "no log\n"), "--why", "1"}).code, 4);
}

}  // namespace
}  // namespace exotap
