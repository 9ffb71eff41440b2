#include "rules/loading/translation.h"

#include "tests/rules/vocabulary_for_test.h"

namespace exotap {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kId = "5d5c0c8e-3c0b-4a55-9a58-2f1f2f7d0d10";
constexpr std::string_view kRule =
    "title: \"{url.domain} refuses\"\n"
    "name: refused\n"
    "id: 5d5c0c8e-3c0b-4a55-9a58-2f1f2f7d0d10\n"
    "level: high\n"
    "logsource: {product: exotap}\n"
    "detection:\n"
    "  selection:\n"
    "    error.type: tcp\n"
    "  condition: selection\n"
    "explain: \"{url.domain} at {destination.ip|no address} said {error.code}.\"\n"
    "remedy: Ask.\n"
    "tests: {fires: [a], silent: [b]}\n";

// Loads the rule with a message in German.
LoadedRules told_with(std::string_view message, std::string_view rule = kRule) {
  const RuleSource source{"refused.yml", rule};
  const MessageSource messages{"de/own.yml", message};
  return load_rules({&source, 1}, test_vocabulary(), {}, {wording_in("de"), {&messages, 1}});
}

std::string message(std::string_view title, std::string_view explain, std::string_view remedy,
                    std::string_view more = "") {
  return std::string(kId) + ":\n  title: \"" + std::string(title) + "\"\n  explain: \"" +
         std::string(explain) + "\"\n  remedy: \"" + std::string(remedy) + "\"\n" +
         std::string(more);
}

std::vector<std::string> errors_with(const std::string& text) {
  std::vector<std::string> errors;
  const LoadedRules loaded = told_with(text);
  for (const LoadMessage& error : loaded.report.errors()) errors.push_back(to_string(error));
  EXPECT_EQ(loaded.rules == nullptr, !errors.empty());
  return errors;
}

const std::string kGood =
    message("{url.domain} lehnt ab", "{error.code} kam von {destination.ip|keiner} ({url.domain}).",
            "Fragen.");

std::vector<Finding> judged(const RuleSet& rules, bool with_code) {
  Engine engine(rules);
  Facts facts = exchange_with("mail.contoso.com");
  facts.add(kErrorType, "tcp");
  if (with_code) facts.add(kErrorCode, "ECONNREFUSED");
  std::vector<Finding> found;
  engine.judge({1}, facts, at(std::chrono::seconds(1)), found);
  return found;
}

TEST(Translation, FindingsAreToldInTheMessagesWords) {
  const LoadedRules loaded = told_with(kGood);
  ASSERT_TRUE(loaded.rules) << to_string(loaded.report.errors().front());
  const auto found = judged(*loaded.rules, true);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].title, "mail.contoso.com lehnt ab");
  EXPECT_EQ(found[0].explain, "ECONNREFUSED kam von keiner (mail.contoso.com).");
  EXPECT_EQ(found[0].remedy, "Fragen.");
  EXPECT_EQ(found[0].rule_name, "refused");
  EXPECT_EQ(loaded.rules->find("refused")->title, "{url.domain} lehnt ab");
  EXPECT_EQ(loaded.rules->words().code, "de");
}

TEST(Translation, WhatIsAbsentIsSaidInTheMessagesLanguage) {
  const LoadedRules loaded = told_with(kGood);
  ASSERT_TRUE(loaded.rules);
  EXPECT_THAT(judged(*loaded.rules, false)[0].explain, HasSubstr("(unbekannt)"));
}

TEST(Translation, YesAndNoAreSaidInTheMessagesLanguage) {
  std::string rule(kRule);
  rule.replace(rule.find("remedy: Ask."), 12, "remedy: \"Html: {http.response.is_html|?}\"");
  const LoadedRules loaded =
      told_with(message("{url.domain}", "{url.domain} {destination.ip|a} {error.code}",
                        "Html: {http.response.is_html|?}"),
                rule);
  ASSERT_TRUE(loaded.rules) << to_string(loaded.report.errors().front());
  Engine engine(*loaded.rules);
  std::vector<Finding> found;
  for (const bool html : {true, false}) {
    Facts facts = exchange_with(html ? "a.contoso.com" : "b.contoso.com");
    facts.add(kErrorType, "tcp");
    facts.add(kIsHtml, html);
    engine.judge({html ? 1U : 2U}, facts, at(std::chrono::seconds(1)), found);
  }
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].remedy, "Html: ja");
  EXPECT_EQ(found[1].remedy, "Html: nein");
}

