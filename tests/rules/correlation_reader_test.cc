#include "rules/correlation_reader.h"

#include "tests/rules/vocabulary_for_test.h"

namespace exotap {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Read {
  std::optional<Correlation> correlation;
  std::vector<std::string> errors;
};

Read read(std::string_view text) {
  static Vocabulary vocabulary = test_vocabulary();
  const YamlText yaml = read_yaml(text);
  SlotTable slots;
  LoadReport report;
  const FileReport file(report, "c.yml");
  Read out;
  if (const auto rules = read_correlation_rules(yaml.documents.at(0), file)) {
    out.correlation = read_correlation(*rules, {vocabulary, slots, LogSource::exotap}, file);
  }
  for (const LoadMessage& m : report.errors()) out.errors.push_back(to_string(m));
  EXPECT_EQ(out.correlation.has_value(), out.errors.empty());
  return out;
}

std::string with(std::string_view line) {
  return "type: event_count\nrules: [a]\ntimespan: 5m\ncondition: {gte: 3}\n" + std::string(line);
}

TEST(CorrelationReader, ReadsAnEventCount) {
  const Read got = read(
      "type: event_count\nrules: [a, b]\ngroup-by: [url.domain, error.code]\ntimespan: 5m\n"
      "condition:\n  gt: 2\n  lte: 9\n");
  ASSERT_TRUE(got.correlation);
  EXPECT_EQ(got.correlation->type, Correlation::Type::event_count);
  EXPECT_EQ(got.correlation->rule_count, 2U);
  EXPECT_EQ(got.correlation->group_by.size(), 2U);
  EXPECT_EQ(got.correlation->group_by[0].size(), 2U);
  EXPECT_EQ(got.correlation->timespan, 5min);
  EXPECT_EQ(got.correlation->at_least, 3U);
  EXPECT_EQ(got.correlation->at_most, 9U);
}

TEST(CorrelationReader, ReadsAValueCount) {
  const Read got =
      read("type: value_count\nrules: a\ntimespan: 30s\ncondition: {field: url.domain, gte: 2}\n");
  ASSERT_TRUE(got.correlation);
  EXPECT_EQ(got.correlation->at_least, 2U);
  EXPECT_EQ(got.correlation->at_most, Correlation::kNoLimit);
}

TEST(CorrelationReader, ATemporalOneWantsAllItsRulesUnlessItSaysHowMany) {
  EXPECT_EQ(read("type: temporal\nrules: [a, b, c]\ntimespan: 1h\n").correlation->at_least, 3U);
  EXPECT_EQ(read("type: temporal\nrules: [a, b, c]\ntimespan: 1h\ncondition: {gte: 2}\n")
                .correlation->at_least,
            2U);
}

TEST(CorrelationReader, AliasesNameAFactForEachRule) {
  const Read got = read(
      "type: temporal\nrules: [a, b]\ngroup-by: [who]\ntimespan: 1h\n"
      "aliases:\n  who:\n    a: url.domain\n    b: x509.subject.common_name\n");
  ASSERT_TRUE(got.correlation);
  EXPECT_NE(got.correlation->group_by[0][0], got.correlation->group_by[0][1]);
  EXPECT_THAT(read("type: temporal\nrules: [a, b]\ngroup-by: [who]\ntimespan: 1h\n"
                   "aliases: {who: {a: url.domain}}\n")
                  .errors,
              ElementsAre(HasSubstr("says nothing of the rule 'b'")));
}

TEST(CorrelationReader, SaysWhatIsWrong) {
  EXPECT_THAT(read("type: event_cuont\nrules: [a]\ntimespan: 5m\ncondition: {gte: 3}\n").errors,
              ElementsAre(HasSubstr("type 'event_cuont' is not supported (did you mean "
                                    "'event_count'?)")));
  EXPECT_THAT(read("rules: [a]\ntimespan: 5m\ncondition: {gte: 3}\n").errors,
              ElementsAre(HasSubstr("type is missing")));
  EXPECT_THAT(read("type: event_count\nrules: [a]\ntimespan: 5 min\ncondition: {gte: 3}\n").errors,
              ElementsAre(HasSubstr("c.yml:3: correlation: timespan is a number")));
  EXPECT_THAT(read("type: event_count\ntimespan: 5m\ncondition: {gte: 3}\n").errors,
              ElementsAre(HasSubstr("rules lists")));
  EXPECT_THAT(read(with("group-by: [url.hots]")).errors, ElementsAre(HasSubstr("'url.hots'")));
  EXPECT_THAT(read(with("groupby: [url.domain]")).errors,
              ElementsAre(HasSubstr("'groupby' is not known (did you mean 'group-by'?)")));
  EXPECT_THAT(read(with("group-by: [url.domain, url.domain, url.domain, url.domain, url.domain, "
                        "url.domain, url.domain, url.domain, url.domain]"))
                  .errors,
              ElementsAre(HasSubstr("at most 8")));
}

std::vector<std::string> condition_errors(std::string_view type, std::string_view condition) {
  return read("type: " + std::string(type) + "\nrules: [a]\ntimespan: 5m\n" +
              std::string(condition))
      .errors;
}

TEST(CorrelationReader, AConditionMustWaitForSomething) {
  EXPECT_THAT(condition_errors("event_count", ""), ElementsAre(HasSubstr("condition is missing")));
  EXPECT_THAT(condition_errors("event_count", "condition: {lt: 3}"),
              ElementsAre(HasSubstr("needs gt, gte or eq")));
  EXPECT_THAT(condition_errors("event_count", "condition: {gte: 5, lt: 3}"),
              ElementsAre(HasSubstr("never be true")));
  EXPECT_THAT(condition_errors("event_count", "condition: {gte: many}"),
              ElementsAre(HasSubstr("whole number")));
  EXPECT_THAT(condition_errors("event_count", "condition: {gte: 100000}"),
              ElementsAre(HasSubstr("at most 200")));
  EXPECT_THAT(condition_errors("event_count", "condition: {get: 3}"),
              ElementsAre(HasSubstr("did you mean 'gt'")));
  EXPECT_THAT(condition_errors("event_count", "condition: {gte: 3, field: url.domain}"),
              ElementsAre(HasSubstr("belongs to value_count")));
  EXPECT_THAT(condition_errors("value_count", "condition: {gte: 3}"),
              ElementsAre(HasSubstr("needs condition.field")));
}

}  // namespace
}  // namespace exotap
