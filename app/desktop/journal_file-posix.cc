#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <system_error>
#include <thread>

#include "app/desktop/journal_file.h"
#include "app/desktop/proxy_journal.h"
#include "capture/log_file.h"

namespace exotap {
namespace {

namespace fs = std::filesystem;

constexpr const char* kName = "system-proxy.json";
constexpr const char* kLockName = "system-proxy.lock";
constexpr mode_t kOwnerOnly = 0600;
constexpr int kMostSetAside = 100;
// The other one holds it while it asks the desktop a few questions.
constexpr std::chrono::seconds kLockPatience{30};
constexpr std::chrono::milliseconds kLookAgain{20};

std::string failure(const fs::path& path) {
  return path.string() + ": " + std::generic_category().message(errno);
}

struct Descriptor {
  int value;
  explicit Descriptor(int opened) : value(opened) {}
  ~Descriptor() {
    if (value >= 0) ::close(value);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
};

// A name is on disk only when its folder is.
std::string sync_folder(const fs::path& folder) {
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.value < 0 || ::fsync(opened.value) != 0) return failure(folder);
  return {};
}

std::string write_through(const fs::path& path, std::string_view text) {
  ::unlink(path.c_str());  // what an exotap left that was killed right here
  const Descriptor file(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, kOwnerOnly));
  if (file.value < 0) return failure(path);
  while (!text.empty()) {
    const ssize_t size = ::write(file.value, text.data(), text.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return failure(path);
    text.remove_prefix(static_cast<std::size_t>(size));
  }
  if (::fsync(file.value) != 0) return failure(path);
  return {};
}

}  // namespace

JournalFile::JournalFile(fs::path folder) : folder_(std::move(folder)), path_(folder_ / kName) {}

JournalFile::~JournalFile() { unlock(); }

std::string JournalFile::lock() {
  if (lock_ >= 0) return {};
  if (folder_.empty()) return "no folder for this user's state is known (set HOME)";
  try {
    make_private_directory(folder_);
  } catch (const std::exception& error) {
    return error.what();
  }
  const fs::path path = folder_ / kLockName;
  // Not closed in the programs this one runs: where this one is killed while such a program writes
  // the desktop's setting, the lock lasts until that is done.
  lock_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW, kOwnerOnly);
  if (lock_ < 0) return failure(path);
  const auto deadline = std::chrono::steady_clock::now() + kLockPatience;
  while (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK || std::chrono::steady_clock::now() > deadline) {
      std::string why = failure(path);
      unlock();
      return why;
    }
    std::this_thread::sleep_for(kLookAgain);
  }
  return {};
}

void JournalFile::unlock() {
  if (lock_ >= 0) ::close(lock_);
  lock_ = -1;
}

Outcome<std::optional<std::string>> JournalFile::read() const {
  using Read = Outcome<std::optional<std::string>>;
  const Descriptor file(::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (file.value < 0) {
    if (errno == ENOENT || errno == ENOTDIR) return std::optional<std::string>();
    return Read::failed(failure(path_));
  }
  std::string text(kMaxJournal + 1, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t got = ::read(file.value, text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Read::failed(failure(path_));
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  text.resize(size);
  return std::optional<std::string>(std::move(text));
}

std::string JournalFile::create(std::string_view text) {
  const fs::path unfinished = path_.string() + ".new";
  std::string why = write_through(unfinished, text);
  // A link, unlike a rename, never takes another journal's place.
  if (why.empty() && ::link(unfinished.c_str(), path_.c_str()) != 0) why = failure(path_);
  ::unlink(unfinished.c_str());
  return why.empty() ? sync_folder(folder_) : why;
}

std::string JournalFile::remove() {
  if (::unlink(path_.c_str()) != 0 && errno != ENOENT) return failure(path_);
  return sync_folder(folder_);
}

Outcome<fs::path> JournalFile::set_aside() {
  for (int number = 1; number <= kMostSetAside; ++number) {
    const fs::path aside =
        path_.string() + (number == 1 ? ".bad" : ".bad-" + std::to_string(number));
    if (::link(path_.c_str(), aside.c_str()) == 0) {
      const std::string why = remove();
      return why.empty() ? Outcome<fs::path>(aside) : Outcome<fs::path>::failed(why);
    }
    if (errno != EEXIST) return Outcome<fs::path>::failed(failure(aside));
  }
  return Outcome<fs::path>::failed(path_.string() + ".bad: there are too many of them");
}

}  // namespace exotap