TEST(Translation, ARuleWithoutAMessageKeepsItsWords) {
  const RuleSource source{"refused.yml", kRule};
  const LoadedRules loaded =
      load_rules({&source, 1}, test_vocabulary(), {}, {wording_in("de"), {}});
  ASSERT_TRUE(loaded.rules);
  EXPECT_EQ(judged(*loaded.rules, false)[0].title, "mail.contoso.com refuses");
  EXPECT_THAT(judged(*loaded.rules, false)[0].explain, HasSubstr("(unknown)"));
}

TEST(Translation, ShowsTheFactsThatTheRuleShows) {
  EXPECT_THAT(errors_with(kGood), IsEmpty());
  EXPECT_THAT(
      errors_with(message("Jemand lehnt ab", "{url.domain} {destination.ip|a} {error.code}", "c")),
      ElementsAre("de/own.yml:1: title: {url.domain} of the rule's text is missing"));
  EXPECT_THAT(errors_with(message("{url.domain}", "{url.domain} {destination.ip|a} {error.code}",
                                  "{url.port}")),
              ElementsAre("de/own.yml:1: remedy: {url.port} is not in the rule's text"));
  EXPECT_THAT(
      errors_with(message("{url.domain}", "{url.domain} {destination.ip} {error.code}", "")),
      ElementsAre("de/own.yml:1: remedy is missing"));
  EXPECT_THAT(
      errors_with(message("{url.domain}", "{url.domain} {destination.ip} {error.code}", "c")),
      ElementsAre(HasSubstr("explain: {destination.ip} has no words for its absence")));
}

TEST(Translation, ChecksPlaceholdersAsInARule) {
  EXPECT_THAT(
      errors_with(message("{url.domian}", "{url.domain} {destination.ip|a} {error.code}", "c")),
      ElementsAre("de/own.yml:1: title: there is no fact for the placeholder {url.domian} (did you "
                  "mean 'url.domain'?)"));
  EXPECT_THAT(
      errors_with(message("{url.domain", "{url.domain} {destination.ip|a} {error.code}", "c")),
      ElementsAre(HasSubstr("de/own.yml:1: title: a '{' without its '}'")));
}

TEST(Translation, ChecksTheNameThatAnEntryGives) {
  EXPECT_THAT(errors_with(kGood + "  name: refused\n"), IsEmpty());
  EXPECT_THAT(errors_with(kGood + "  name: denied\n"),
              ElementsAre("de/own.yml:1: name 'denied' is not that of the rule with this id, "
                          "'refused'"));
}

TEST(Translation, AMessageForNoRuleIsAnError) {
  EXPECT_THAT(errors_with("00000000-3c0b-4a55-9a58-2f1f2f7d0d10:\n  name: refusd\n  title: a\n"
                          "  explain: b\n  remedy: c\n"),
              ElementsAre("de/own.yml:1: there is no rule '00000000-3c0b-4a55-9a58-2f1f2f7d0d10' "
                          "(did you mean 'refused'?)"));
}

TEST(Translation, ACorrelationsCountMayStandInIt) {
  const std::string rules =
      "title: \"{correlation.count} times\"\nname: refused\nid: " + std::string(kId) +
      "\nlevel: high\ncorrelation:\n  type: event_count\n  rules: [one]\n  group-by: [url.port]\n"
      "  timespan: 5m\n  condition: {gte: 1}\nexplain: e\nremedy: r\n"
      "tests: {fires: [a], silent: [b]}\n---\nname: one\ntitle: One\nlogsource: {product: exotap}\n"
      "detection:\n  selection:\n    error.type: tcp\n  condition: selection\n";
  const LoadedRules loaded = told_with(message("{correlation.count} Mal", "e", "r"), rules);
  for (const LoadMessage& error : loaded.report.errors()) ADD_FAILURE() << to_string(error);
}

// Their braces are no placeholders.
TEST(Translation, RulesOfOthersAreToldAsTheyStand) {
  const std::string rule =
      "title: A {tool}\nname: refused\nid: " + std::string(kId) +
      "\nlogsource: {category: proxy}\ndetection:\n  selection:\n    c-uri: '*x*'\n"
      "  condition: selection\n";
  const LoadedRules loaded = told_with(message("Ein {werkzeug}", "e", "r"), rule);
  ASSERT_TRUE(loaded.rules) << to_string(loaded.report.errors().front());
  EXPECT_EQ(loaded.rules->rule(0).title, "Ein {werkzeug}");
}

}  // namespace
}  // namespace exotap
