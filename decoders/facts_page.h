// docs/facts.md, made from the table of decoders: what a rule author can ask for.
#pragma once

#include <string>
#include <string_view>

#include "decoders/facts.h"

namespace exotap {

[[nodiscard]] std::string_view to_string(FactType type);  // "text", "integer", "boolean"

// Names of the decoders that state the fact, comma-separated; "flow" for those made of several
// exchanges, "process" for what the system knows of the client; empty for a fact outside the table.
[[nodiscard]] std::string decoders_of(const FactSpec& spec);

// The whole page, in Markdown, facts by name. The same text for the same table.
[[nodiscard]] std::string facts_page();

}  // namespace exotap
