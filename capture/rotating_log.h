// The folder of session logs as one place to append lines to: it starts new files, clears old ones
// away, and stops before it fills the disk.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "capture/log_file.h"
#include "capture/sink.h"

namespace exotap {

struct RotationLimits {
  // Of all logs of the folder together; 0: no bound. The oldest files go first. A file is closed
  // at an eighth of it, so that clearing away costs at most that much of the past.
  std::uint64_t max_size = 512ULL << 20U;
  // Files last written longer ago are removed; 0: none is. Checked whenever a file is begun.
  std::chrono::seconds max_age = std::chrono::days(14);
  // Below this much free space on the log's disk nothing is written; 0: no bound.
  std::uint64_t min_free = 1ULL << 30U;
};

// What the log asks of the world outside; tests give it another world.
struct LogWorld {
  std::function<WallTime()> now = [] { return std::chrono::system_clock::now(); };
  // Free bytes on the disk of that folder; nullopt where the system cannot say.
  std::function<std::optional<std::uint64_t>(const std::filesystem::path&)> free_space;
  // Told once when writing stops and once when it goes on. May be empty.
  std::function<void(std::string_view)> warn;

  LogWorld();
};

// For one thread. Nothing but the constructor throws (but for memory): a full disk costs log lines,
// counted, and never traffic.
class RotatingLog {
 public:
  // Makes folder and first file, DIR/exotap-YYYYMMDD-HHMMSS.ndjson (UTC). Throws std::system_error
  // where it cannot: a log that will not be written is to be known at the start.
  RotatingLog(std::filesystem::path directory, RotationLimits limits, LogWorld world);

  // Takes whole lines; they are written when enough have come together, and with flush(). What
  // `exchanges` of them are counts when they are lost.
  void append(std::string_view lines, std::uint64_t exchanges);
  // Writes what is held back. Where writing had stopped, tries again, at most once a second.
  void flush();

  // What was lost, once writing goes on again: the caller appends it as a gap, and it is told once.
  [[nodiscard]] std::optional<Gap> take_gap();

  [[nodiscard]] bool stopped() const { return stopped_; }
  // The file that is written now; the last one where writing has stopped.
  [[nodiscard]] const std::filesystem::path& path() const { return file_.path(); }
  [[nodiscard]] std::uint64_t lines_written() const { return lines_written_; }

 private:
  static constexpr std::size_t kWriteSize = 64 * 1024;
  static constexpr int kFilesInFolder = 8;

  [[nodiscard]] std::uint64_t file_limit() const;
  [[nodiscard]] bool file_is_old() const;
  [[nodiscard]] bool disk_is_full(std::uint64_t more = 0) const;
  std::error_code begin_file();
  void clear_away() const;
  void write_pending();
  void stop(const std::string& why);
  void try_again();
  void lose_pending();

  std::filesystem::path directory_;
  RotationLimits limits_;
  LogWorld world_;
  LogFile file_;
  WallTime file_begun_{};
  std::string pending_;
  std::uint64_t pending_exchanges_ = 0;
  std::uint64_t lines_written_ = 0;
  bool stopped_ = false;
  WallTime next_try_{};
  Gap lost_;
};

}  // namespace exotap
