#include "capture/rotating_log.h"

#include <algorithm>
#include <system_error>
#include <utility>
#include <vector>

#include "capture/timestamp.h"

namespace exotap {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "exotap-";
constexpr std::string_view kSuffix = ".ndjson";
constexpr std::size_t kStampSize = 15;  // YYYYMMDD-HHMMSS
constexpr std::chrono::seconds kTryEvery{1};
constexpr std::uint64_t kMoreToGoOn = 64;  // of the bound, this part more must be free to go on

// A file of ours by its name: exotap-YYYYMMDD-HHMMSS.ndjson or exotap-YYYYMMDD-HHMMSS-N.ndjson.
bool is_log_name(std::string_view name) {
  if (!name.starts_with(kPrefix) || !name.ends_with(kSuffix)) return false;
  name.remove_prefix(kPrefix.size());
  name.remove_suffix(kSuffix.size());
  if (name.size() < kStampSize || name[8] != '-') return false;
  if (name.size() > kStampSize && name[kStampSize] != '-') return false;
  return name.find_first_not_of("0123456789-") == std::string_view::npos;
}

struct OldLog {
  fs::path path;
  fs::file_time_type written;
  std::uint64_t size = 0;
};

// Every other log of the folder, oldest first. Files that vanish meanwhile are left out.
std::vector<OldLog> other_logs(const fs::path& directory, const fs::path& current) {
  std::vector<OldLog> logs;
  std::error_code error;
  for (fs::directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    std::error_code gone;
    const bool file = fs::is_regular_file(it->symlink_status(gone));
    if (gone || !file || !is_log_name(it->path().filename().string())) continue;
    if (it->path() == current) continue;
    OldLog log{it->path(), it->last_write_time(gone), it->file_size(gone)};
    if (!gone) logs.push_back(std::move(log));
  }
  std::sort(logs.begin(), logs.end(), [](const OldLog& a, const OldLog& b) {
    return a.written != b.written ? a.written < b.written : a.path < b.path;
  });
  return logs;
}

std::uint64_t count_lines(std::string_view lines) {
  return static_cast<std::uint64_t>(std::count(lines.begin(), lines.end(), '\n'));
}

}  // namespace

LogWorld::LogWorld() {
  free_space = [](const fs::path& directory) -> std::optional<std::uint64_t> {
    std::error_code error;
    const fs::space_info space = fs::space(directory, error);
    if (error) return std::nullopt;
    return space.available;
  };
}

RotatingLog::RotatingLog(fs::path directory, RotationLimits limits, LogWorld world)
    : directory_(std::move(directory)), limits_(limits), world_(std::move(world)) {
  make_private_directory(directory_);
  if (const std::error_code error = begin_file()) {
    throw std::system_error(error, "cannot write a log in " + directory_.string());
  }
}

void RotatingLog::append(std::string_view lines, std::uint64_t exchanges) {
  pending_.append(lines);
  pending_exchanges_ += exchanges;
  if (pending_.size() >= kWriteSize) write_pending();
}

void RotatingLog::flush() {
  if (stopped_) try_again();
  write_pending();
}

std::optional<Gap> RotatingLog::take_gap() {
  if (stopped_ || lost_.bytes == 0) return std::nullopt;
  return std::exchange(lost_, Gap{});
}

void RotatingLog::write_pending() {
  if (pending_.empty()) return;
  if (stopped_) return lose_pending();
  if (disk_is_full()) {
    stop("less than the free space it must leave");
    return lose_pending();
  }
  const bool full = file_.size() > 0 && file_.size() + pending_.size() > file_limit();
  if (full || file_is_old()) {
    if (const std::error_code error = begin_file()) {
      stop(error.message());
      return lose_pending();
    }
  }
  if (const std::error_code error = file_.append(pending_)) {
    stop(error.message());
    return lose_pending();
  }
  lines_written_ += count_lines(pending_);
  pending_.clear();
  pending_exchanges_ = 0;
}

std::uint64_t RotatingLog::file_limit() const {
  return limits_.max_size == 0 ? UINT64_MAX / 2 : limits_.max_size / kFilesInFolder;
}

bool RotatingLog::file_is_old() const {
  return limits_.max_age.count() > 0 && file_.size() > 0 &&
         world_.now() - file_begun_ > limits_.max_age / kFilesInFolder;
}

bool RotatingLog::disk_is_full(std::uint64_t more) const {
  if (limits_.min_free == 0) return false;
  const auto free = world_.free_space(directory_);
  return free && *free < limits_.min_free + more;
}

std::error_code RotatingLog::begin_file() {
  const WallTime now = world_.now();
  std::error_code error;
  LogFile next = LogFile::create(directory_, std::string(kPrefix).append(file_stamp(now)), error);
  if (error) return error;
  file_ = std::move(next);
  file_begun_ = now;
  clear_away();
  return {};
}

void RotatingLog::clear_away() const {
  const std::vector<OldLog> logs = other_logs(directory_, file_.path());
  std::uint64_t total = 0;
  for (const OldLog& log : logs) total += log.size;
  const std::uint64_t room = limits_.max_size == 0 ? UINT64_MAX : limits_.max_size - file_limit();
  const auto now = fs::file_time_type::clock::now();
  for (const OldLog& log : logs) {
    const bool old = limits_.max_age.count() > 0 && now - log.written > limits_.max_age;
    if (!old && total <= room) continue;
    if (remove_unused_log(log.path)) total -= log.size;
  }
}

void RotatingLog::stop(const std::string& why) {
  stopped_ = true;
  next_try_ = world_.now() + kTryEvery;
  if (world_.warn) {
    world_.warn("the log in " + directory_.string() + " is not written: " + why +
                " (make room on its disk; Outlook is not affected)");
  }
}

void RotatingLog::try_again() {
  const WallTime now = world_.now();
  if (now < next_try_) return;
  next_try_ = now + kTryEvery;
  // A little more than the bound must be free, or a disk at its edge stops and starts every second.
  if (disk_is_full(limits_.min_free / kMoreToGoOn)) return;
  if (!file_.is_open() && begin_file()) return;
  stopped_ = false;
  if (world_.warn) {
    world_.warn("the log goes on in " + file_.path().string() +
                "; lost: " + std::to_string(lost_.exchanges) + " exchanges");
  }
}

void RotatingLog::lose_pending() {
  lost_.what = "log disk full";
  lost_.exchanges += pending_exchanges_;
  lost_.bytes += pending_.size();
  pending_.clear();
  pending_exchanges_ = 0;
}

}  // namespace exotap
