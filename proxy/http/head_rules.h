// The strict reading of a head's raw lines, before llhttp sees them: RFC 9112 sections 2.2, 3, 4
// and 5. llhttp alone is not enough. It knows a closed list of methods (RPC_IN_DATA is none of
// them), and what it lets pass depends on its version and how it was built.
//
// A line is given with its LF; positions count from its first byte.
#pragma once

#include <string_view>

#include "capture/message.h"
#include "proxy/http/framer.h"
#include "proxy/http/refusal.h"

namespace exotap::http {

// Whether these first bytes of a message, perhaps too few yet, can begin a start line. Tells TLS
// and other protocols at once, not after a line end that never comes.
[[nodiscard]] Refusal check_first_bytes(Direction direction, std::string_view bytes);

// Reads a request line or a status line into `head`.
[[nodiscard]] Refusal read_start_line(Direction direction, std::string_view line, Head& head);

// Reads a field line of a head or of a trailer section.
[[nodiscard]] Refusal read_field_line(std::string_view line, FieldPosition& position);

// The same for the line that `text` begins with, where nothing is wrong with it: its size, CRLF
// included. 0 where something is, or where it has not ended: read_field_line() then says what.
[[nodiscard]] std::size_t read_plain_field_line(std::string_view text, FieldPosition& position);

// An empty line is CRLF and nothing else.
[[nodiscard]] bool is_empty_line(std::string_view line);

}  // namespace exotap::http
