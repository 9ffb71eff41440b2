#include "app/file_privacy.h"

#include <gtest/gtest.h>

#include <fstream>

#include "app/temporary_folder.h"

namespace exotap {
namespace {

TEST(FilePrivacy, IsLostByAnyRightOfTheGroupOrOfOthers) {
  const TemporaryFolder folder("exotap-privacy-test");
  const auto file = folder.path() / "secret";
  std::ofstream(file) << "x";
  for (const unsigned mode : {0600U, 0400U, 0700U}) {
    std::filesystem::permissions(file, std::filesystem::perms(mode));
    EXPECT_FALSE(others_may_read(file)) << mode;
  }
  for (const unsigned mode : {0640U, 0604U, 0610U, 0644U}) {
    std::filesystem::permissions(file, std::filesystem::perms(mode));
    EXPECT_TRUE(others_may_read(file)) << mode;
  }
  EXPECT_FALSE(others_may_read(folder.path() / "nothing"));
}

}  // namespace
}  // namespace exotap
