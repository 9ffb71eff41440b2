// A folder for one run, gone with the object.
#pragma once

#include <filesystem>
#include <string_view>

namespace exotap {

// Below the system's folder for temporary files, readable by this user only. Throws
// std::runtime_error where it cannot be made; what cannot be removed is left.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(std::string_view name_begins_with);
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace exotap
