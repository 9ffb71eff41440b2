#include "app/temporary_folder.h"

#include <fmt/format.h>

#include <random>
#include <stdexcept>
#include <system_error>

namespace exotap {

namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder(std::string_view name_begins_with) {
  std::random_device random;
  path_ = fs::temp_directory_path() /
          fmt::format("{}{:08x}{:08x}", name_begins_with, random(), random());
  if (!fs::create_directory(path_)) throw std::runtime_error(path_.string() + " is there already");
  fs::permissions(path_, fs::perms::owner_all);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace exotap
