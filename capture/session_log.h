// The session log as a sink: what `--keep` wants kept, redacted, a line each (interface.md, "The
// log: NDJSON").
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "capture/held_steps.h"
#include "capture/ndjson.h"
#include "capture/redaction.h"
#include "capture/rotating_log.h"
#include "capture/sink.h"

namespace exotap {

enum class Keep : std::uint8_t {
  // Failing attempts with the steps that led there, and every fault. An attempt fails with its
  // first mail-related exchange whose outcome is a failure, or with a finding of level low or
  // above: what is held of it is written then, and everything of it from then on. A client that
  // hung up is a fault, but lets no attempt fail: racing clients do it all day.
  failing,
  all,
};

// For the analysis thread. A healthy exchange costs a copy of its facts and no formatting. What
// `flush` did not reach may be lost with the process; a torn last line is for the reader to skip.
class SessionLog : public Sink {
 public:
  static constexpr std::size_t kMaxFailingAttempts = 256;

  // Throws std::system_error where folder or file cannot be made. `redaction` outlives the log;
  // `run` is make_run_id()'s, the same for every sink of a run.
  SessionLog(Redaction& redaction, std::string run, Keep keep, std::filesystem::path directory,
             RotationLimits limits = {}, LogWorld world = {});
  ~SessionLog() override;
  SessionLog(const SessionLog&) = delete;
  SessionLog& operator=(const SessionLog&) = delete;

  void exchange(const Exchange& exchange, const Facts& facts) override;
  void finding(const Finding& finding) override;
  void gap(const Gap& gap) override;
  void flush() override;

  // The file that is written now.
  [[nodiscard]] const std::filesystem::path& path() const { return log_.path(); }
  [[nodiscard]] std::uint64_t lines_written() const { return log_.lines_written(); }

 private:
  [[nodiscard]] bool is_failing(std::uint64_t attempt) const;
  void fail(std::uint64_t attempt);
  void write(std::uint64_t id, WallTime started, const Facts& facts);
  void write_held(const HeldStep& step) { write(step.id, step.started, step.facts); }
  void append_line(std::uint64_t exchanges);

  Keep keep_;
  Redaction& redaction_;
  LogWorld world_;
  Ndjson format_;
  RotatingLog log_;
  HeldSteps held_;
  std::vector<std::uint64_t> failing_;  // attempts, a ring of the latest kMaxFailingAttempts
  std::size_t next_failing_ = 0;
  WallTime latest_{};  // when the latest exchange ended: the time of the findings it completes
  std::string line_;
};

}  // namespace exotap
