// The console for people: a line an exchange, a block a finding, a status line at the bottom of a
// terminal, a summary at the end.
#pragma once

#include <string>
#include <unordered_set>

#include "app/console/console.h"
#include "app/console/exchange_row.h"
#include "app/console/local_time.h"
#include "app/console/repeat_fold.h"
#include "app/console/status_line.h"
#include "app/console/told_findings.h"

namespace exotap {

// What is shown: every exchange but opened CONNECTs that succeeded and connections a client opened
// in vain; a host that is tunnelled once; lines that are alike folded. On a terminal it is written
// at most ten times a second, else with every flush.
class TextConsole : public Console {
 public:
  static constexpr std::size_t kMaxTunnelHosts = 1024;  // remembered as shown
  static constexpr std::chrono::milliseconds kRedraw{100};
  static constexpr std::chrono::seconds kGapEvery{10};

  TextConsole(Screen& screen, Style style, Redaction& redaction, bool quiet, ConsoleWorld world);

  void listening(std::string_view address, std::uint16_t port) override;
  void exchange(const Exchange& exchange, const Facts& facts) override;
  void finding(const Finding& finding) override;
  void gap(const Gap& gap) override;
  void notice(std::string_view message) override;
  void finish(const RunEnd& end) override;
  void flush() override;

 private:
  void count(const Exchange& exchange, const Facts& facts);
  [[nodiscard]] bool is_shown(const Exchange& exchange, const Facts& facts);
  void show(const ExchangeRow& row);
  void tell_below(const ToldFinding& cause, const ToldFinding& symptom);
  void tell_gap();
  void write(bool with_status);
  [[nodiscard]] std::size_t columns() const;
  [[nodiscard]] bool has_status() const { return screen_.is_terminal() && !quiet_; }

  Screen& screen_;
  Style style_;
  Redaction& redaction_;
  bool quiet_;
  ConsoleWorld world_;
  LocalTime local_;
  Tally tally_;
  ToldFindings told_;
  std::uint64_t latest_cause_ = 0;  // the place of the cause that was told last
  RepeatFold fold_;
  std::unordered_set<std::string> tunnelled_;
  WallTime first_{};
  WallTime latest_{};
  std::string latest_process_;  // of the line before
  std::string out_;             // lines that are not written yet
  bool status_drawn_ = false;
  bool tally_changed_ = true;
  std::chrono::steady_clock::time_point next_write_{};
  Gap untold_gap_;
  std::chrono::steady_clock::time_point next_gap_{};
};

}  // namespace exotap
