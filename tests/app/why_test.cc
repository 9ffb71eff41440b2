#include "app/why.h"

#include <gmock/gmock.h>

#include "tests/app/rulebook.h"

namespace exotap {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Why : public testing::Test {
 protected:
  Why() : rules_(load(teapot_rule() + kFilter)) {
    facts_.add(*find_fact("exotap.mail_related"), true);
    facts_.add(*find_fact("url.domain"), "mail.contoso.com");
    facts_.add(*find_fact("url.path"), "/page");
  }
  static std::unique_ptr<const RuleSet> load(const std::string& text) {
    const std::array<RuleSource, 1> sources = {{{"teapot.yml", text}}};
    LoadedRules loaded = load_rules(sources, Vocabulary(all_facts()));
    for (const LoadMessage& message : loaded.report.errors()) ADD_FAILURE() << to_string(message);
    return std::move(loaded.rules);
  }
  void answer(int status) { facts_.add(*find_fact("http.response.status_code"), status); }

  static constexpr const char* kFilter =
      "---\ntitle: Tea is wanted\nlogsource: {product: exotap}\nfilter:\n  rules: [teapot]\n"
      "  host:\n    url.domain: tea.example\n  condition: not host\n";
  std::unique_ptr<const RuleSet> rules_;
  Facts facts_;
};

TEST_F(Why, SaysOfEveryStatementWhetherItHoldsAndWhatWasSeenWhere) {
  answer(503);
  EXPECT_EQ(why(*rules_, 0, facts_),
            "  no   all of:\n"
            "  no     http.response.status_code is 418   [seen 503; status line]  <--\n"
            "  yes    url.path is '/page'   [seen '/page'; request line]\n"
            "       and by the filter 'Tea is wanted':\n"
            "  yes    none of:\n"
            "  no       url.domain is 'tea.example'   [seen 'mail.contoso.com'; request line]\n");
}

TEST_F(Why, WhatIsNotStatedIsSaidSo) {
  EXPECT_THAT(why(*rules_, 0, facts_),
              HasSubstr("http.response.status_code is 418   [not stated]  <--"));
}

TEST_F(Why, AFilterAndTheTrafficKeepARuleSilentToo) {
  answer(418);
  EXPECT_THAT(why(*rules_, 0, facts_), Not(HasSubstr("<--")));
  EXPECT_EQ(nearness(*rules_, 0, facts_).misses, 0U);
  facts_.add(*find_fact("url.domain"), "tea.example");
  EXPECT_THAT(why(*rules_, 0, facts_), HasSubstr("tea.example'; request line]  <--"));
  facts_.add(*find_fact("exotap.speculative"), true);
  EXPECT_THAT(why(*rules_, 0, facts_), HasSubstr("no   exotap.speculative is not true"));
  EXPECT_EQ(nearness(*rules_, 0, facts_).misses, 2U);
}

TEST_F(Why, NearRulesAreThoseThatOneStatementKeeps) {
  answer(503);
  EXPECT_THAT(nearest_rules(*rules_, facts_, 5), ElementsAre(0U));
  EXPECT_THAT(nearest_rules(*rules_, facts_, 0), IsEmpty());
  Facts other;
  other.add(*find_fact("exotap.mail_related"), true);
  EXPECT_THAT(nearest_rules(*rules_, other, 5), IsEmpty());
}

TEST_F(Why, OfACorrelationTheRulesItCountsAreTold) {
  const auto rules = load(
      "title: Often\nname: teapot\nid: 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4be0\nlevel: low\n"
      "owner: user\nexplain: A.\nremedy: B.\ntests: {fires: [a], silent: [b]}\n"
      "correlation:\n  type: event_count\n  rules: [one]\n  timespan: 5m\n"
      "  condition: {gte: 2}\n---\n" +
      teapot_rule("one"));
  ASSERT_TRUE(rules);
  answer(418);
  EXPECT_THAT(why(*rules, 0, facts_), HasSubstr("counts: 2 or more matches of one"));
  EXPECT_THAT(why(*rules, 0, facts_), HasSubstr("of these, one:\n  yes  all of:"));
}

}  // namespace
}  // namespace exotap
