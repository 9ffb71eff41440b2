#include "app/rules_command.h"

#include <gmock/gmock.h>

#include "tests/app/rulebook.h"

namespace exotap {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

using RulesCommand = Rulebook;

TEST_F(RulesCommand, ListsTheBuiltInRulesAndOthers) {
  put("teapot.yml", teapot_rule());
  const Spoken said = rules({"list", "--rules", folder()});
  EXPECT_EQ(said.code, 0) << said.errors;
  EXPECT_THAT(said.out, AllOf(HasSubstr("port-443-blocked-everywhere"), HasSubstr("\nteapot ")));
  EXPECT_THAT(said.out, HasSubstr("{url.domain} is a teapot"));
}

TEST_F(RulesCommand, ShowsARuleByNameOrId) {
  const Spoken by_name = rules({"show", "port-443-blocked-everywhere"});
  EXPECT_EQ(by_name.code, 0);
  EXPECT_THAT(by_name.out, HasSubstr("url.port is 443"));
  EXPECT_EQ(rules({"show", "0ad14ecc-6df0-4158-ab30-591c763fa908"}).out, by_name.out);
}

TEST_F(RulesCommand, TellsARulesTextsInTheLanguageAskedFor) {
  const Spoken german = rules({"show", "port-443-blocked-everywhere", "--language", "de"});
  EXPECT_EQ(german.code, 0) << german.errors;
  EXPECT_THAT(german.out, HasSubstr("Port 443 ist"));
  EXPECT_THAT(rules({"list", "--language", "de"}).out, HasSubstr("Port 443 ist"));
  EXPECT_EQ(rules({"list", "--language", "deutch"}).code, 2);
}

TEST_F(RulesCommand, AMisspeltNameIsGuessed) {
  const Spoken said = rules({"show", "port-443-blocked-everwhere"});
  EXPECT_EQ(said.code, 1);
  EXPECT_THAT(said.errors, AllOf(StartsWith("exotap: rules: there is no rule"),
                                 HasSubstr("did you mean 'port-443-blocked-everywhere'?")));
}

TEST_F(RulesCommand, WrongWordsAreWrongUsage) {
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{}, {"shwo"}, {"show"}, {"check"}, {"list", "x"}}) {
    const Spoken said = rules(words);
    EXPECT_EQ(said.code, 2);
    EXPECT_THAT(said.errors, StartsWith("exotap: rules: "));
    EXPECT_THAT(said.out, IsEmpty());
  }
}

TEST_F(RulesCommand, HelpHasExamples) {
  EXPECT_THAT(rules({"--help"}).out, HasSubstr("exotap rules test my-rules"));
  EXPECT_THAT(rules({"test", "--help"}).out, HasSubstr("--stories"));
}

TEST_F(RulesCommand, ABrokenFolderIsAConfigurationError) {
  put("teapot.yml", "title: [");
  EXPECT_EQ(rules({"list", "--rules", folder()}).code, 2);
  EXPECT_EQ(rules({"show", "teapot", "--rules", folder()}).code, 2);
}

}  // namespace
}  // namespace exotap
