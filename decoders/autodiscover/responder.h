// Who answered where Exchange was asked. Autodiscover guesses addresses, and at a guessed address
// anybody may live: the organisation's web site, a hoster's mail panel, a gateway that wants a
// sign-in first, the portal of a hotel's network. Which it is decides what to do about it, so it is
// told by the marks such products leave in their heads and pages.
//
// Pure; a thread each; nothing throws but for memory.
#pragma once

#include <cstddef>
#include <string_view>

#include "capture/message.h"
#include "decoders/facts.h"

namespace exotap {

// Marks stand in a page's head; no more of a body than this is searched for them.
inline constexpr std::size_t kMaxSearchedPage = std::size_t{32} << 10;

// What a decoder saw in the body.
enum class AnswerKind : std::uint8_t {
  unknown,     // nothing to judge by: empty, cut off, not read
  discovery,   // an Autodiscover answer
  plain_mail,  // an Autodiscover answer that offers IMAP, POP and SMTP only
  web_page,
  foreign,  // something whole that is neither
};

// True where the head has a field that only Exchange's front and back ends send.
[[nodiscard]] bool has_exchange_field(const Head& head);
// Media type text/html: said by web sites, and by panels whose script forgot to say otherwise.
[[nodiscard]] bool is_html_type(const Message& answer);
// HTML by its beginning, or by its type where it does not begin as XML or JSON.
[[nodiscard]] bool is_web_page(const Message& answer, std::string_view text);

// The product by its marks; empty where there are none. `text` is the decoded body.
[[nodiscard]] std::string_view responder_of(const Head& head, std::string_view text,
                                            AnswerKind kind);

// States autodiscover.answered_by, and autodiscover.responder where that is not Exchange; with
// answer.failure where a status of success came with it.
void state_responder(const Message& answer, std::string_view text, AnswerKind kind, Facts& facts);

}  // namespace exotap
