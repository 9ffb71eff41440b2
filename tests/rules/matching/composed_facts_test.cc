#include "rules/matching/composed_facts.h"

#include "rules/matching/taxonomy.h"
#include "tests/rules/vocabulary_for_test.h"

namespace exotap {
namespace {

struct Composed {
  std::string full, original, extension;
};

Composed compose(std::string_view scheme, int port, std::string_view path, std::string_view query) {
  SlotTable slots;
  const Slot full = slots.add(kUrlFull);
  const Slot original = slots.add(kUrlOriginal);
  const Slot extension = slots.add(kUrlExtension);
  const ComposedFacts composed(test_vocabulary(), slots);
  Facts facts;
  facts.add(kScheme, scheme);
  facts.add(kDomain, "a.example");
  facts.add(kPort, port);
  facts.add_if(kPath, path);
  facts.add_if(kQuery, query);
  FactIndex index;
  ComposedFacts::Texts texts;
  index.fill(slots, facts);
  composed.compose(index, texts);
  const auto text = [&](Slot slot) {
    return index.has(slot) ? std::string(index.at(index.first(slot)).text) : "(absent)";
  };
  return {text(full), text(original), text(extension)};
}

TEST(ComposedFacts, PutAnAddressTogether) {
  const Composed made = compose("https", 443, "/a/b.EXE", "x=1");
  EXPECT_EQ(made.full, "https://a.example/a/b.EXE?x=1");
  EXPECT_EQ(made.original, "/a/b.EXE?x=1");
  EXPECT_EQ(made.extension, "EXE");
}

TEST(ComposedFacts, NameAnUnusualPort) {
  EXPECT_EQ(compose("http", 80, "/", "").full, "http://a.example/");
  EXPECT_EQ(compose("https", 8443, "/", "").full, "https://a.example:8443/");
  EXPECT_EQ(compose("http", 443, "/", "").full, "http://a.example:443/");
}

TEST(ComposedFacts, AnExtensionIsOfTheLastSegment) {
  EXPECT_EQ(compose("https", 443, "/v1.0/users", "").extension, "(absent)");
  EXPECT_EQ(compose("https", 443, "/a.tar.gz", "").extension, "gz");
  EXPECT_EQ(compose("https", 443, "/end.", "").extension, "(absent)");
}

TEST(ComposedFacts, AreAbsentWhereThereWasNoRequest) {
  const Composed made = compose("https", 443, "", "");
  EXPECT_EQ(made.full, "(absent)");
  EXPECT_EQ(made.original, "(absent)");
}

TEST(ComposedFacts, CostNothingWhereNoRuleAsks) {
  SlotTable slots;
  slots.add(kDomain);
  const ComposedFacts composed(test_vocabulary(), slots);
  EXPECT_EQ(slots.size(), 1U);
}

}  // namespace
}  // namespace exotap
