// Tells flow a story: exchanges one after another on a clock of their own.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "decoders/decoder.h"
#include "decoders/flow/flow.h"
#include "tests/decoders/exchange_from_text.h"

namespace exotap::testing {

class Story {
 public:
  void wait(std::chrono::milliseconds time) { now_ += time; }
  [[nodiscard]] WallTime now() const { return now_; }

  // What decoders and flow say about it; it begins now and takes its own time.
  Facts tell(Exchange exchange) {
    exchange.started = now_;
    now_ += std::chrono::duration_cast<WallTime::duration>(exchange.timings.total);
    return tell_as_is(exchange);
  }
  Facts tell_as_is(const Exchange& exchange) {
    Facts facts;
    decode(exchange, facts);
    flow_.fold(exchange, facts);
    return facts;
  }

 private:
  WallTime now_ = WallTime{} + std::chrono::seconds(1'790'000'000);
  Flow flow_;
};

// "host/path" asked with `fields` (lines without the last line end), answered with `answer`.
inline Exchange get(std::string_view where, std::string_view fields, std::string_view answer) {
  const std::size_t slash = where.find('/');
  std::string request = "GET " + std::string(where.substr(slash)) +
                        " HTTP/1.1\nHost: " + std::string(where.substr(0, slash)) + "\n";
  if (!fields.empty()) request.append(fields).append("\n");
  Exchange made = testing::exchange(request + "\n", answer);
  made.timings.total = std::chrono::milliseconds(100);
  return made;
}

inline Exchange connect(std::string_view host, std::uint16_t port = 443) {
  const std::string to = std::string(host) + ":" + std::to_string(port);
  Exchange made = testing::exchange("CONNECT " + to + " HTTP/1.1\nHost: " + to + "\n\n", "");
  made.is_connect = true;
  made.sequence = 0;
  made.timings.total = std::chrono::milliseconds(100);
  return made;
}

inline Exchange failed_connect(std::string_view host, FaultType type, Stage stage, std::string code,
                               std::uint16_t port = 443) {
  Exchange made = connect(host, port);
  made.fault = {type, stage, std::move(code), ""};
  return made;
}

}  // namespace exotap::testing
