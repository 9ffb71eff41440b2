#include "app/loaded_folder.h"

#include <gmock/gmock.h>

#include "tests/app/rulebook.h"

namespace exotap {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

using LoadedFolderTest = Rulebook;

TEST_F(LoadedFolderTest, HasTheBuiltInRulesUnlessAlone) {
  put("teapot.yml", teapot_rule());
  const LoadedFolder with = load_folder(folder(), false);
  const LoadedFolder alone = load_folder(folder(), true);
  ASSERT_TRUE(with.rules && alone.rules);
  EXPECT_GT(with.rules->size(), 40U);
  EXPECT_EQ(alone.rules->size(), 1U);
  EXPECT_TRUE(with.holds(*with.rules->find("teapot")));
  EXPECT_FALSE(with.holds(*with.rules->find("mailbox-full")));
}

TEST_F(LoadedFolderTest, ABrokenFileSpoilsOnlyItself) {
  put("broken.yml", "title: [\n");
  put("teapot.yml", teapot_rule());
  const LoadedFolder loaded = load_folder(folder(), true);
  ASSERT_TRUE(loaded.rules);
  EXPECT_EQ(loaded.rules->size(), 1U);
  EXPECT_THAT(loaded.broken, SizeIs(1));
  EXPECT_THAT(loaded.unsupported, IsEmpty());
  EXPECT_THAT(loaded.errors, SizeIs(1));
}

TEST_F(LoadedFolderTest, WhereNothingLoadsThereAreNoRules) {
  put("broken.yml", "title: [\n");
  EXPECT_FALSE(load_folder(folder(), true).rules);
  EXPECT_THAT(load_folder((home() / "nowhere").string(), true).unreadable, SizeIs(1));
}

}  // namespace
}  // namespace exotap
