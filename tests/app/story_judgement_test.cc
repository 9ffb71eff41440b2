#include "app/story_judgement.h"

#include <gmock/gmock.h>

#include "tests/app/rulebook.h"

namespace exotap {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::set<std::string> fired(int status) {
  const std::string rule = teapot_rule();
  const std::array<RuleSource, 1> sources = {{{"teapot.yml", rule}}};
  const LoadedRules loaded = load_rules(sources, Vocabulary(all_facts()));
  const StoryResult read = parse_story(page_story(status), "story.yml");
  if (!loaded.rules || !read.story) {
    ADD_FAILURE() << read.error;
    return {};
  }
  const auto steps = judge_story(*read.story, *loaded.rules);
  EXPECT_EQ(steps.size(), 1U);
  EXPECT_EQ(steps[0].exchange->host, "mail.contoso.com");
  EXPECT_TRUE(steps[0].facts.is_true(*find_fact("exotap.mail_related")));
  return fired_in(steps);
}

TEST(StoryJudgement, GoesThroughDecodersFlowAndRules) {
  EXPECT_THAT(fired(418), ElementsAre("teapot"));
  EXPECT_THAT(fired(200), IsEmpty());
}

}  // namespace
}  // namespace exotap
