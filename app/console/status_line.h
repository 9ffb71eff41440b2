// The bottom line of a terminal: how much came, what was found.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/console/style.h"

namespace exotap {

struct Tally {
  std::uint64_t exchanges = 0;
  std::uint64_t failures = 0;  // of mail and sign-in
  std::uint64_t findings = 0;  // causes, each once
  std::uint64_t repeats = 0;   // how often they came in all
  std::uint64_t dropped = 0;   // not examined
  std::optional<std::uint64_t> open;
};

// "132 exchanges, 3 failed, 2 findings (x14), 4 open"; "waiting for Outlook" before the first.
[[nodiscard]] std::string tally_words(const Tally& tally, const Style& style);

// Appends the line without a line end, cut to `columns` less one: a full line would wrap.
void append_status_line(std::string& out, const Tally& tally, std::size_t columns,
                        const Style& style);
// Appends what takes it away again.
void append_status_erasure(std::string& out);

}  // namespace exotap
