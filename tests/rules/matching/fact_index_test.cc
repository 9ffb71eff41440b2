#include "rules/matching/fact_index.h"

#include "tests/rules/vocabulary_for_test.h"

namespace exotap {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> values(const FactIndex& index, Slot slot) {
  std::vector<std::string> out;
  for (auto at = index.first(slot); at != FactIndex::kNone; at = index.next(at)) {
    out.emplace_back(index.at(at).text);
  }
  return out;
}

TEST(SlotTable, GivesEachFactOneNumber) {
  SlotTable slots;
  const Slot domain = slots.add(kDomain);
  const Slot status = slots.add(kStatus);
  EXPECT_NE(domain, status);
  EXPECT_EQ(slots.add(kDomain), domain);
  EXPECT_EQ(slots.find(&kStatus), status);
  EXPECT_EQ(slots.find(&kPath), SlotTable::kNoSlot);
  EXPECT_EQ(&slots.spec(domain), &kDomain);
}

TEST(SlotTable, GrowsWithTheVocabulary) {
  SlotTable slots;
  const std::vector<FactSpec> many(1000);
  for (std::size_t i = 0; i < many.size(); ++i) EXPECT_EQ(slots.add(many[i]), i);
  for (std::size_t i = 0; i < many.size(); ++i) EXPECT_EQ(slots.find(&many[i]), i);
}

TEST(FactIndex, HoldsAllValuesOfAFactInTheirOrder) {
  SlotTable slots;
  const Slot challenge = slots.add(kChallenge);
  const Slot domain = slots.add(kDomain);
  const Slot status = slots.add(kStatus);
  Facts facts;
  facts.add(kChallenge, "negotiate");
  facts.add(kDomain, "a.example");
  facts.add(kPath, "/not-asked-for");
  facts.add(kChallenge, "ntlm");
  FactIndex index;
  index.fill(slots, facts);
  EXPECT_THAT(values(index, challenge), ElementsAre("negotiate", "ntlm"));
  EXPECT_THAT(values(index, domain), ElementsAre("a.example"));
  EXPECT_FALSE(index.has(status));
  EXPECT_EQ(&index.facts(), &facts);
}

TEST(FactIndex, IsFilledAnew) {
  SlotTable slots;
  const Slot domain = slots.add(kDomain);
  Facts facts;
  facts.add(kDomain, "a.example");
  FactIndex index;
  index.fill(slots, facts);
  const Facts none;
  index.fill(slots, none);
  EXPECT_FALSE(index.has(domain));
}

TEST(FactIndex, TakesValuesThatNoFactStates) {
  SlotTable slots;
  const Slot path = slots.add(kPath);
  const Facts none;
  FactIndex index;
  index.fill(slots, none);
  index.add(path, {&kPath, "/composed", 0});
  EXPECT_THAT(values(index, path), ElementsAre("/composed"));
}

}  // namespace
}  // namespace exotap
