#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "certs/authority_files.h"

namespace exotap {
namespace {

constexpr mode_t kOthersMayWrite = S_IWGRP | S_IWOTH;
constexpr mode_t kOthersMayAnything = S_IRWXG | S_IRWXO;

std::string system_text(int error) { return std::generic_category().message(error); }

std::string failure(const std::filesystem::path& path, const std::string& why) {
  return path.string() + ": " + why;
}

std::string failure(const std::filesystem::path& path, int error) {
  const char* advice = error == EACCES || error == EPERM || error == EROFS
                           ? " (give yourself access, or choose another folder with --ca-dir)"
                           : "";
  return failure(path, system_text(error) + advice);
}

// Closes what it holds.
class Descriptor {
 public:
  explicit Descriptor(int handle) : handle_(handle) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (handle_ >= 0) ::close(handle_);
  }
  [[nodiscard]] int get() const { return handle_; }
  [[nodiscard]] bool valid() const { return handle_ >= 0; }

 private:
  int handle_;
};

std::string objection_to_key(const std::filesystem::path& file, const struct stat& status) {
  if (status.st_uid != ::geteuid()) {
    return failure(file, "belongs to another user (choose another folder with --ca-dir)");
  }
  if ((status.st_mode & kOthersMayAnything) != 0) {
    return failure(file,
                   "open to other users, so it may no longer be a secret (make a new "
                   "authority with `exotap ca create --force`)");
  }
  return {};
}

bool write_all(int handle, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(handle, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

Outcome<FolderLock> FolderLock::take(const std::filesystem::path& folder, Kind kind) {
  const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (handle < 0) return Outcome<FolderLock>::failed(failure(folder, errno));
  FolderLock lock(handle);
  while (::flock(handle, kind == Kind::shared ? LOCK_SH : LOCK_EX) != 0) {
    if (errno != EINTR) return Outcome<FolderLock>::failed(failure(folder, errno));
  }
  return lock;
}

FolderLock::FolderLock(FolderLock&& other) noexcept : handle_(other.handle_) { other.handle_ = -1; }

FolderLock::~FolderLock() {
  if (handle_ >= 0) ::close(handle_);  // which gives the lock back
}

std::string make_private_folder(const std::filesystem::path& given) {
  // "x/" would name itself as its parent.
  const std::filesystem::path folder = given.has_filename() ? given : given.parent_path();
  std::error_code error;
  if (folder.has_parent_path()) std::filesystem::create_directories(folder.parent_path(), error);
  if (error) return failure(folder, error.value());
  if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) return failure(folder, errno);
  return check_private_folder(folder);
}

std::string check_private_folder(const std::filesystem::path& folder) {
  struct stat status {};
  if (::stat(folder.c_str(), &status) != 0) return failure(folder, errno);
  if (!S_ISDIR(status.st_mode)) {
    return failure(folder, "not a folder (choose another with --ca-dir)");
  }
  if (status.st_uid != ::geteuid()) {
    return failure(folder, "belongs to another user (choose another folder with --ca-dir)");
  }
  if ((status.st_mode & kOthersMayWrite) != 0) {
    return failure(folder,
                   "other users may change it (close it with `chmod go-w`, or choose "
                   "another folder with --ca-dir)");
  }
  return {};
}

FileText read_authority_file(const std::filesystem::path& file, Readers secrecy) {
  FileText read;
  const Descriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!in.valid()) {
    read.absent = errno == ENOENT || errno == ENOTDIR;
    read.error = failure(file, errno);
    return read;
  }
  struct stat status {};
  if (::fstat(in.get(), &status) != 0) {
    read.error = failure(file, errno);
  } else if (!S_ISREG(status.st_mode) || status.st_size > static_cast<off_t>(kMaxAuthorityFile)) {
    read.error = failure(file, "not a file of exotap's (choose another folder with --ca-dir)");
  } else if (secrecy == Readers::owner_only) {
    read.error = objection_to_key(file, status);
  }
  if (!read.error.empty()) return read;

  read.text.resize(kMaxAuthorityFile);  // at once: no copies of a key are left behind
  std::size_t size = 0;
  while (size < read.text.size()) {
    const ssize_t got = ::read(in.get(), read.text.data() + size, read.text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) read.error = failure(file, errno);
    if (got <= 0) break;
    size += static_cast<std::size_t>(got);
  }
  read.text.resize(size);
  return read;
}

std::string replace_authority_file(const std::filesystem::path& file, std::string_view bytes,
                                   Readers secrecy) {
  const std::filesystem::path fresh = file.string() + ".new";
  // One left by a crash; the folder is locked, so nobody is writing it.
  ::unlink(fresh.c_str());
  const mode_t mode = secrecy == Readers::owner_only ? 0600 : 0644;
  const Descriptor out(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (!out.valid()) return failure(fresh, errno);
  if (::fchmod(out.get(), mode) == 0 && write_all(out.get(), bytes) && ::fsync(out.get()) == 0 &&
      ::rename(fresh.c_str(), file.c_str()) == 0) {
    return {};
  }
  const int error = errno;
  ::unlink(fresh.c_str());
  return failure(file, error);
}

std::string remove_authority_file(const std::filesystem::path& file) {
  if (::unlink(file.c_str()) == 0 || errno == ENOENT) return {};
  return failure(file, errno);
}

std::string machine_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

}  // namespace exotap
