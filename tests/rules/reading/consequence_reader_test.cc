#include "rules/reading/consequence_reader.h"

#include "tests/rules/vocabulary_for_test.h"

namespace exotap {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kDetection =
    "tags: [exotap.network]\ndetection: {s: {error.type: tcp}, condition: s}\n";
constexpr std::string_view kEnds = "  cause: {rules: rule}\n  symptom: {rules: rule}\n";

std::string with(std::string_view body, std::string_view head = "title: It follows\n") {
  return our_rule("rule", kDetection) + "---\n" + std::string(head) + "consequence:\n" +
         std::string(body);
}

std::vector<std::string> errors_in(std::string_view body) {
  return errors_of("rule.yml", with(body));
}

class Read {
 public:
  explicit Read(std::string_view body) : rules_(with(body)) {}
  const Consequence* operator->() const { return &rules_.rules().consequences().at(0); }

 private:
  RulesUnderTest rules_;
};

TEST(ConsequenceReader, HasAnAttemptAndTenMinutesIfNothingElseIsSaid) {
  const Read plain(kEnds);
  EXPECT_EQ(plain->title, "It follows");
  EXPECT_THAT(plain->cause.same, ElementsAre(&kAttempt));
  EXPECT_THAT(plain->symptom.same, ElementsAre(&kAttempt));
  EXPECT_EQ(plain->timespan, std::chrono::minutes(10));
  EXPECT_EQ(plain->order, Mark::Order::cause_first);
}

TEST(ConsequenceReader, ReadsWhatIsSaid) {
  const Read told(std::string(kEnds) +
                  "  same: {url.domain: destination.ip}\n  order: any\n"
                  "  timespan: 2h\n");
  EXPECT_THAT(told->cause.same, ElementsAre(&kDomain));
  EXPECT_THAT(told->symptom.same, ElementsAre(&kDestination));
  EXPECT_EQ(told->timespan, std::chrono::hours(2));
  EXPECT_EQ(told->order, Mark::Order::any);
}

TEST(ConsequenceReader, NamesRulesByNameIdOrTag) {
  const Read by_tag("  cause: {rules: exotap.network}\n  symptom: {rules: [rule]}\n");
  EXPECT_THAT(by_tag->cause.rules, ElementsAre(true));
  EXPECT_THAT(by_tag->symptom.rules, ElementsAre(true));
}

TEST(ConsequenceReader, GuessesWhatWasMeant) {
  EXPECT_THAT(errors_in("  cause: {rules: ruel}\n  symptom: {rules: rule}\n"),
              ElementsAre(HasSubstr("'ruel' (did you mean 'rule'?)")));
  EXPECT_THAT(errors_in("  cause: {rules: exotap.netwrok}\n  symptom: {rules: rule}\n"),
              ElementsAre(HasSubstr("(did you mean 'exotap.network'?)")));
  EXPECT_THAT(errors_in(std::string(kEnds) + "  same: [url.domian]\n"),
              ElementsAre(HasSubstr("(did you mean 'url.domain'?)")));
  EXPECT_THAT(errors_in(std::string(kEnds) + "  ordre: any\n"),
              ElementsAre(HasSubstr("(did you mean 'order'?)")));
  EXPECT_THAT(errors_in(std::string(kEnds) + "  order: cause-first\n"),
              ElementsAre(HasSubstr("(did you mean 'cause_first'?)")));
  EXPECT_THAT(errors_in("  cause:\n    a: {error.tpye: tcp}\n    condition: a\n"
                        "  symptom: {rules: rule}\n"),
              ElementsAre(HasSubstr("(did you mean 'error.type'?)")));
}

TEST(ConsequenceReader, SaysWhatIsMissing) {
  EXPECT_THAT(errors_in(kEnds), IsEmpty());
  EXPECT_THAT(errors_in("  cause: {rules: rule}\n"),
              ElementsAre(HasSubstr("consequence: symptom is a map")));
  EXPECT_THAT(errors_in("  cause: {rules: []}\n  symptom: {rules: rule}\n"),
              ElementsAre(HasSubstr("rules lists names")));
  EXPECT_THAT(errors_in("  - cause\n"), ElementsAre(HasSubstr("consequence is a map")));
  EXPECT_THAT(errors_in(std::string(kEnds) + "  timespan: soon\n"),
              ElementsAre(HasSubstr("timespan 'soon'")));
  EXPECT_THAT(errors_in(std::string(kEnds) + "  same: url.domain\n"),
              ElementsAre(HasSubstr("same is a list of facts")));
  EXPECT_THAT(errors_of("rule.yml", with(kEnds, "name: untitled\n")),
              ElementsAre(HasSubstr("title is missing")));
  EXPECT_THAT(errors_of("rule.yml", with(kEnds, "title: It follows\nlevel: high\n")),
              ElementsAre(HasSubstr("the key 'level' is not known")));
}

TEST(ConsequenceReader, ReadsTheStoriesThatProveIt) {
  const RulesUnderTest rules(with(kEnds,
                                  "title: It follows\nname: it-follows\n"
                                  "tests: {joins: [sts-is-dead], apart: [two-causes, healthy]}\n"));
  const Consequence& told = rules.rules().consequences().at(0);
  EXPECT_EQ(told.name, "it-follows");
  EXPECT_THAT(told.joins, ElementsAre("sts-is-dead"));
  EXPECT_THAT(told.apart, ElementsAre("two-causes", "healthy"));
  EXPECT_THAT(errors_of("rule.yml", with(kEnds, "title: It follows\ntests: {fires: [x]}\n")),
              ElementsAre(HasSubstr("tests has joins and apart, not 'fires'")));
}

TEST(ConsequenceReader, KnowsItsDocuments) {
  const YamlText text =
      read_yaml("consequence: {}\n---\ndetection: {}\nconsequence: {}\n---\n[]\n");
  ASSERT_EQ(text.documents.size(), 3U);
  EXPECT_TRUE(holds_consequence(text.documents[0]));
  EXPECT_FALSE(holds_consequence(text.documents[1]));
  EXPECT_FALSE(holds_consequence(text.documents[2]));
}

}  // namespace
}  // namespace exotap
