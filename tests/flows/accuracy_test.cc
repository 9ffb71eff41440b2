// Accuracy, measured: what decoders, flow and rules say of every labelled story, held against its
// label. Prints its numbers whether or not they are good enough; docs/accuracy.md says what they
// mean and what they do not.
#include "tests/flows/accuracy.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <stdexcept>

#include "tests/flows/told_story.h"
#include "tests/flows/waiting_stories.h"

namespace exotap::testing {
namespace {

const RuleSet& library() {
  static const LoadedRules loaded = load_library();
  if (!loaded.rules) throw std::runtime_error("the rules library does not load");
  return *loaded.rules;
}

const std::vector<JudgedStory>& stories() {
  static const std::vector<JudgedStory> judged = [] {
    std::vector<JudgedStory> all;
    for (const std::string& name : story_names()) {
      const StoryResult read = read_story((flows_folder() / name / "story.yml").string());
      if (!read.story) throw std::runtime_error(read.error);
      all.push_back({name, read.story->cause, read.story->origin,
                     tell(*read.story, library()).findings(), waits_for_rules(name)});
    }
    return all;
  }();
  return judged;
}

double percent(std::size_t part, std::size_t whole) {
  return whole == 0 ? 100.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

// "rule-one, rule-two", or "nothing".
std::string told_in(const JudgedStory& story) {
  const auto labels = causes_labelled(story.cause);
  std::set<std::string> rules;
  for (const Finding& finding : causes_of(story.findings)) {
    const bool counts = finding.level >= kAlarm || labels.contains(finding.rule_name);
    if (counts) rules.insert(finding.rule_name);
  }
  std::string text;
  for (const std::string& rule : rules) text += (text.empty() ? "" : ", ") + rule;
  return text.empty() ? "nothing" : text;
}

void print_line(const std::string& of, const Score& score) {
  std::printf("accuracy:   %-18s%8zu%12zu of %-6zu%8zu of %-6zu%8zu%10zu%10zu\n", of.c_str(),
              score.failing + score.healthy + score.waiting, score.recalled, score.failing,
              score.causes_right, score.causes_told, score.healthy, score.false_alarms,
              score.waiting);
}

// Printed once, after all tests: `./dev test` shows it.
class Summary : public ::testing::Environment {
 public:
  void TearDown() override {
    std::map<std::string, Score> by_origin;
    Score all;
    for (const JudgedStory& story : stories()) {
      const Score score = score_of(story);
      by_origin[kind_of_origin(story.origin)] += score;
      all += score;
    }
    std::printf("accuracy: recall %.1f %%, cause precision %.1f %%, false alarms %zu\n",
                percent(all.recalled, all.failing), percent(all.causes_right, all.causes_told),
                all.false_alarms);
    std::printf("accuracy:   %-18s%8s%22s%19s%8s%10s%10s\n", "from", "stories", "causes found",
                "causes right", "healthy", "alarmed", "waiting");
    for (const auto& [origin, score] : by_origin) print_line(origin, score);
    print_line("all", all);
    print_misses();
  }

 private:
  static void print_misses() {
    for (const JudgedStory& story : stories()) {
      if (is_right(score_of(story))) continue;
      std::printf("accuracy:   %s: labelled %s, told %s\n", story.name.c_str(), story.cause.c_str(),
                  told_in(story).c_str());
    }
  }
};

[[maybe_unused]] const ::testing::Environment* const kSummary =
    ::testing::AddGlobalTestEnvironment(new Summary);  // owned by GoogleTest

TEST(Accuracy, EveryStoryNamesItsCauseAndItsOrigin) {
  for (const JudgedStory& story : stories()) {
    EXPECT_FALSE(kind_of_origin(story.origin).empty())
        << story.name << " has the origin '" << story.origin
        << "' (write: reference ROW, sample NAME or lab)";
    EXPECT_FALSE(story.cause.empty())
        << story.name << " has no cause (write a rule's name, or none)";
    if (story.waits_for_rules) continue;
    for (const std::string& rule : causes_labelled(story.cause)) {
      EXPECT_NE(library().find(rule), nullptr)
          << story.name << " has the cause '" << rule << "' (write a rule's name, or none)";
    }
  }
}

TEST(Accuracy, RestsOnEnoughStories) {
  Score all;
  for (const JudgedStory& story : stories()) all += score_of(story);
  EXPECT_GE(all.failing + all.healthy, 120u);
  EXPECT_GE(all.healthy, 30u);
}

TEST(Accuracy, FindsTheCauseOfEachFailure) {
  for (const JudgedStory& story : stories()) {
    const Score score = score_of(story);
    EXPECT_EQ(score.recalled, score.failing)
        << story.name << " is labelled " << story.cause << "; told: " << told_in(story);
  }
}

TEST(Accuracy, CallsNothingElseTheCause) {
  if (!kRanked<Finding>) return;  // told, and counted, but every symptom passes for a cause then
  for (const JudgedStory& story : stories()) {
    const Score score = score_of(story);
    EXPECT_EQ(score.causes_right, score.causes_told)
        << story.name << " is labelled " << story.cause << "; told: " << told_in(story);
  }
}

TEST(Accuracy, DisturbsNobodyWhereAllIsWell) {
  for (const JudgedStory& story : stories()) {
    EXPECT_EQ(score_of(story).false_alarms, 0u) << story.name << " told: " << told_in(story);
  }
}

TEST(Accuracy, LetsNoStoryWaitThatIsToldRight) {
  for (const std::string_view name : waiting_stories()) {
    const auto story = std::ranges::find(stories(), name, &JudgedStory::name);
    ASSERT_NE(story, stories().end()) << "there is no story " << name;
    EXPECT_FALSE(is_right(full_score_of(*story)))
        << name << " is told right now: take it from tests/flows/waiting_stories.h";
  }
}

// --- the measure itself -----------------------------------------------------------------------

Finding finding(std::string rule, Level level, std::string host = "sts.contoso.com") {
  Finding made;
  made.rule_name = std::move(rule);
  made.level = level;
  made.host = std::move(host);
  return made;
}

TEST(Score, CountsAFailureWhoseCauseIsNamed) {
  const Score score = score_of({"a", "right", "lab", {finding("right", Level::high)}});
  EXPECT_EQ(score.failing, 1u);
  EXPECT_EQ(score.recalled, 1u);
  EXPECT_EQ(score.causes_told, 1u);
  EXPECT_EQ(score.causes_right, 1u);
  EXPECT_EQ(score.healthy, 0u);
}

TEST(Score, CountsAWrongCauseBesideTheRightOne) {
  const Score score = score_of(
      {"a", "right", "lab", {finding("wrong", Level::medium), finding("right", Level::low)}});
  EXPECT_EQ(score.recalled, 1u);
  EXPECT_EQ(score.causes_told, 1u);
  EXPECT_EQ(score.causes_right, 0u);
}

TEST(Score, WantsEachOfSeveralCauses) {
  JudgedStory story{"a", "one, other", "lab", {finding("one", Level::high)}};
  EXPECT_EQ(score_of(story).recalled, 0u);
  EXPECT_EQ(score_of(story).causes_right, 1u);
  story.findings.push_back(finding("other", Level::high));
  EXPECT_EQ(score_of(story).recalled, 1u);
  EXPECT_EQ(score_of(story).causes_right, 2u);
}

TEST(Score, CountsOneRuleAboutOneHostOnce) {
  const Score score = score_of({"a",
                                "right",
                                "lab",
                                {finding("wrong", Level::high), finding("wrong", Level::high),
                                 finding("wrong", Level::high, "mail.contoso.com")}});
  EXPECT_EQ(score.recalled, 0u);
  EXPECT_EQ(score.causes_told, 2u);
}

TEST(Score, CountsAnAlarmOnlyFromMediumOn) {
  EXPECT_EQ(score_of({"a", "none", "lab", {finding("any", Level::low)}}).false_alarms, 0u);
  EXPECT_EQ(score_of({"a", "none", "lab", {finding("any", Level::medium)}}).false_alarms, 1u);
}

TEST(Score, CountsNothingOfAStoryThatWaits) {
  const Score score = score_of({"a", "right", "lab", {finding("wrong", Level::high)}, true});
  EXPECT_EQ(score.failing + score.healthy + score.causes_told, 0u);
  EXPECT_EQ(score.waiting, 1u);
}

TEST(Score, KnowsOriginsOfThreeKinds) {
  EXPECT_EQ(kind_of_origin("reference N26"), "reference");
  EXPECT_EQ(kind_of_origin("reference N26, blind"), "reference, blind");
  EXPECT_EQ(kind_of_origin("sample ad-pox-error-600.xml"), "sample");
  EXPECT_EQ(kind_of_origin("lab"), "lab");
  for (const std::string_view bad : {"", "reference", "sample", "reference, blind", "memory X1"}) {
    EXPECT_EQ(kind_of_origin(bad), "") << bad;
  }
}

// A finding as the ranking leaves it.
struct Ranked {
  std::string rule_name;
  std::uint64_t number = 0;
  std::uint64_t because_of = 0;
  std::uint64_t again_of = 0;
  std::vector<std::uint64_t> cause_of;
};

TEST(CausesOf, LeavesOutWhatAnotherFindingExplains) {
  const std::vector<Ranked> told = {
      {"first, explained later", 1, 0, 0, {}},
      {"cause", 2, 0, 0, {1}},
      {"explained at once", 3, 2, 0, {}},
      {"cause again", 4, 0, 2, {}},
  };
  const std::vector<Ranked> causes = causes_of(told);
  ASSERT_EQ(causes.size(), 1u);
  EXPECT_EQ(causes[0].rule_name, "cause");
}

}  // namespace
}  // namespace exotap::testing
