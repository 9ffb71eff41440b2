// One walk over a text that finds every secret in it, by name, by mark-up and by shape.
#pragma once

#include <string>
#include <string_view>

#include "capture/pseudonyms.h"

namespace exotap {

// False where append_without_secrets() would change nothing; true says only that it might. Cheap:
// most values of most facts are names, numbers and hosts.
[[nodiscard]] bool may_hold_secret(std::string_view text);

// What the text is.
enum class TextKind : unsigned char {
  prose,  // anything: a sentence, a URL, JSON, XML, header lines
  query,  // a URL's query or a form body: it begins with a parameter's name
};

// Appends `text` with every secret replaced by its stand-in. Linear in the text's length, works on
// torn and cut text, and leaves alone what is redacted already. Never throws but for memory.
void append_without_secrets(std::string& out, std::string_view text, TextKind kind,
                            const Pseudonyms& pseudonyms);

}  // namespace exotap
