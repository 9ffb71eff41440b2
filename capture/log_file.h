// One file of the session log: made new, only its owner may read it, written in whole lines.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <system_error>

namespace exotap {

// Makes `directory` and what is missing above it; what it makes, only the owner may enter. Throws
// std::system_error.
void make_private_directory(const std::filesystem::path& directory);

// Not thread safe; one owner, moved. Closes itself.
class LogFile {
 public:
  LogFile() = default;
  ~LogFile();
  LogFile(LogFile&& other) noexcept;
  LogFile& operator=(LogFile&& other) noexcept;

  // Makes DIRECTORY/STEM.ndjson, or STEM-2, STEM-3, ... where that is taken: a file that is there
  // is never opened, nor is a link followed. Readable and writable for its owner only, and locked
  // for as long as it is open, so that another exotap does not clear it away.
  [[nodiscard]] static LogFile create(const std::filesystem::path& directory, std::string_view stem,
                                      std::error_code& error);

  // Writes all bytes or none: what a full disk cut short is taken back, so that a torn line never
  // stands in the middle of a file.
  [[nodiscard]] std::error_code append(std::string_view bytes);

  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  void close() noexcept;

  int descriptor_ = -1;
  std::uint64_t size_ = 0;
  std::filesystem::path path_;
};

// Removes a log file that no running exotap holds open; false where one does, or removing failed.
bool remove_unused_log(const std::filesystem::path& path);

}  // namespace exotap
