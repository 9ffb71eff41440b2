#include "rules/reading/correlation_reader.h"

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
              ElementsAre(HasSubstr("c.yml:3:11: correlation: timespan is a number")));
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
  EXPECT_THAT(condition_errors("event_count", "condition: {}"),
              ElementsAre(HasSubstr("needs gt, gte, lt, lte, eq or neq")));
  EXPECT_THAT(condition_errors("event_count", "condition: {lt: 1}"),
              ElementsAre(HasSubstr("never be true")));
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

TEST(CorrelationReader, ReadsAmounts) {
  const Read sum = read(
      "type: value_sum\nrules: [a]\ngroup-by: [url.domain]\ntimespan: 1h\n"
      "condition:\n  field: url.port\n  gt: 1000000\n");
  ASSERT_TRUE(sum.correlation);
  EXPECT_EQ(sum.correlation->type, Correlation::Type::value_sum);
  ASSERT_EQ(sum.correlation->amount_tests.size(), 1U);
  EXPECT_EQ(sum.correlation->amount_tests[0].op, AmountTest::Op::greater);
  EXPECT_EQ(sum.correlation->amount_tests[0].thousandths, 1000000000);
  const Read average = read(
      "type: value_avg\nrules: [a]\ntimespan: 24h\ncondition: {field: url.port, lt: 0.5, neq: "
      "0}\n");
  ASSERT_TRUE(average.correlation);
  EXPECT_EQ(average.correlation->amount_tests.size(), 2U);
  const Read percentile = read(
      "type: value_percentile\nrules: [a]\ntimespan: 24h\n"
      "condition: {field: url.port, percentile: 95, lte: 1}\n");
  ASSERT_TRUE(percentile.correlation);
  EXPECT_EQ(percentile.correlation->percentile, 95U);
}

TEST(CorrelationReader, AnAmountNeedsANumberAndALimit) {
  EXPECT_THAT(condition_errors("value_sum", "condition: {gte: 3}"),
              ElementsAre(HasSubstr("value_sum needs condition.field")));
  EXPECT_THAT(
      condition_errors("value_avg", "condition: {field: url.domain, gte: 3}"),
      ElementsAre(HasSubstr("c.yml:4:20: correlation: value_avg needs a fact that is a number, "
                            "and 'url.domain' is none")));
  EXPECT_THAT(condition_errors("value_sum", "condition: {field: [url.port, url.domain], gte: 3}"),
              ElementsAre(HasSubstr("needs condition.field")));
  EXPECT_THAT(condition_errors("value_avg", "condition: {field: url.port}"),
              ElementsAre(HasSubstr("needs gt, gte, lt")));
  EXPECT_THAT(condition_errors("value_avg", "condition: {field: url.port, gte: 1.2345}"),
              ElementsAre(HasSubstr("three digits")));
  EXPECT_THAT(condition_errors("value_avg", "condition: {field: url.port, get: 1}"),
              ElementsAre(HasSubstr("did you mean 'gt'")));
  EXPECT_THAT(condition_errors("value_percentile", "condition: {field: url.port, lte: 1}"),
              ElementsAre(HasSubstr("needs condition.percentile")));
  EXPECT_THAT(
      condition_errors("value_percentile", "condition: {field: url.port, lte: 1, percentile: 101}"),
      ElementsAre(HasSubstr("from 0 to 100")));
  EXPECT_THAT(condition_errors("value_avg", "condition: {field: url.port, lte: 1, percentile: 5}"),
              ElementsAre(HasSubstr("belongs to value_percentile")));
}

TEST(CorrelationReader, LimitsThatExcludeEachOtherAreAnError) {
  const auto errors = [](std::string_view limits) {
    return condition_errors("value_avg",
                            "condition: {field: url.port, " + std::string(limits) + "}");
  };
  for (const std::string_view never : {"gt: 5, lt: 5", "gte: 5, lt: 5", "gt: 7, lte: 5",
                                       "eq: 5, neq: 5", "gte: 5, lte: 5, neq: 5", "eq: 1, gt: 1"}) {
    EXPECT_THAT(errors(never), ElementsAre(HasSubstr("never be true"))) << never;
  }
  for (const std::string_view sometimes :
       {"gt: 5, lt: 5.001", "gte: 5, lte: 5", "neq: 0", "gt: 5, lt: 7, neq: 6", "gt: 1, gte: 3"}) {
    EXPECT_THAT(errors(sometimes), IsEmpty()) << sometimes;
  }
}

TEST(CorrelationReader, FewAloneIsAskedOfWholeWindows) {
  for (const std::string_view alone : {"lt: 3", "lte: 2", "neq: 3", "lt: 5, neq: 2"}) {
    const Read got = read("type: event_count\nrules: a\ntimespan: 5m\ncondition: {" +
                          std::string(alone) + "}\n");
    ASSERT_TRUE(got.correlation) << alone;
    EXPECT_TRUE(got.correlation->only_whole_windows) << alone;
  }
  EXPECT_FALSE(read(with("")).correlation->only_whole_windows);
  const Read sum =
      read("type: value_sum\nrules: a\ntimespan: 5m\ncondition: {field: url.port, lt: 3}\n");
  ASSERT_TRUE(sum.correlation);
  EXPECT_TRUE(sum.correlation->only_whole_windows);
}

TEST(CorrelationReader, AValueCountMayCountCombinations) {
  const Read got = read(
      "type: value_count\nrules: a\ntimespan: 5m\n"
      "condition: {field: [url.domain, url.port, url.path], gte: 3}\n");
  ASSERT_TRUE(got.correlation);
  EXPECT_EQ(got.correlation->more_values.size(), 2U);
  EXPECT_THAT(condition_errors("value_count", "condition: {field: [], gte: 3}"),
              ElementsAre(HasSubstr("lists 1 to 8 facts")));
  EXPECT_THAT(condition_errors("value_count", "condition: {field: [url.domain, url.prt], gte: 3}"),
              ElementsAre(HasSubstr("did you mean 'url.port'")));
}

TEST(CorrelationReader, ACountMayHaveAnException) {
  EXPECT_EQ(read(with("")).correlation->other_than, std::nullopt);
  const Read got = read("type: event_count\nrules: a\ntimespan: 5m\ncondition: {gte: 3, neq: 5}\n");
  ASSERT_TRUE(got.correlation);
  EXPECT_EQ(got.correlation->other_than, 5U);
  EXPECT_THAT(condition_errors("event_count", "condition: {eq: 3, neq: 3}"),
              ElementsAre(HasSubstr("never be true")));
}

}  // namespace
}  // namespace exotap
