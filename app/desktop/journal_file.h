// The journal's place on disk. It is there whole or not at all, whatever ends the program, and one
// exotap at a time works on it. One implementation a platform.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "certs/outcome.h"

namespace exotap {

// For one thread. Errors are the file and the system's words for why.
class JournalFile {
 public:
  // `folder` is made, for its owner alone, when something is written.
  explicit JournalFile(std::filesystem::path folder);
  ~JournalFile();
  JournalFile(const JournalFile&) = delete;
  JournalFile& operator=(const JournalFile&) = delete;

  // Keeps other exotaps away until unlock(), or the end of this process and of the programs it has
  // started meanwhile, however they end. Empty, or why not: another one did not let go in time.
  [[nodiscard]] std::string lock();
  void unlock();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  // The text; nullopt inside where there is no journal.
  [[nodiscard]] Outcome<std::optional<std::string>> read() const;
  // On disk when this returns. Never over an existing one.
  [[nodiscard]] std::string create(std::string_view text);
  [[nodiscard]] std::string remove();
  // Out of the way under a name that says so, over nothing that is there: the path, or an error.
  [[nodiscard]] Outcome<std::filesystem::path> set_aside();

 private:
  std::filesystem::path folder_;
  std::filesystem::path path_;
  int lock_ = -1;
};

}  // namespace exotap
