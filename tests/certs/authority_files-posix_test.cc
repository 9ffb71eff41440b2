#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "certs/authority_files.h"
#include "tests/certs/pki.h"

namespace exotap {
namespace {

using testing::HasSubstr;

mode_t mode_of(const std::filesystem::path& path) {
  struct stat status {};
  EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 07777;
}

TEST(PrivateFolder, IsMadeWithItsParentsForItsOwnerAlone) {
  const pki::ScratchFolder scratch;
  const auto folder = scratch.path() / "share" / "exotap" / "ca";
  EXPECT_EQ(make_private_folder(folder), "");
  EXPECT_EQ(mode_of(folder), 0700U);
  EXPECT_EQ(make_private_folder(folder), "") << "the second time";
}

TEST(PrivateFolder, ATrailingSlashDoesNotOpenIt) {
  const pki::ScratchFolder scratch;
  EXPECT_EQ(make_private_folder(scratch.path() / "ca" / ""), "");
  EXPECT_EQ(mode_of(scratch.path() / "ca"), 0700U);
}

TEST(PrivateFolder, OneThatOthersMayChangeIsRefused) {
  const pki::ScratchFolder scratch;
  ::chmod(scratch.path().c_str(), 0770);
  EXPECT_THAT(make_private_folder(scratch.path()), HasSubstr("chmod go-w"));
}

TEST(PrivateFolder, AFileIsNone) {
  const pki::ScratchFolder scratch;
  pki::write_file(scratch.path() / "x", "");
  EXPECT_THAT(make_private_folder(scratch.path() / "x"), HasSubstr("not a folder"));
  EXPECT_THAT(make_private_folder(scratch.path() / "x" / "y"), HasSubstr("x"));
}

TEST(AuthorityFile, SecretsAreWrittenForTheirOwnerAlone) {
  const pki::ScratchFolder scratch;
  const auto file = scratch.path() / "issuing.key";
  const mode_t before = ::umask(0);
  EXPECT_EQ(replace_authority_file(file, "secret", Readers::owner_only), "");
  ::umask(before);
  EXPECT_EQ(mode_of(file), 0600U);
  EXPECT_EQ(read_authority_file(file, Readers::owner_only).text, "secret");
}

TEST(AuthorityFile, ReplacingLeavesNoOtherFileBehind) {
  const pki::ScratchFolder scratch;
  const auto file = scratch.path() / "ca.pem";
  pki::write_file(scratch.path() / "ca.pem.new", "left by a crash");
  EXPECT_EQ(replace_authority_file(file, "one", Readers::open), "");
  EXPECT_EQ(replace_authority_file(file, "two", Readers::open), "");
  EXPECT_EQ(pki::read_file(file), "two");
  const std::filesystem::directory_iterator all(scratch.path());
  EXPECT_EQ(std::distance(begin(all), end(all)), 1);
}

TEST(AuthorityFile, APlantedLinkIsNotWrittenThrough) {
  const pki::ScratchFolder scratch;
  const auto victim = scratch.path() / "victim";
  pki::write_file(victim, "untouched");
  std::filesystem::create_symlink(victim, scratch.path() / "issuing.key.new");
  EXPECT_EQ(replace_authority_file(scratch.path() / "issuing.key", "k", Readers::owner_only), "");
  EXPECT_EQ(pki::read_file(victim), "untouched");
}

TEST(AuthorityFile, ASecretOpenToOthersIsNotRead) {
  const pki::ScratchFolder scratch;
  const auto file = scratch.path() / "issuing.key";
  for (const mode_t mode : {0640U, 0604U, 0620U, 0610U}) {
    pki::write_file(file, "secret");
    ::chmod(file.c_str(), mode);
    const FileText read = read_authority_file(file, Readers::owner_only);
    EXPECT_EQ(read.text, "") << mode;
    EXPECT_THAT(read.error, HasSubstr("open to other users"));
    EXPECT_THAT(read.error, HasSubstr("exotap ca create --force"));
  }
}

TEST(AuthorityFile, AbsentIsNotFailed) {
  const pki::ScratchFolder scratch;
  EXPECT_TRUE(read_authority_file(scratch.path() / "ca.pem", Readers::open).absent);
  EXPECT_FALSE(read_authority_file(scratch.path(), Readers::open).absent);
  EXPECT_THAT(read_authority_file(scratch.path(), Readers::open).error, HasSubstr("not a file"));
}

TEST(AuthorityFile, HugeOrNeverEndingOnesAreNotRead) {
  const pki::ScratchFolder scratch;
  pki::write_file(scratch.path() / "huge", std::string(kMaxAuthorityFile + 1, 'x'));
  EXPECT_NE(read_authority_file(scratch.path() / "huge", Readers::open).error, "");
  ASSERT_EQ(::mkfifo((scratch.path() / "pipe").c_str(), 0600), 0);
  EXPECT_NE(read_authority_file(scratch.path() / "pipe", Readers::open).error, "");
}

TEST(FolderLock, KeepsASecondWriterOut) {
  const pki::ScratchFolder scratch;
  std::atomic<bool> released = false;
  std::atomic<bool> in_time = false;
  std::optional<Outcome<FolderLock>> first =
      FolderLock::take(scratch.path(), FolderLock::Kind::alone);
  ASSERT_TRUE(*first);
  std::thread other([&] {
    const auto second = FolderLock::take(scratch.path(), FolderLock::Kind::alone);
    in_time = released.load();
  });
  released = true;
  first.reset();
  other.join();
  EXPECT_TRUE(in_time);
}

TEST(FolderLock, ReadersShareIt) {
  const pki::ScratchFolder scratch;
  const auto one = FolderLock::take(scratch.path(), FolderLock::Kind::shared);
  const auto two = FolderLock::take(scratch.path(), FolderLock::Kind::shared);
  EXPECT_TRUE(one && two);
}

TEST(FolderLock, NeedsTheFolder) {
  EXPECT_FALSE(FolderLock::take("/nowhere/at/all", FolderLock::Kind::shared));
}

}  // namespace
}  // namespace exotap
