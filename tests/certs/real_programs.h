// Runs real programs for the tests of trust stores, and makes roots for them.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "certs/authority_making.h"
#include "certs/certificate_files.h"
#include "certs/trust_store.h"
#include "tests/certs/pki.h"

extern char** environ;

namespace exotap::pki {

inline ProgramResult run_real(const std::vector<std::string>& words) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return {};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
  std::vector<std::string> copies = words;
  std::vector<char*> argv;
  for (std::string& word : copies) argv.push_back(word.data());
  argv.push_back(nullptr);
  pid_t pid = -1;
  const int error = ::posix_spawnp(&pid, argv.front(), &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  ProgramResult result{127, {}};
  if (error == 0) {
    std::array<char, 4096> bytes{};
    for (ssize_t size = 0; (size = ::read(ends[0], bytes.data(), bytes.size())) > 0;) {
      result.output.append(bytes.data(), static_cast<std::size_t>(size));
    }
    int status = 0;
    ::waitpid(pid, &status, 0);
    result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
  }
  ::close(ends[0]);
  return result;
}

inline bool has_program(const std::string& name) {
  return run_real({"sh", "-c", "command -v " + name + " || test -x /usr/sbin/" + name}).exit_code ==
         0;
}

// A root as every new authority has one, of this machine's name.
inline X509Ptr new_root(const std::string& machine = "testhost") {
  const std::vector<std::string> names = {"contoso.com"};
  auto made = make_authority(names, machine, std::chrono::system_clock::now());
  EXPECT_TRUE(made) << made.error;
  return std::move(made->root);
}

// Somebody else's certificate that says what the given one says of itself: another key.
inline X509Ptr namesake(X509* root) {
  const KeyPtr key(EVP_EC_gen("P-256"));
  X509Ptr made(X509_dup(root));
  X509_set_pubkey(made.get(), key.get());
  const int at = X509_get_ext_by_NID(made.get(), NID_netscape_comment, -1);
  X509_EXTENSION_free(X509_delete_ext(made.get(), at));
  EXPECT_TRUE(set_random_serial(made.get()));
  EXPECT_GT(X509_sign(made.get(), key.get(), EVP_sha256()), 0);
  return made;
}

// An NSS database of its own.
class NssFixture : public testing::Test {
 protected:
  void SetUp() override {
    if (!has_program("certutil")) {
      GTEST_SKIP() << "NOT TESTED: certutil is not installed (libnss3-tools)";
    }
    std::filesystem::create_directories(database());
    ASSERT_EQ(certutil({"-N", "--empty-password"}).exit_code, 0);
  }
  [[nodiscard]] std::filesystem::path database() const { return folder_.path() / "db"; }
  [[nodiscard]] ProgramResult certutil(std::vector<std::string> words) const {
    words.insert(words.begin(), {"certutil", "-d", "sql:" + database().string()});
    return run_real(words);
  }
  void put(X509* certificate, const std::string& nickname, const std::string& flags) const {
    const std::filesystem::path file = folder_.path() / "put.pem";
    write_file(file, certificate_pem(certificate));
    ASSERT_EQ(certutil({"-A", "-n", nickname, "-t", flags, "-i", file.string()}).exit_code, 0);
  }
  [[nodiscard]] std::string list() const { return certutil({"-L"}).output; }

  ScratchFolder folder_;
};

}  // namespace exotap::pki
