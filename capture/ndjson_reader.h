// Reads a session log back, for `exotap analyze FILE`: each line of dataset exotap.exchange becomes
// a judged exchange again, its facts as they were.
#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <optional>
#include <string>
#include <string_view>

#include "capture/sink.h"

namespace exotap {

// What a file held besides exchanges.
struct ReadCounts {
  std::uint64_t lines = 0;  // with something on them
  std::uint64_t exchanges = 0;
  std::uint64_t findings = 0;  // passed over: rules make them anew
  std::uint64_t gaps = 0;
  std::uint64_t others = 0;     // lines of JSON that are none of ours
  std::uint64_t malformed = 0;  // no JSON, or too long
};

// Not thread safe. Never throws but for memory: what cannot be read is skipped, told to `warn` and
// counted, and loses nothing before or behind it.
class NdjsonReader {
 public:
  static constexpr std::size_t kMaxLine = std::size_t{1} << 20;
  static constexpr std::size_t kMaxMembers = 2048;

  // "line 12: syntax error at byte 7: skipped"
  using Warn = std::function<void(std::string_view)>;
  NdjsonReader(std::istream& in, Warn warn);

  // The next exchange; nullopt at the end of the file. Of its record there is what the facts tell
  // (whom, when, how long, what failed), of its messages nothing. Exchange::id is the number in
  // `event.id` where it has one, so that evidence finds its exchange.
  [[nodiscard]] std::optional<Judged> next();

  // `event.id` of the exchange handed out last, as the file has it.
  [[nodiscard]] const std::string& event_id() const { return event_id_; }
  [[nodiscard]] const ReadCounts& counts() const { return counts_; }

 private:
  enum class Line : std::uint8_t { whole, torn, too_long, none };
  [[nodiscard]] Line read_line();
  [[nodiscard]] std::optional<Judged> exchange_of_line(Line line);
  void skip(std::string_view why);

  std::istream& in_;
  Warn warn_;
  std::string line_;
  std::uint64_t line_number_ = 0;
  std::string event_id_;
  ReadCounts counts_;
};

}  // namespace exotap
