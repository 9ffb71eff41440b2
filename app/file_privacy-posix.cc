#include <sys/stat.h>

#include "app/file_privacy.h"

namespace exotap {

bool others_may_read(const std::filesystem::path& file) {
  struct stat found {};
  return ::stat(file.c_str(), &found) == 0 && (found.st_mode & (S_IRWXG | S_IRWXO)) != 0;
}

}  // namespace exotap
