#include "app/desktop/login_entry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "app/desktop/program_run.h"
#include "app/temporary_folder.h"

namespace exotap {
namespace {

using ::testing::HasSubstr;

std::string contents(const std::filesystem::path& name) {
  std::ifstream file(name);
  return {std::istreambuf_iterator<char>(file), {}};
}

class LoginEntryTest : public ::testing::Test {
 protected:
  TemporaryFolder folder_{"exotap-login-"};
  std::filesystem::path autostart_ = folder_.path() / "config" / "autostart";
};

TEST_F(LoginEntryTest, IsWrittenReplacedAndRemoved) {
  remove_login_entry(autostart_);
  EXPECT_TRUE(write_login_entry(autostart_, "/usr/bin/exotap"));
  EXPECT_THAT(contents(autostart_ / kLoginEntry),
              HasSubstr("\nExec=\"/usr/bin/exotap\" restore\n"));
  EXPECT_TRUE(write_login_entry(autostart_, "/opt/exotap"));
  EXPECT_EQ(contents(autostart_ / kLoginEntry), login_entry("/opt/exotap"));
  remove_login_entry(autostart_);
  EXPECT_TRUE(std::filesystem::is_empty(autostart_));
}

TEST_F(LoginEntryTest, WhereItCannotBeWrittenThereIsNone) {
  std::ofstream(folder_.path() / "file") << "";
  EXPECT_FALSE(write_login_entry(folder_.path() / "file", "/usr/bin/exotap"));
  EXPECT_FALSE(write_login_entry({}, "/usr/bin/exotap"));
  EXPECT_FALSE(write_login_entry(autostart_, "/two\nlines"));
  EXPECT_FALSE(write_login_entry(autostart_, "/100%"));
}

// GLib reads it, as GNOME's session does, and runs what it names.
TEST_F(LoginEntryTest, GlibRunsTheProgramWhateverItsName) {
  if (!run_program("gio", {"version"}, std::chrono::seconds(20)).succeeded()) {
    GTEST_SKIP() << "no gio here (libglib2.0-bin): nobody to read it";
  }
  const std::filesystem::path strange = folder_.path() / "a b\"c`d$e\\f'g\xC3\xBC";
  std::filesystem::create_directory(strange);
  const std::filesystem::path program = strange / "exotap";
  const std::filesystem::path done = folder_.path() / "done";
  std::ofstream(program) << "#!/bin/sh\necho \"$@\" >'" << done.string() << ".new' && mv '"
                         << done.string() << ".new' '" << done.string() << "'\n";
  std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  ASSERT_TRUE(write_login_entry(autostart_, program));
  const ProgramRun run =
      run_program("gio", {"launch", (autostart_ / kLoginEntry).string()}, std::chrono::seconds(20));
  ASSERT_TRUE(run.succeeded()) << run.errors;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!std::filesystem::exists(done) && std::chrono::steady_clock::now() < deadline) {
  }
  EXPECT_EQ(contents(done), "restore\n");
}

}  // namespace
}  // namespace exotap
