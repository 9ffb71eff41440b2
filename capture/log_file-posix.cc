#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <utility>

#include "capture/log_file.h"

namespace exotap {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kOwnerOnlyFile = 0600;
constexpr mode_t kOwnerOnlyDirectory = 0700;
constexpr int kMostFilesOfASecond = 1000;

std::error_code last_error() { return {errno, std::system_category()}; }

fs::path numbered(const fs::path& directory, std::string_view stem, int number) {
  std::string name(stem);
  if (number > 1) name.append("-").append(std::to_string(number));
  return directory / name.append(".ndjson");
}

// Writes until everything is written or nothing more will be. Returns how much was.
std::size_t write_all(int descriptor, std::string_view bytes, std::error_code& error) {
  std::size_t written = 0;
  while (written < bytes.size()) {
    const ssize_t n = ::write(descriptor, bytes.data() + written, bytes.size() - written);
    if (n >= 0) {
      written += static_cast<std::size_t>(n);
    } else if (errno != EINTR) {
      error = last_error();
      break;
    }
  }
  return written;
}

}  // namespace

void make_private_directory(const fs::path& directory) {
  if (directory.empty() || fs::is_directory(directory)) return;
  make_private_directory(directory.parent_path());
  if (::mkdir(directory.c_str(), kOwnerOnlyDirectory) != 0 && errno != EEXIST) {
    throw std::system_error(last_error(), "cannot make the folder " + directory.string());
  }
}

LogFile::~LogFile() { close(); }

LogFile::LogFile(LogFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      size_(std::exchange(other.size_, 0)),
      path_(std::move(other.path_)) {}

LogFile& LogFile::operator=(LogFile&& other) noexcept {
  if (this == &other) return *this;
  close();
  descriptor_ = std::exchange(other.descriptor_, -1);
  size_ = std::exchange(other.size_, 0);
  path_ = std::move(other.path_);
  return *this;
}

void LogFile::close() noexcept {
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
}

LogFile LogFile::create(const fs::path& directory, std::string_view stem, std::error_code& error) {
  LogFile file;
  for (int number = 1; number <= kMostFilesOfASecond; ++number) {
    file.path_ = numbered(directory, stem, number);
    file.descriptor_ = ::open(file.path_.c_str(),
                              O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, kOwnerOnlyFile);
    if (file.descriptor_ >= 0) {
      ::flock(file.descriptor_, LOCK_EX | LOCK_NB);
      error.clear();
      return file;
    }
    error = last_error();
    if (error != std::errc::file_exists) break;
  }
  return file;
}

std::error_code LogFile::append(std::string_view bytes) {
  std::error_code error;
  const std::size_t written = write_all(descriptor_, bytes, error);
  if (!error) {
    size_ += written;
    return error;
  }
  // Where even this fails, the reader skips the torn line.
  if (written > 0 && ::ftruncate(descriptor_, static_cast<off_t>(size_)) != 0) size_ += written;
  return error;
}

bool remove_unused_log(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool unused = ::flock(descriptor, LOCK_EX | LOCK_NB) == 0;
  const bool removed = unused && ::unlink(path.c_str()) == 0;
  ::close(descriptor);
  return removed;
}

}  // namespace exotap
