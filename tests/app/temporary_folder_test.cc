#include "app/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>

namespace exotap {
namespace {

namespace fs = std::filesystem;

TEST(TemporaryFolder, IsTheUsersAloneAndGoesWithAllItHolds) {
  fs::path path;
  {
    const TemporaryFolder folder("exotap-test-");
    path = folder.path();
    EXPECT_TRUE(path.filename().string().starts_with("exotap-test-"));
    EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_all);
    fs::create_directory(path / "ca");
    std::ofstream(path / "ca" / "key.pem") << "secret";
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(TemporaryFolder, EveryRunHasItsOwn) {
  EXPECT_NE(TemporaryFolder("exotap-test-").path(), TemporaryFolder("exotap-test-").path());
}

}  // namespace
}  // namespace exotap
