// The body proper of a MAPI/HTTP answer, behind its preamble (MS-OXCMAPIHTTP 2.2.4, 2.2.5): of
// every call the two numbers it begins with, of those that open, close or await a session what else
// tells how it goes. DnPrefix, DisplayName and auxiliary buffers are not read: they are about the
// person and the machines, and no failure is in them.
// Pure; views point into the bytes given; nothing throws.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace exotap {

struct MapiAnswer {
  // Not 0: the call was not carried out, and no ErrorCode follows (2.2.4.1.3, ...).
  std::optional<std::uint32_t> status_code;
  // What the call itself came to; codes of MS-OXCDATA 2.4.
  std::optional<std::uint32_t> error_code;
  std::optional<std::uint32_t> polls_max;    // Connect: milliseconds between polls
  std::optional<std::uint32_t> retry_count;  // Connect: how often to try again
  std::optional<std::uint32_t> retry_delay;  // Connect: milliseconds before that
  std::optional<bool> event_pending;         // NotificationWait
  std::string_view rop_buffer;               // Execute
  bool cut = false;                          // less came than the call's answer begins with
};

// `type` is X-RequestType; nothing is read for one that is not known or has no body (PING).
[[nodiscard]] MapiAnswer read_mapi_answer(std::string_view type, std::string_view body);

// Whether a call looks something up in the address book (2.2.5): there "not found" is an answer.
[[nodiscard]] bool is_address_book_lookup(std::string_view type);
// Whether this ErrorCode says that the call failed. Unbind's 1 is its success (MS-OXNSPI 2.2.1.2).
[[nodiscard]] bool is_mapi_failure(std::string_view type, std::uint32_t error_code);

// UserDn, with which a Connect request begins (2.2.4.1.1); empty where it is not whole.
[[nodiscard]] std::string_view read_user_dn(std::string_view request_body);

}  // namespace exotap
