#include "decoders/flow/recent_table.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>

namespace exotap::flow {
namespace {

using namespace std::string_view_literals;

TEST(RecentTable, RemembersWhatWasMade) {
  RecentTable<std::string, int, 4> table;
  const auto [made, is_new] = table.find_or_make(hash_of("a"), "a"sv);
  EXPECT_TRUE(is_new);
  *made = 7;
  const auto [again, is_new_again] = table.find_or_make(hash_of("a"), "a"sv);
  EXPECT_FALSE(is_new_again);
  EXPECT_EQ(*again, 7);
  EXPECT_EQ(table.find(hash_of("b"), "b"sv), nullptr);
}

TEST(RecentTable, KeysWithTheSameHashAreToldApart) {
  RecentTable<std::string, int, 1> table;
  *table.find_or_make(1, "a"sv).first = 1;
  *table.find_or_make(1, "b"sv).first = 2;
  EXPECT_EQ(*table.find(1, "a"sv), 1);
  EXPECT_EQ(*table.find(1, "b"sv), 2);
}

TEST(RecentTable, TheLeastRecentlyUsedMakesRoom) {
  RecentTable<std::string, int, 1, 2> table;
  (void)table.find_or_make(1, "old"sv);
  (void)table.find_or_make(2, "older"sv);
  ASSERT_NE(table.find(1, "old"sv), nullptr);  // used: now the other is the older one
  (void)table.find_or_make(3, "new"sv);
  EXPECT_NE(table.find(1, "old"sv), nullptr);
  EXPECT_EQ(table.find(2, "older"sv), nullptr);
  EXPECT_NE(table.find(3, "new"sv), nullptr);
}

TEST(RecentTable, AReusedPlaceKeepsNothingOfItsFormerUse) {
  RecentTable<std::string, int, 1, 1> table;
  *table.find_or_make(1, "a"sv).first = 7;
  const auto [made, is_new] = table.find_or_make(2, "b"sv);
  EXPECT_TRUE(is_new);
  EXPECT_EQ(*made, 0);
}

TEST(RecentTable, NeverHoldsMoreThanItsCapacity) {
  RecentTable<std::string, int, 4, 2> table;
  for (int i = 0; i < 1000; ++i) {
    const std::string key = std::to_string(i);
    *table.find_or_make(hash_of(key), key).first = i;
  }
  std::set<std::string> kept;
  table.each([&](const std::string& key, int value) {
    EXPECT_EQ(key, std::to_string(value));
    kept.insert(key);
  });
  EXPECT_LE(kept.size(), table.kCapacity);
  EXPECT_GT(kept.size(), table.kCapacity / 2);
}

}  // namespace
}  // namespace exotap::flow
