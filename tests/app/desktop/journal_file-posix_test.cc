#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <thread>

#include "app/desktop/journal_file.h"
#include "app/temporary_folder.h"

namespace exotap {
namespace {

class JournalFileTest : public ::testing::Test {
 protected:
  static mode_t mode_of(const std::filesystem::path& path) {
    struct stat info {};
    EXPECT_EQ(stat(path.c_str(), &info), 0) << path;
    return info.st_mode & 0777U;
  }
  std::string text() { return file_.read()->value_or("none"); }

  TemporaryFolder folder_{"exotap-journal-"};
  std::filesystem::path place_ = folder_.path() / "state" / "exotap";
  JournalFile file_{place_};
};

TEST_F(JournalFileTest, NothingIsThereAtFirst) {
  const auto read = file_.read();
  ASSERT_TRUE(read) << read.error;
  EXPECT_FALSE(read->has_value());
  EXPECT_FALSE(std::filesystem::exists(place_)) << "reading makes nothing";
}

TEST_F(JournalFileTest, IsTheOwnersAlone) {
  ASSERT_EQ(file_.lock(), "");
  ASSERT_EQ(file_.create("text"), "");
  EXPECT_EQ(text(), "text");
  EXPECT_EQ(mode_of(file_.path()), 0600U);
  EXPECT_EQ(mode_of(place_), 0700U);
  EXPECT_EQ(file_.remove(), "");
  EXPECT_EQ(text(), "none");
  EXPECT_EQ(file_.remove(), "") << "twice does no harm";
}

TEST_F(JournalFileTest, NeverTakesAnothersPlace) {
  ASSERT_EQ(file_.lock(), "");
  ASSERT_EQ(file_.create("first"), "");
  EXPECT_NE(file_.create("second"), "");
  EXPECT_EQ(text(), "first");
}

TEST_F(JournalFileTest, WhatAKilledOneLeftHalfWrittenIsInNobodysWay) {
  ASSERT_EQ(file_.lock(), "");
  std::ofstream(file_.path().string() + ".new") << "half";
  EXPECT_EQ(text(), "none");
  ASSERT_EQ(file_.create("whole"), "");
  EXPECT_EQ(text(), "whole");
}

TEST_F(JournalFileTest, IsSetAsideOverNothing) {
  ASSERT_EQ(file_.lock(), "");
  for (const char* name : {".bad", ".bad-2"}) {
    ASSERT_EQ(file_.create(name), "");
    const auto aside = file_.set_aside();
    ASSERT_TRUE(aside) << aside.error;
    EXPECT_EQ(*aside, file_.path().string() + name);
    EXPECT_EQ(text(), "none");
  }
  std::ifstream first(file_.path().string() + ".bad");
  std::string word;
  first >> word;
  EXPECT_EQ(word, ".bad");
}

TEST_F(JournalFileTest, OneAtATimeHoldsIt) {
  ASSERT_EQ(file_.lock(), "");
  JournalFile other(place_);
  bool second = false;
  std::thread waiting([&] { second = other.lock().empty(); });
  file_.unlock();
  waiting.join();
  EXPECT_TRUE(second);
}

// Its owner may be killed while a program it has started still writes the desktop's setting.
TEST_F(JournalFileTest, StaysLockedWhileAProgramOfItsOwnerRuns) {
  ASSERT_EQ(file_.lock(), "");
  FILE* program = ::popen("read x", "w");  // with what is open here, as run_program() does it
  ASSERT_NE(program, nullptr);
  file_.unlock();
  const int other = open((place_ / "system-proxy.lock").c_str(), O_RDWR | O_CLOEXEC);
  ASSERT_GE(other, 0);
  EXPECT_NE(flock(other, LOCK_EX | LOCK_NB), 0) << "the program holds it";
  ::pclose(program);
  EXPECT_EQ(flock(other, LOCK_EX | LOCK_NB), 0);
  close(other);
}

TEST_F(JournalFileTest, ALinkInItsPlaceIsNotFollowed) {
  ASSERT_EQ(file_.lock(), "");
  std::ofstream(place_ / "elsewhere") << "not ours";
  std::filesystem::create_symlink(place_ / "elsewhere", file_.path());
  EXPECT_FALSE(file_.read());
  EXPECT_NE(file_.create("text"), "");
}

TEST_F(JournalFileTest, AFolderThatCannotBeMadeIsAnError) {
  std::ofstream(folder_.path() / "file") << "x";
  JournalFile file(folder_.path() / "file" / "below");
  EXPECT_NE(file.lock(), "");
  JournalFile nowhere{std::filesystem::path()};
  EXPECT_NE(nowhere.lock(), "");
}

}  // namespace
}  // namespace exotap
