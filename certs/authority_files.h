// The authority's folder on disk: owner-only, locked while it changes, files replaced whole. The
// platform's part; one implementation a platform. Errors are finished lines for people.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "certs/outcome.h"

namespace exotap {

inline constexpr std::size_t kMaxAuthorityFile = 64 * 1024;

enum class Readers : bool { open, owner_only };

// Held by whoever reads (shared) or changes (alone) the folder, in any process. Waits for the
// others, who hold it for milliseconds.
class FolderLock {
 public:
  enum class Kind : bool { shared, alone };
  [[nodiscard]] static Outcome<FolderLock> take(const std::filesystem::path& folder, Kind kind);
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int handle) : handle_(handle) {}
  int handle_;
};

// Makes the folder for its owner alone; one that is there must be the caller's, and writable by
// nobody else. Empty, or the error.
[[nodiscard]] std::string make_private_folder(const std::filesystem::path& folder);
// Whether others could put files of theirs into the folder. Empty, or the error.
[[nodiscard]] std::string check_private_folder(const std::filesystem::path& folder);

struct FileText {
  bool absent = false;
  std::string text;
  std::string error;
};
// An owner_only file that others may read or write is an error, and is not read.
[[nodiscard]] FileText read_authority_file(const std::filesystem::path& file, Readers secrecy);

// By way of a new file beside it, so that a reader finds the old content or the new one, whole.
// Empty, or the error.
[[nodiscard]] std::string replace_authority_file(const std::filesystem::path& file,
                                                 std::string_view bytes, Readers secrecy);
[[nodiscard]] std::string remove_authority_file(const std::filesystem::path& file);

// This machine's name, for people; may be empty.
[[nodiscard]] std::string machine_name();

}  // namespace exotap
