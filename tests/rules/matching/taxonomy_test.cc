#include "rules/matching/taxonomy.h"

#include <gtest/gtest.h>

#include <set>

namespace exotap {
namespace {

TEST(Taxonomy, KnowsSigmasNamesForOurFacts) {
  EXPECT_EQ(find_alias("cs-host")->fact, "url.domain");
  EXPECT_EQ(find_alias("sc-status")->fact, "http.response.status_code");
  EXPECT_EQ(find_alias("cs-user-agent")->fact, "user_agent.original");
  EXPECT_EQ(find_alias("no-such-field"), nullptr);
}

TEST(Taxonomy, CUriIsTheWholeAddressOrThePath) {
  EXPECT_EQ(find_alias("c-uri")->fact, "url.full");
  EXPECT_EQ(find_alias("c-uri")->other_fact, "url.original");
}

TEST(Taxonomy, CookiesAndReferrersAreNeverAvailable) {
  for (const char* field : {"cs-cookie", "cs-referer", "cs-referrer"}) {
    ASSERT_NE(find_alias(field), nullptr) << field;
    EXPECT_EQ(find_alias(field)->fact, "") << field;
  }
}

TEST(Taxonomy, NamesEachFieldOnce) {
  std::set<std::string_view> seen;
  for (const FieldAlias& alias : field_aliases()) {
    EXPECT_TRUE(seen.insert(alias.field).second) << alias.field;
  }
}

TEST(Taxonomy, ComposedFactsAreFoundByName) {
  EXPECT_EQ(find_composed_fact("url.extension"), &kUrlExtension);
  EXPECT_EQ(find_composed_fact("url.domain"), nullptr);
}

}  // namespace
}  // namespace exotap
