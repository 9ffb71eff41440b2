#include "rules/judging/correlation_words.h"

#include "tests/rules/vocabulary_for_test.h"

namespace exotap {
namespace {

std::string words(std::string_view correlation) {
  std::string text =
      "title: Counted\nname: rule\nid: 00000000-0000-4000-8000-000000000001\n"
      "level: high\nexplain: It failed.\nremedy: Mend it.\n"
      "tests: {fires: [a], silent: [b]}\ncorrelation:\n" +
      std::string(correlation);
  for (const std::string_view name : {"one", "two"}) {
    text += "---\n" + our_rule(name, "detection: {a: {error.type: tcp}, condition: a}\n");
  }
  const RulesUnderTest rules(text);
  return correlation_in_words(rules.rules(), 0);
}

TEST(CorrelationWords, SayWhatIsCountedAndHowOften) {
  EXPECT_EQ(
      words("  type: event_count\n  rules: [one]\n  group-by: [url.domain, url.port]\n"
            "  timespan: 5m\n  condition: {gte: 3}\n"),
      "3 or more matches of one, within 5 minutes, counted for each url.domain and url.port by "
      "itself");
  EXPECT_EQ(words("  type: value_count\n  rules: [one, two]\n  timespan: 90s\n"
                  "  condition: {field: url.domain, eq: 2}\n"),
            "exactly 2 different values of url.domain in matches of one or two, within 90 seconds");
  EXPECT_EQ(words("  type: temporal\n  rules: [one, two]\n  timespan: 1h\n"),
            "matches of one and two, within 1 hour");
  EXPECT_EQ(words("  type: temporal_ordered\n  rules: [one, two]\n  timespan: 2d\n"),
            "matches of one and then two, in that order, within 2 days");
  EXPECT_EQ(words("  type: value_percentile\n  rules: [one]\n  timespan: 10m\n"
                  "  condition: {field: url.port, percentile: 95, gt: 1.5, lte: 9}\n"),
            "percentile 95 of url.port over the matches of one is more than 1.5 and at most 9, "
            "within 10 minutes");
}

TEST(CorrelationWords, AnAliasIsToldByItsFacts) {
  EXPECT_EQ(words("  type: temporal\n  rules: [one, two]\n  timespan: 1h\n  group-by: [who]\n"
                  "  aliases: {who: {one: url.domain, two: destination.ip}}\n"),
            "matches of one and two, within 1 hour, counted for each url.domain or destination.ip "
            "by itself");
}

}  // namespace
}  // namespace exotap
