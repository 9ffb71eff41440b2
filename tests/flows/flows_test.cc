// Golden stories: every folder here is a story, told to decoders, flow and rules, and compared with
// what they said about it when a person last read it. With EXOTAP_BLESS=1 in the environment, the
// golden files are written anew instead: read the difference before it is kept.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <stdexcept>

#include "tests/flows/labels.h"
#include "tests/flows/told_story.h"
#include "tests/flows/waiting_stories.h"

namespace exotap::testing {
namespace {

const RuleSet& library() {
  static const LoadedRules loaded = load_library();
  if (!loaded.rules) {
    for (const LoadMessage& message : loaded.report.errors()) {
      ADD_FAILURE() << to_string(message);
    }
    throw std::runtime_error("the rules library does not load");
  }
  return *loaded.rules;
}

Story story_of(const std::string& name) {
  StoryResult result = read_story((flows_folder() / name / "story.yml").string());
  if (!result.story) throw std::runtime_error(result.error);
  return std::move(*result.story);
}

ToldStory told(const std::string& name) { return tell(story_of(name), library()); }

constexpr std::string_view kNothing = "nothing to report\n";

bool blessing() {
  const char* set = std::getenv("EXOTAP_BLESS");
  return set != nullptr && std::string_view(set) == "1";
}

void compare(const std::filesystem::path& golden, const std::string& text) {
  if (blessing()) {
    std::ofstream(golden, std::ios::binary) << text;
    return;
  }
  EXPECT_EQ(file_text(golden), text) << golden << " (EXOTAP_BLESS=1 writes it anew)";
}

class StoryOf : public ::testing::TestWithParam<std::string> {};

TEST_P(StoryOf, SaysWhatItSaidBefore) {
  const ToldStory story = told(GetParam());
  compare(flows_folder() / GetParam() / "facts.golden", golden_facts(story));
  compare(flows_folder() / GetParam() / "findings.golden", golden_findings(story));
}

bool compares_accounts(const std::string& rule) {
  return rule == "federated-account-alone-fails" || rule == "cloud-account-alone-fails" ||
         rule == "both-kinds-of-account-fail";
}

bool is_about_a_certificate(const Finding& finding) {
  const std::string& file = library().find(finding.rule_name)->file;
  return file.find("/certificates/") != std::string::npos && !finding.caused_by_exotap;
}

// The law: no word about a certificate unless one was received.
TEST_P(StoryOf, BlamesNoCertificateThatWasNotReceived) {
  for (const ToldExchange& exchange : told(GetParam()).exchanges) {
    for (const Finding& finding : exchange.findings) {
      if (!is_about_a_certificate(finding)) continue;
      EXPECT_NE(exchange.facts.find("tls.certificate.received = true"), std::string::npos)
          << finding.rule_name << " about " << exchange.heading;
    }
  }
  const Story without = changed(story_of(GetParam()), [](Exchange& e) { e.tls.chain.clear(); });
  for (const Finding& finding : tell(without, library()).findings()) {
    EXPECT_FALSE(is_about_a_certificate(finding)) << finding.rule_name;
  }
}

// Nothing is found about hosts that are neither mail nor sign-in, about connections that nobody
// used, and about what the client itself gave up.
TEST_P(StoryOf, SaysNothingOfWhatConcernsNobody) {
  const Story story = story_of(GetParam());
  const auto said = [&](void (*change)(Exchange&)) {
    return golden_findings(tell(changed(story, change), library()));
  };
  EXPECT_EQ(said([](Exchange& e) { e.mail_related = false; }), kNothing);
  EXPECT_EQ(said([](Exchange& e) { e.speculative = true; }), kNothing);
  EXPECT_EQ(said([](Exchange& e) { e.client_aborted = true; }), kNothing);
}

// One cause, one finding: no exchange is judged twice. What the comparison of accounts says is
// about several exchanges, and may come beside what the last of them says by itself.
TEST_P(StoryOf, GivesAnExchangeOneFindingAtMost) {
  if (waits_for_rules(GetParam())) return;
  for (const ToldExchange& exchange : told(GetParam()).exchanges) {
    const auto alone =
        std::count_if(exchange.findings.begin(), exchange.findings.end(),
                      [](const Finding& finding) { return !compares_accounts(finding.rule_name); });
    EXPECT_LE(alone, 1) << exchange.heading;
    EXPECT_LE(exchange.findings.size() - static_cast<std::size_t>(alone), 1u) << exchange.heading;
  }
}

TEST_P(StoryOf, LeavesNoPlaceholderEmpty) {
  for (const Finding& finding : told(GetParam()).findings()) {
    for (const std::string& text : {finding.title, finding.explain, finding.remedy}) {
      EXPECT_EQ(text.find(kAbsentText), std::string::npos) << finding.rule_name << ": " << text;
    }
  }
}

TEST_P(StoryOf, StaysSilentWhereAllIsWell) {
  if (!GetParam().starts_with("healthy-") || waits_for_rules(GetParam())) return;
  EXPECT_EQ(golden_findings(told(GetParam())), kNothing);
}

std::string test_name(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Flows, StoryOf, ::testing::ValuesIn(story_names()), test_name);

class RuleTestsOf : public ::testing::Test {
 protected:
  // The rules that fire in each story, and the consequences that join findings there.
  std::map<std::string, std::set<std::string>> fired_;
  std::map<std::string, std::set<std::string>> joined_;

