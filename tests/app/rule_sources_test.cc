#include "app/rule_sources.h"

#include <gmock/gmock.h>

#include <sstream>

#include "tests/app/judging.h"
#include "tests/app/own_home.h"

namespace exotap {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

class RuleSourcesTest : public OwnHome {
 protected:
  std::unique_ptr<const RuleSet> load(const std::vector<std::string>& directories) {
    std::ostringstream errors;
    auto rules = load_all_rules(directories, errors);
    errors_ = errors.str();
    return rules;
  }
  [[nodiscard]] std::string rules_of(const std::string& name) const {
    return (home() / name).string();
  }

  std::string errors_;
};

TEST_F(RuleSourcesTest, TheBuiltInOnesAreThereAndSound) {
  const auto rules = load({});
  ASSERT_NE(rules, nullptr) << errors_;
  EXPECT_GT(rules->size(), 0U);
  EXPECT_THAT(errors_, IsEmpty());
}

TEST_F(RuleSourcesTest, FoldersAreAddedToThem) {
  const std::size_t built_in = load({})->size();
  (void)file("ours/first.yml", refusal_rule("first", "low", 1));
  (void)file("theirs/second.yml", refusal_rule("second", "low", 2));
  const auto rules = load({rules_of("ours"), rules_of("theirs")});
  ASSERT_NE(rules, nullptr) << errors_;
  EXPECT_EQ(rules->size(), built_in + 2);
  EXPECT_NE(rules->find("first"), nullptr);
  EXPECT_NE(rules->find("second"), nullptr);
}

TEST_F(RuleSourcesTest, ABrokenRuleIsNamedAndNothingIsLoaded) {
  (void)file("ours/sound.yml", refusal_rule("sound", "low", 1));
  (void)file("ours/broken.yml", refusal_rule("broken", "terrible", 2));
  EXPECT_EQ(load({rules_of("ours")}), nullptr);
  EXPECT_THAT(errors_, StartsWith("exotap: rule: "));
  EXPECT_THAT(errors_, HasSubstr("broken.yml"));
  EXPECT_THAT(errors_, HasSubstr("(mend the rule"));
}

TEST_F(RuleSourcesTest, AreToldInTheLanguageAskedFor) {
  std::ostringstream errors;
  const auto rules = load_all_rules({}, errors, *wording_in("de"));
  ASSERT_NE(rules, nullptr) << errors.str();
  EXPECT_EQ(rules->words().code, "de");
  EXPECT_EQ(rules->find("port-443-blocked-here")->title,
            "Port 443 von {url.domain} antwortet nicht");
}

TEST_F(RuleSourcesTest, OwnRulesBringMessagesBesideThem) {
  (void)file("ours/first.yml", refusal_rule("first", "low", 1));
  (void)file("ours/messages/de/first.yml",
             "3f1a4c1e-6b0e-4a37-9a0d-0c2d5b1f7a01:\n  title: \"{url.domain} lehnt ab\"\n"
             "  explain: \"{url.domain}: {error.code}\"\n  remedy: Fragen.\n");
  std::ostringstream errors;
  const auto rules = load_all_rules({rules_of("ours")}, errors, *wording_in("de"));
  ASSERT_NE(rules, nullptr) << errors.str();
  EXPECT_EQ(rules->find("first")->title, "{url.domain} lehnt ab");
  EXPECT_EQ(load({rules_of("ours")})->find("first")->title, "{url.domain} refuses");
}

TEST_F(RuleSourcesTest, ABrokenMessageIsNamedAndNothingIsLoaded) {
  (void)file("ours/first.yml", refusal_rule("first", "low", 1));
  (void)file("ours/messages/de/first.yml",
             "3f1a4c1e-6b0e-4a37-9a0d-0c2d5b1f7a01:\n  title: Ohne Namen\n"
             "  explain: \"{url.domain}: {error.code}\"\n  remedy: Fragen.\n");
  std::ostringstream errors;
  EXPECT_EQ(load_all_rules({rules_of("ours")}, errors, *wording_in("de")), nullptr);
  EXPECT_THAT(errors.str(), HasSubstr("first.yml:1: title: {url.domain} of the rule's text"));
}

TEST_F(RuleSourcesTest, AFolderThatIsNotThereIsAnError) {
  EXPECT_EQ(load({rules_of("nowhere")}), nullptr);
  EXPECT_THAT(errors_, HasSubstr("nowhere"));
}

}  // namespace
}  // namespace exotap
