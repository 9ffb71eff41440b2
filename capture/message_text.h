// One HTTP/1.x message from literal text, as people write it into a story or a capture holds it:
// line ends may be LF or CRLF, the head is stored with CRLF. For text that is at rest; the wire has
// its own framer (proxy/http).
//
// RFC 9112 sections 2 to 5. Strict where a typing mistake would change the meaning (start line,
// field lines), silent about framing: the body is what follows the empty line, transfer coding
// already removed, whatever Content-Length says.
//
// Pure; a thread each. Never throws but for memory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include "capture/message.h"

namespace exotap {

enum class MessageKind { request, answer };

// What is wrong, and on which line of the text (the first is 1).
struct MessageTextError {
  std::size_t line = 1;
  std::string what;
};

inline constexpr std::size_t kMaxHeadText = std::size_t{256} * 1024;
inline constexpr std::size_t kMaxHeadFields = 512;

// The message is complete and its body_size is what the text holds.
[[nodiscard]] std::variant<Message, MessageTextError> parse_message_text(std::string_view text,
                                                                         MessageKind kind);

}  // namespace exotap
