// Secret XML elements: passwords, assertions, security tokens, ciphers, signatures
// (WS-Security 1.1, XML Encryption, XML Signature, SAML, WS-Trust).
#pragma once

#include <cstddef>
#include <string_view>

#include "capture/secret_token.h"

namespace exotap {

// The content of the secret element whose "<" is at `at`, up to its end tag, elements of the same
// name inside counted; to the end of the text where the end tag is missing. Empty for other
// elements, end tags, empty elements and for what is redacted already. Prefixes do not matter, and
// the mark-up may itself be escaped ("&lt;wsse:Password&gt;"). No XML parser is behind it: it must
// work on torn and cut text.
[[nodiscard]] Extent secret_element_content(std::string_view text, std::size_t at);

}  // namespace exotap
