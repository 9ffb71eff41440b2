// An exchange as one line of the console.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/console/style.h"
#include "capture/exchange.h"
#include "capture/redaction.h"
#include "decoders/facts.h"

namespace exotap {

// What the line shows, printable and redacted.
struct ExchangeRow {
  WallTime time{};
  std::string status;  // "200", "FAIL"
  Tone tone = Tone::plain;
  bool dim = false;  // none of mail's: there, but in the background
  bool bad = false;
  std::string subject;       // "POST outlook.office365.com/mapi/emsmdb/"
  std::size_t host_end = 0;  // columns of the subject up to its path
  std::string process;       // who asked: "curl"; empty where it is not known, or not to be shown
  std::string purpose;       // "mail (MAPI)", or what failed: "refused"
  Nanoseconds duration{0};
  std::uint64_t count = 1;  // how many alike it stands for; the duration is then their mean
};

[[nodiscard]] ExchangeRow row_of(const Exchange& exchange, const Facts& facts,
                                 Redaction& redaction);

// What rows that may be folded into one have in common: whom, what, and how it ended.
[[nodiscard]] std::uint64_t likeness_of(const Facts& facts);

// In windows as wide as this every line names its process; in others only one that differs from the
// line before: a host is worth more there.
inline constexpr std::size_t kWideWindow = 100;

// Appends the line, at most `columns` wide, "\n" included. `time` is row.time in words:
//   13:31:07  ✗ FAIL  CONNECT adfs.contoso.com:443      curl  timed out             21 s
void append_row(std::string& out, const ExchangeRow& row, std::string_view time,
                std::size_t columns, const Style& style);

}  // namespace exotap