  void SetUp() override {
    for (const std::string& name : story_names()) {
      auto& rules = fired_[name];
      for (const Finding& finding : told(name).findings()) {
        rules.insert(finding.rule_name);
        for (const std::size_t by : finding.joined_by) {
          joined_[name].insert(library().consequences().at(by).name);
        }
      }
    }
  }
};

TEST_F(RuleTestsOf, TheConsequencesHoldTrue) {
  EXPECT_GE(library().consequences().size(), 10u);
  for (const Consequence& consequence : library().consequences()) {
    const std::string& name = consequence.name;
    EXPECT_FALSE(consequence.joins.empty()) << name << " names no story where it joins findings";
    EXPECT_FALSE(consequence.apart.empty()) << name << " names no story where it does not";
    for (const std::string& story : consequence.joins) {
      ASSERT_TRUE(fired_.contains(story)) << name << ": there is no story " << story;
      EXPECT_TRUE(joined_[story].contains(name)) << name << " joins nothing in " << story;
    }
    for (const std::string& story : consequence.apart) {
      ASSERT_TRUE(fired_.contains(story)) << name << ": there is no story " << story;
      EXPECT_FALSE(joined_[story].contains(name)) << name << " joins findings in " << story;
    }
  }
}

TEST_F(RuleTestsOf, TheConsequencesNameEveryStoryInWhichTheyJoinFindings) {
  for (const Consequence& consequence : library().consequences()) {
    for (const auto& [story, names] : joined_) {
      if (!names.contains(consequence.name)) continue;
      EXPECT_NE(std::ranges::find(consequence.joins, story), consequence.joins.end())
          << consequence.name << " joins findings in " << story << " and does not say so";
    }
  }
}

// A story of several findings is about how they hang together. The rules have their own.
bool is_about_causes(const std::string& story) {
  return story.starts_with("cause-") || story.starts_with("two-causes-");
}

// What the labels say: as many causes as the name tells, and the first is the one named.
TEST_P(StoryOf, HasTheCausesItsNameTells) {
  if (!is_about_causes(GetParam())) return;
  const std::vector<Finding> causes = told(GetParam()).causes();
  ASSERT_EQ(causes.size(), GetParam().starts_with("two-causes-") ? 2u : 1u);
  const auto labels = causes_labelled(story_of(GetParam()).cause);
  for (const Finding& cause : causes) EXPECT_TRUE(labels.contains(cause.rule_name));
}

TEST_F(RuleTestsOf, TheLibraryHoldTrue) {
  for (std::size_t i = 0; i < library().size(); ++i) {
    const Rule& rule = library().rule(i);
    if (!rule.fires_alone) continue;
    EXPECT_FALSE(rule.tests.fires.empty()) << rule.name << " names no story where it fires";
    EXPECT_FALSE(rule.tests.silent.empty()) << rule.name << " names no story where it is silent";
    for (const std::string& story : rule.tests.fires) {
      ASSERT_TRUE(fired_.contains(story)) << rule.name << ": there is no story " << story;
      EXPECT_TRUE(fired_[story].contains(rule.name)) << rule.name << " is silent in " << story;
    }
    for (const std::string& story : rule.tests.silent) {
      ASSERT_TRUE(fired_.contains(story)) << rule.name << ": there is no story " << story;
      EXPECT_FALSE(fired_[story].contains(rule.name)) << rule.name << " fires in " << story;
    }
  }
}

// By its own list, or by the story's label. Of a story that waits for rules nothing is said.
TEST_F(RuleTestsOf, TheLibraryNameEveryStoryInWhichTheyFire) {
  for (const auto& [story, rules] : fired_) {
    if (is_about_causes(story)) continue;
    if (waits_for_rules(story)) continue;
    const auto labels = causes_labelled(story_of(story).cause);
    for (const std::string& name : rules) {
      const std::vector<std::string>& fires = library().find(name)->tests.fires;
      EXPECT_TRUE(labels.contains(name) || std::ranges::find(fires, story) != fires.end())
          << name << " fires in " << story << " and does not say so";
    }
  }
}

// The certificate rules leave out what gateway-certificate finds. The loader knows no anchors, so
// the patterns stand in each of them, and must stay the same.
TEST(Library, CertificateRulesAgreeOnWhatAGatewayIs) {
  const auto folder = std::filesystem::path(EXOTAP_SOURCE_DIR) / "rules/library/certificates";
  std::set<std::string> patterns;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string text = file_text(entry.path());
    const std::size_t begin = text.find("  gateway_vendor:");
    if (begin == std::string::npos) continue;
    patterns.insert(text.substr(begin, text.find("  condition:") - begin));
  }
  EXPECT_EQ(patterns.size(), 1u);
}

TEST(Library, LoadsWithoutAWarning) {
  const LoadedRules loaded = load_library();
  for (const LoadMessage& message : loaded.report.warnings()) ADD_FAILURE() << to_string(message);
  for (const LoadMessage& message : loaded.report.errors()) ADD_FAILURE() << to_string(message);
  ASSERT_TRUE(loaded.rules);
  EXPECT_GE(loaded.rules->size(), 40u);
}

TEST(Library, SaysEveryRuleInFullAndPlainWords) {
  for (std::size_t i = 0; i < library().size(); ++i) {
    const Rule& rule = library().rule(i);
    EXPECT_EQ(rule.source, LogSource::exotap) << rule.name;
    EXPECT_FALSE(rule.description.empty()) << rule.name;
    EXPECT_FALSE(rule.explain.empty()) << rule.name;
    EXPECT_FALSE(rule.remedy.empty()) << rule.name;
    EXPECT_LE(rule.title.size(), 110u) << rule.name;
  }
}

// Whoever reads a finding learns whom to call.
TEST(Library, NamesAnOwnerForEveryRule) {
  for (std::size_t i = 0; i < library().size(); ++i) {
    const Rule& rule = library().rule(i);
    if (!rule.fires_alone) continue;
    EXPECT_NE(rule.owner, Owner::unnamed) << rule.name << " names no owner";
  }
}

}  // namespace
}  // namespace exotap::testing
