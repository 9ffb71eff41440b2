#include "rules/loading/rule_loader.h"

#include "tests/rules/vocabulary_for_test.h"

namespace exotap {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kDetection = "detection: {s: {url.port: 443}, condition: s}\n";
constexpr std::string_view kBase =
    "---\ntitle: Base\nname: base\nlogsource: {product: exotap}\n"
    "detection: {s: {url.port: 443}, condition: s}\n";

std::string counting(std::string_view name, std::string_view rules) {
  return "title: Counts\nname: " + std::string(name) + "\nid: 3f1a4c1e-6b0e-4a37-9a0d-0c2d5b1f7a" +
         std::to_string(10 + name.size()) +
         "\nlevel: high\ncorrelation: {type: event_count, rules: " + std::string(rules) +
         ", timespan: 5m, condition: {gte: 2}}\nexplain: So.\nremedy: So.\n"
         "tests: {fires: [a], silent: [b]}\n";
}

std::vector<std::string> errors_of_files(const std::vector<RuleSource>& sources) {
  std::vector<std::string> errors;
  const LoadedRules loaded = load_rules(sources, test_vocabulary());
  for (const LoadMessage& message : loaded.report.errors()) errors.push_back(to_string(message));
  EXPECT_EQ(loaded.rules == nullptr, !errors.empty());
  return errors;
}

TEST(RuleLoader, LoadsRulesFromSeveralFiles) {
  const std::string one = our_rule("one", kDetection);
  const std::string two = our_rule("two", kDetection);
  const RuleSource sources[] = {{"lib/one.yml", one}, {"lib\\two.yaml", two}};
  const LoadedRules loaded = load_rules(sources, test_vocabulary());
  ASSERT_NE(loaded.rules, nullptr);
  EXPECT_EQ(loaded.rules->size(), 2U);
  EXPECT_EQ(loaded.rules->rule(1).name, "two");
}

TEST(RuleLoader, NoRulesAreASetToo) {
  const LoadedRules loaded = load_rules({}, test_vocabulary());
  ASSERT_NE(loaded.rules, nullptr);
  Engine engine(*loaded.rules);
  std::vector<Finding> findings;
  engine.judge({1}, exchange_with("a.example"), at(std::chrono::seconds(0)), findings);
  EXPECT_THAT(findings, IsEmpty());
}

TEST(RuleLoader, OneBrokenRuleFailsAll) {
  const std::string good = our_rule("good", kDetection);
  EXPECT_THAT(errors_of_files({{"good.yml", good}, {"bad.yml", "title: x\n  y: [\n"}}),
              ElementsAre(HasSubstr("bad.yml:2:")));
  EXPECT_THAT(errors_of_files({{"good.yml", good}, {"empty.yml", "# nothing\n"}}),
              ElementsAre("empty.yml: there is no rule in it"));
}

TEST(RuleLoader, NamesAndIdsAreUnique) {
  const std::string one = our_rule("same", kDetection);
  EXPECT_THAT(errors_of_files({{"a/same.yml", one}, {"b/same.yml", one}}),
              ElementsAre(HasSubstr("b/same.yml:1: name 'same' is also that of the rule in "
                                    "a/same.yml:1"),
                          HasSubstr("b/same.yml:1: id '")));
}

TEST(RuleLoader, AFileIsNamedAsOneOfItsRules) {
  EXPECT_THAT(errors_of("other.yml", our_rule("one", kDetection)),
              ElementsAre("other.yml:1: no rule in the file is named as the file: 'other'"));
  EXPECT_THAT(errors_of("all.yml", counting("all", "[base]") + std::string(kBase)), IsEmpty());
}

TEST(RuleLoader, ARuleThatFeedsACorrelationNeedsNoTexts) {
  const LoadedRules loaded = load("all.yml", counting("all", "[base]") + std::string(kBase));
  ASSERT_NE(loaded.rules, nullptr);
  EXPECT_TRUE(loaded.rules->find("all")->fires_alone);
  EXPECT_FALSE(loaded.rules->find("base")->fires_alone);
  EXPECT_THAT(errors_of("base.yml", kBase), Contains(HasSubstr("explain is missing")));
}

TEST(RuleLoader, CorrelationsReferByNameOrIdAcrossFiles) {
  const std::string base = our_rule("base", kDetection);
  const std::string id = load("base.yml", base).rules->rule(0).id;
  EXPECT_THAT(errors_of_files({{"all.yml", counting("all", "[" + id + "]")}, {"base.yml", base}}),
              IsEmpty());
  EXPECT_THAT(errors_of_files({{"all.yml", counting("all", "[bsae]")}, {"base.yml", base}}),
              ElementsAre(HasSubstr("there is no rule 'bsae' (did you mean 'base'?)")));
}

TEST(RuleLoader, CorrelationsMayBeChained) {
  RulesUnderTest rules(
      counting("chain", "[all]") + "---\n" + counting("all", "[base]") + std::string(kBase),
      "chain.yml");
  Facts facts = exchange_with("a.example");
  facts.add(kPort, 443);
  EXPECT_FALSE(rules.fires(facts));
  EXPECT_FALSE(rules.fires(facts));  // all: for the first time
  EXPECT_TRUE(rules.fires(facts));   // all: for the second
}

TEST(RuleLoader, WhatIsNoRuleIsLeftOutWithAWarning) {
  const LoadedRules loaded = load("compose.yml", "services:\n  web: {}\n");
  ASSERT_NE(loaded.rules, nullptr);
  ASSERT_EQ(loaded.report.warnings().size(), 1U);
  EXPECT_EQ(loaded.report.warnings()[0].left_out, LeftOut::no_rule);
  EXPECT_THAT(errors_of("slip.yml", "title: A\nlogsource: {product: exotap}\ndetektion: {}\n"),
              Contains(HasSubstr("a document has one of detection")));
}

TEST(RuleLoader, TheOldFormOfSeveralRulesIsLeftOut) {
  const LoadedRules loaded = load("old.yml",
                                  "action: global\ntitle: A\n---\nlogsource: {product: exotap}\n"
                                  "detection: {a: {b: c}, condition: a}\n");
  ASSERT_NE(loaded.rules, nullptr);
  EXPECT_EQ(loaded.rules->size(), 0U);
  ASSERT_EQ(loaded.report.warnings().size(), 1U);
  EXPECT_EQ(loaded.report.warnings()[0].left_out, LeftOut::old_form);
}

TEST(RuleLoader, OfTheTaxonomyOnlySigmasIsKnown) {
  const std::string rule = our_rule("one", kDetection);
  EXPECT_THAT(errors_of("one.yml", rule + "taxonomy: sigma\n"), IsEmpty());
  EXPECT_THAT(errors_of("one.yml", rule + "taxonomy: exotap\n"), IsEmpty());
  EXPECT_THAT(errors_of("one.yml", rule + "taxonomy: ecs\n"),
              ElementsAre(HasSubstr("taxonomy 'ecs' is not known")));
  const LoadedRules theirs = load("theirs.yml",
                                  "title: T\nlogsource: {category: proxy}\ntaxonomy: ecs\n"
                                  "detection: {s: {cs-host: a}, condition: s}\n");
  ASSERT_EQ(theirs.report.errors().size(), 1U);
  EXPECT_TRUE(theirs.report.errors()[0].unsupported);
}

TEST(RuleLoader, RelatedRulesAreNamedByIdAndType) {
  const auto related = [](std::string_view list) {
    return errors_of("one.yml",
                     our_rule("one", kDetection) + "related: " + std::string(list) + "\n");
  };
  EXPECT_THAT(related("[{id: 5d5c0c8e-3c0b-4a55-9a58-2f1f2f7d0d10, type: derived}]"), IsEmpty());
  EXPECT_THAT(related("[{id: 5d5c0c8e-3c0b-4a55-9a58-2f1f2f7d0d10, type: derivd}]"),
              ElementsAre(HasSubstr("did you mean 'derived'?")));
  EXPECT_THAT(related("[{id: other-rule, type: derived}]"), ElementsAre(HasSubstr("is a UUID")));
  EXPECT_THAT(related("other-rule"), ElementsAre(HasSubstr("a list of id and type")));
}

TEST(RuleLoader, AFilterLeavesItsTitleWithTheRulesItTouches) {
  const LoadedRules loaded =
      load("one.yml", our_rule("one", kDetection) +
                          "---\ntitle: Not in the lab\nlogsource: {product: exotap}\nfilter:\n"
                          "  rules: any\n  lab: {url.domain: lab.example}\n  condition: not lab\n");
  ASSERT_NE(loaded.rules, nullptr);
  EXPECT_THAT(loaded.rules->find("one")->filtered_by, ElementsAre("Not in the lab"));
}

TEST(RuleLoader, ACircleOfCorrelationsIsRefused) {
  EXPECT_THAT(
      errors_of("one.yml", counting("one", "[three]") + "---\n" + counting("three", "[one]")),
      Contains(HasSubstr("in a circle")));
  EXPECT_THAT(errors_of("self.yml", counting("self", "[self]")),
              Contains(HasSubstr("in a circle")));
}

TEST(RuleLoader, ACorrelationsRulesAreOfOneLogSource) {
  const std::string text = counting("all", "[base, theirs]") + std::string(kBase) +
                           "---\ntitle: T\nname: theirs\nlogsource: {category: proxy}\n"
                           "detection: {s: {cs-host: a}, condition: s}\n";
  EXPECT_THAT(errors_of("all.yml", text), ElementsAre(HasSubstr("different log sources")));
}

TEST(RuleLoader, ACorrelationOfRulesLeftOutIsLeftOut) {
  const std::string text =
      "title: C\nname: theirs\ncorrelation: {type: event_count, rules: [logon], timespan: 5m, "
      "group-by: [ComputerName], condition: {gte: 2}}\n---\ntitle: L\nname: logon\n"
      "logsource: {product: windows}\ndetection: {s: {EventID: 1}, condition: s}\n";
  const LoadedRules loaded = load("theirs.yml", text);
  ASSERT_NE(loaded.rules, nullptr);
  EXPECT_EQ(loaded.rules->size(), 0U);
  EXPECT_EQ(loaded.report.warnings().size(), 2U);
}

TEST(RuleLoader, FurtherRulesOfOthersInAFileGetANameOfTheirOwn) {
  const std::string one =
      "title: T\nlogsource: {category: proxy}\ndetection: {s: {cs-host: a}, condition: s}\n";
  const LoadedRules loaded = load("theirs.yml", one + "---\n" + one);
  ASSERT_NE(loaded.rules, nullptr);
  EXPECT_NE(loaded.rules->find("theirs"), nullptr);
  EXPECT_NE(loaded.rules->find("theirs-2"), nullptr);
}

TEST(RuleLoader, KeepsTheMessagesOfReadingTheFiles) {
  LoadReport report;
  report.error("folder", 0, "cannot be read");
  const LoadedRules loaded = load_rules({}, test_vocabulary(), report);
  EXPECT_EQ(loaded.rules, nullptr);
  EXPECT_EQ(loaded.report.errors().size(), 1U);
}

TEST(RuleLoader, RefusesTooManyRules) {
  std::vector<std::string> files;
  std::vector<RuleSource> sources;
  const std::string text =
      "title: T\nlogsource: {category: proxy}\ndetection: {s: {cs-host: a}, condition: s}\n";
  for (std::size_t i = 0; i <= kMaxRules; ++i) files.push_back("r" + std::to_string(i) + ".yml");
  for (const std::string& file : files) sources.push_back({file, text});
  EXPECT_THAT(errors_of_files(sources), ElementsAre(HasSubstr("more than 10000 rules")));
}

TEST(RuleLoader, PlaceholdersMayStandInAnyFile) {
  const std::string rule =
      our_rule("one", "detection: {s: {url.domain|expand: '%servers%'}, condition: s}\n");
  constexpr std::string_view kValues =
      "title: Our servers\nplaceholders: {servers: [mail.example, '*.lab.example']}\n";
  const RuleSource sources[] = {{"one.yml", rule}, {"values.yml", kValues}};
  const LoadedRules loaded = load_rules(sources, test_vocabulary());
  ASSERT_NE(loaded.rules, nullptr);
  EXPECT_EQ(loaded.rules->size(), 1U);
  Engine engine(*loaded.rules);
  std::uint64_t id = 0;
  const auto fires = [&](std::string_view host) {
    std::vector<Finding> findings;
    engine.judge({++id}, exchange_with(host), at(std::chrono::seconds(id)), findings);
    return !findings.empty();
  };
  EXPECT_TRUE(fires("mail.example"));
  EXPECT_TRUE(fires("a.lab.example"));
  EXPECT_FALSE(fires("other.example"));
  EXPECT_THAT(errors_of_files({{"one.yml", rule}}),
              ElementsAre(HasSubstr("one.yml:12:36: 'url.domain': the placeholder %servers% has no "
                                    "values")));
  EXPECT_THAT(
      errors_of_files({{"values.yml", kValues}, {"more.yml", kValues}}),
      ElementsAre(HasSubstr("more.yml:2:16: placeholder 'servers' has its values elsewhere")));
}

}  // namespace
}  // namespace exotap
