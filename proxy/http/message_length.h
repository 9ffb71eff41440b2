// What a head says about the bytes after it: RFC 9112 section 6 (length), 9.3 (persistence),
// RFC 9110 sections 7.8 (Upgrade) and 10.1.1 (Expect). Where two readers might disagree about the
// length, the head is refused.
#pragma once

#include <cstdint>

#include "capture/message.h"
#include "proxy/http/framer.h"
#include "proxy/http/refusal.h"

namespace exotap::http {

enum class BodyKind : std::uint8_t { none, counted, chunked, until_close };

struct HeadMeaning {
  BodyKind body = BodyKind::none;
  std::uint64_t length = 0;       // of a counted body, bytes; never 0
  bool keep_alive = false;        // another message may follow
  bool opaque_after = false;      // what follows is another protocol: CONNECT, 101
  bool wants_upgrade = false;     // a request that asks for another protocol
  bool expects_continue = false;  // a request whose body waits for 100
  bool has_alternatives = false;  // an Alt-Svc field
};

// `context` is for answers.
[[nodiscard]] Refusal read_meaning(const Head& head, Direction direction, AnswerContext context,
                                   HeadMeaning& meaning);

// Fields that frame a message have no place in a trailer section (RFC 9110 section 6.5.1): one
// reader may merge what another drops.
[[nodiscard]] bool is_framing_field(std::string_view name);

}  // namespace exotap::http
