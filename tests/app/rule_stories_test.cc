#include "app/rule_stories.h"

#include <gmock/gmock.h>

#include "tests/app/rulebook.h"

namespace exotap {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class RuleStories : public Rulebook {
 protected:
  void put_sound_folder() const {
    put("teapot.yml", teapot_rule());
    put("stories/brews.yml", page_story(418));
    put("stories/serves/story.yml", page_story(200));
  }
};

TEST_F(RuleStories, ARuleOfAUserIsTestedByStoriesOfTheirs) {
  put_sound_folder();
  const Spoken said = rules({"test", folder()});
  EXPECT_EQ(said.code, 0) << said.errors << said.out;
  EXPECT_EQ(said.out,
            "teapot\n  ok    fires in brews\n  ok    is silent in serves\n"
            "1 rule tested in 2 stories: 2 ok, 0 failed\n");
  EXPECT_EQ(rules({"test", folder(), "--quiet"}).out,
            "1 rule tested in 2 stories: 2 ok, 0 failed\n");
}

TEST_F(RuleStories, WhereItStaysSilentTheStatementThatKeepsItIsNamed) {
  put_sound_folder();
  put("stories/brews.yml", page_story(503));
  const Spoken said = rules({"test", folder()});
  EXPECT_EQ(said.code, 1);
  EXPECT_THAT(said.out, AllOf(HasSubstr("FAIL  fires in brews: it stays silent"),
                              HasSubstr("nearest is exchange 1 (mail.contoso.com)"),
                              HasSubstr("http.response.status_code is 418   [seen 503; status line]"
                                        "  <--"),
                              HasSubstr("1 ok, 1 failed")));
}

TEST_F(RuleStories, WhereItFiresUnaskedTheExchangeIsNamed) {
  put_sound_folder();
  put("stories/serves/story.yml", page_story(418));
  const Spoken said = rules({"test", folder()});
  EXPECT_EQ(said.code, 1);
  EXPECT_THAT(said.out, AllOf(HasSubstr("FAIL  is silent in serves: it fires"),
                              HasSubstr("mail.contoso.com is a teapot")));
}

TEST_F(RuleStories, AMissingStoryIsAFailureThatSaysWhereItWasLookedFor) {
  put("teapot.yml", teapot_rule("teapot", "{fires: [brew], silent: [serves]}"));
  put("stories/brews.yml", page_story(418));
  put("stories/serves.yml", page_story(200));
  const Spoken said = rules({"test", folder()});
  EXPECT_EQ(said.code, 1);
  EXPECT_THAT(said.out, AllOf(HasSubstr("there is no story 'brew' (did you mean 'brews'?)"),
                              HasSubstr("Stories were looked for in " + folder() + "/stories")));
}

TEST_F(RuleStories, StoriesMayStandElsewhere) {
  put("teapot.yml", teapot_rule());
  (void)file("elsewhere/brews.yml", page_story(418));
  (void)file("elsewhere/serves.yml", page_story(200));
  EXPECT_EQ(rules({"test", folder()}).code, 1);
  EXPECT_EQ(rules({"test", folder(), "--stories", (home() / "elsewhere").string()}).code, 0);
  EXPECT_EQ(rules({"test", folder(), "--stories", (home() / "nowhere").string()}).code, 4);
}

TEST_F(RuleStories, AStoryThatCannotBeReadIsToldWithItsPlace) {
  put_sound_folder();
  put("stories/brews.yml", "title: A\nexchanges: 5\n");
  const Spoken said = rules({"test", folder()});
  EXPECT_EQ(said.code, 4);
  EXPECT_THAT(said.out, HasSubstr("brews.yml:"));
}

TEST_F(RuleStories, BrokenRulesAreNotTested) {
  put_sound_folder();
  put("broken.yml", "title: [\n");
  const Spoken said = rules({"test", folder()});
  EXPECT_EQ(said.code, 2);
  EXPECT_THAT(said.errors, HasSubstr("broken.yml"));
  EXPECT_THAT(said.out, Not(HasSubstr("tested")));
}

TEST_F(RuleStories, ASingleFileIsTestedWithTheStoriesBesideIt) {
  put_sound_folder();
  EXPECT_EQ(rules({"test", folder() + "/teapot.yml"}).code, 0);
}

TEST_F(RuleStories, AreLookedForBesideTheRulesAndAbove) {
  put("stories/a.yml", "");
  put("rules/library/room/b.yml", "");
  put("tests/flows/c.yml", "");
  EXPECT_THAT(story_folders(folder() + "/rules/library/room"),
              ElementsAre(folder() + "/tests/flows"));
  EXPECT_THAT(story_folders(folder() + "/rules"),
              ElementsAre(folder() + "/stories", folder() + "/tests/flows"));
}

}  // namespace
}  // namespace exotap
