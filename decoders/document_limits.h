// Which bound of decoders/xml.h or decoders/json.h a document goes beyond, by a look over its bytes
// that builds nothing: a fraction of what parsing costs, and none for documents too small to go
// beyond any. Counts as the parsers do; of a document that is not well-formed it may say other than
// they. Pure; nothing throws.
#pragma once

#include <string_view>

namespace exotap {

// "xml_size", "xml_tags" or "xml_depth", the first that applies; empty where none does.
[[nodiscard]] std::string_view xml_limit(std::string_view text);
// "json_size", "json_values" or "json_depth", likewise.
[[nodiscard]] std::string_view json_limit(std::string_view text);

}  // namespace exotap
