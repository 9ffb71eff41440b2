// HTTP/1.1 framing without I/O: bytes in, message parts out. llhttp stands behind it.
//
// A framer follows one direction of one connection through message after message. It records the
// message it is in (head whole, body prefix, sizes) and tells its caller how many of the bytes it
// was given belong to which part, so that the caller can forward exactly the bytes that came.
//
// Refused, as RFC 9112 sections 3, 5, 6 and 11.2 want it, because two readers may disagree where
// the message ends: both Transfer-Encoding and Content-Length, differing or malformed
// Content-Length, a Transfer-Encoding whose last coding is not chunked (request) or that is not
// understood, Transfer-Encoding in HTTP/1.0, bare CR or LF, obs-fold, white space before a colon,
// NUL and other control bytes, a head or chunk line over its bound; CONNECT with a body, more than
// one Host, a trailer field that frames or routes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "capture/message.h"

namespace exotap::http {

// Every bound a message meets. Bytes, unless it says otherwise.
struct Limits {
  std::size_t head = 256 * 1024;  // start line and field lines
  std::size_t fields = 1000;      // count
  std::size_t chunk_line = 4096;  // chunk size and extensions
  std::size_t trailers = 64 * 1024;
  std::size_t recorded_body = 64 * 1024;  // how much of a body Message::body keeps
};

enum class Direction : std::uint8_t { requests, answers };

enum class Part : std::uint8_t {
  need_more,  // all bytes consumed and held (an unfinished head), nothing to forward yet
  head,       // a head is complete: forward message().head.text, not the bytes given
  body,       // `consumed` bytes are body (chunk framing and trailers included): forward them
  end,        // the message ended with the `consumed` bytes (0 possible): forward them, take()
  opaque,     // after CONNECT or a switch of protocols: forward everything from here unread
              // (`consumed` is 0: these bytes are the caller's)
  refused,    // error(): nothing more can be read in this direction (`consumed` is 0). After
              // not_http, message().head.text holds the bytes of earlier reads and none of these:
              // both together are what came.
};

enum class FramingError : std::uint8_t {
  none,
  malformed_start_line,
  malformed_field,
  ambiguous_length,  // the smuggling shapes above
  head_too_large,
  too_many_fields,
  chunk_malformed,
  unsupported_version,  // not HTTP/1.x; an HTTP/2 preface too
  not_http,             // the first bytes are no HTTP at all
  truncated,            // the stream ended inside a head or a counted body
};
[[nodiscard]] std::string_view to_string(FramingError error);  // snake_case, for facts

struct Step {
  Part part = Part::need_more;
  std::size_t consumed = 0;  // of the bytes given; the caller offers the rest again
};

// What the framer must know to frame an answer: RFC 9112 section 6.3.
struct AnswerContext {
  bool to_head = false;     // the request was HEAD: no body
  bool to_connect = false;  // 2xx then is opaque
};

// Not thread safe. Never throws but for memory.
class Framer {
 public:
  explicit Framer(Direction direction, Limits limits = {});
  ~Framer();
  Framer(Framer&&) noexcept;
  Framer& operator=(Framer&&) noexcept;

  // Reads from `bytes` up to the end of the next part. Call again with what is left until it says
  // need_more or everything is consumed. After `head` call again even when nothing is left: a
  // message without body says `end` then. A head is `head` exactly once; 1xx answers are messages
  // of their own (head, then end), 101 among them: what follows 101 is opaque. A CONNECT request
  // says end, then opaque; where the caller refused it, a new framer reads what follows.
  // Empty lines before a start line are dropped (RFC 9112 section 2.2).
  // `context` is asked for when an answer's head is complete; ignored for requests.
  [[nodiscard]] Step read(std::string_view bytes, AnswerContext context = {});

  // The stream ended: `end` if that completes the message (close-delimited answers), need_more if
  // it ended between messages, refused with FramingError::truncated if inside one.
  [[nodiscard]] Step finish();

  // The message being read; whole once `end` was said.
  [[nodiscard]] const Message& message() const;
  // Moves the finished message out; the next read() starts a new one.
  [[nodiscard]] Message take();

  [[nodiscard]] bool between_messages() const;  // nothing of a next message was seen
  [[nodiscard]] bool inside_head() const;       // a head has begun, and is not whole
  [[nodiscard]] FramingError error() const;
  [[nodiscard]] std::string_view error_reason() const;  // for people; no message content

  // About the message whose head is complete:
  [[nodiscard]] bool keep_alive() const;       // the connection may carry another message
  [[nodiscard]] bool close_delimited() const;  // an answer that ends with the connection
  [[nodiscard]] bool chunked() const;
  // A request with Connection: upgrade and an Upgrade field, or CONNECT. Reading goes on as HTTP:
  // the server may refuse.
  [[nodiscard]] bool wants_upgrade() const;
  [[nodiscard]] bool expects_continue() const;  // a request with Expect: 100-continue
  [[nodiscard]] bool has_alternatives() const;  // an Alt-Svc field (RFC 7838)

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace exotap::http
