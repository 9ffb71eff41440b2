#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <utility>

#include "capture/log_file.h"
#include "tests/capture/log_folder.h"

namespace exotap {
namespace {

mode_t mode_of(const std::filesystem::path& path) {
  struct stat status {};
  EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 07777U;
}

// Files of this process may be no larger than this while it lives: a disk that is full.
class SmallDisk {
 public:
  explicit SmallDisk(rlim_t bytes) {
    ignored_ = std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
  }
  ~SmallDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, ignored_);
  }

 private:
  rlimit before_{};
  void (*ignored_)(int) = nullptr;
};

class LogFileTest : public LogFolderTest {
 protected:
  LogFile create(std::string_view stem) {
    std::error_code error;
    LogFile file = LogFile::create(folder(), stem, error);
    EXPECT_FALSE(error) << error.message();
    return file;
  }
};

TEST_F(LogFileTest, OnlyItsOwnerMayReadIt) {
  ::umask(0);
  const auto nested = folder() / "a" / "b";
  make_private_directory(nested);
  const LogFile file = create("exotap-1");
  EXPECT_EQ(mode_of(nested), 0700U);
  EXPECT_EQ(mode_of(nested.parent_path()), 0700U);
  EXPECT_EQ(mode_of(file.path()), 0600U);
}

TEST_F(LogFileTest, NeverOpensWhatIsThere) {
  write("exotap-1.ndjson", "precious");
  std::filesystem::create_symlink(folder() / "elsewhere", folder() / "exotap-1-2.ndjson");
  LogFile file = create("exotap-1");
  EXPECT_EQ(file.path().filename(), "exotap-1-3.ndjson");
  EXPECT_FALSE(file.append("x\n"));
  EXPECT_EQ(read("exotap-1.ndjson"), "precious");
  EXPECT_FALSE(std::filesystem::exists(folder() / "elsewhere"));
}

TEST_F(LogFileTest, SaysWhyItCannotBeMade) {
  std::error_code error;
  const LogFile file = LogFile::create(folder() / "missing", "exotap-1", error);
  EXPECT_FALSE(file.is_open());
  EXPECT_EQ(error, std::errc::no_such_file_or_directory);
  write("file", "");
  EXPECT_THROW(make_private_directory(folder() / "file" / "below"), std::system_error);
}

TEST_F(LogFileTest, WritesAllOrNothing) {
  LogFile file = create("exotap-1");
  EXPECT_FALSE(file.append("first line\n"));
  {
    const SmallDisk disk(16);
    EXPECT_TRUE(file.append("second line that has no room\n"));
  }
  EXPECT_EQ(read("exotap-1.ndjson"), "first line\n");
  EXPECT_FALSE(file.append("third\n"));
  EXPECT_EQ(read("exotap-1.ndjson"), "first line\nthird\n");
  EXPECT_EQ(file.size(), 17U);
}

TEST_F(LogFileTest, MovesWithWhatItHolds) {
  LogFile one = create("exotap-1");
  LogFile other = create("exotap-2");
  other = std::move(one);
  EXPECT_FALSE(other.append("x\n"));
  EXPECT_EQ(read("exotap-1.ndjson"), "x\n");
}

TEST_F(LogFileTest, ALogInUseIsNotCleared) {
  {
    const LogFile file = create("exotap-1");
    EXPECT_FALSE(remove_unused_log(file.path()));
  }
  EXPECT_TRUE(remove_unused_log(folder() / "exotap-1.ndjson"));
  EXPECT_FALSE(std::filesystem::exists(folder() / "exotap-1.ndjson"));
  EXPECT_FALSE(remove_unused_log(folder() / "exotap-1.ndjson"));
}

}  // namespace
}  // namespace exotap
