// Where in an exchange a fact was seen, in words: `where` of a finding's evidence.
#pragma once

#include <string_view>

namespace exotap {

// "request line", "answer's head", "server's certificate", ... by the fact's name; empty for facts
// that were concluded from several exchanges or come from nowhere on the wire.
[[nodiscard]] std::string_view evidence_place(std::string_view fact_name);

}  // namespace exotap
