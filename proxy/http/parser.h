// llhttp's only door. It is the second reader of a head, whose verdict must be that of our own
// rules, and it reads the bodies. Start lines and trailer sections are not shown to it: llhttp
// knows a closed list of methods, and trailers are kept as they came. Nor are fields that mean
// nothing to it: a token of two kilobytes would cost more there than all else a request costs.
//
// One parser serves one direction, message after message: begin(), then read_body() until the
// body ends, then begin() for the next.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "capture/message.h"
#include "proxy/http/framer.h"
#include "proxy/http/message_length.h"
#include "proxy/http/refusal.h"

namespace exotap::http {

class Parser {
 public:
  Parser(Direction direction, const Limits& limits);
  ~Parser();
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  // Reads those field lines of head.text that llhttp takes account of: what frames the body, and
  // what asks for another protocol. Refused unless it reads each as head.fields has it, and finds a
  // body as long as `meaning` says: one reader's mistake is then no way in. `head` ends in its
  // empty line.
  [[nodiscard]] Refusal begin(const Head& head, const HeadMeaning& meaning);

  enum class Event : std::uint8_t {
    more,        // everything is consumed, the body goes on
    complete,    // a counted body is complete
    last_chunk,  // the chunk of size zero was read; the trailer section follows
    refused,
  };
  struct Outcome {
    Event event = Event::more;
    std::size_t consumed = 0;
    Refusal refusal;
  };
  // Counts body bytes into message.body_size and keeps the first Limits::recorded_body of them.
  [[nodiscard]] Outcome read_body(std::string_view bytes, Message& message);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace exotap::http
