// The codes by which a SAML responder says how it went (saml-core-2.0-os section 3.2.2.2, and
// saml-core-1.1 section 3.4.3.1, whose QNames are the same words).
#pragma once

#include <string_view>

namespace exotap {

// The last word of a status URI or QName: "Responder" of
// "urn:oasis:names:tc:SAML:2.0:status:Responder" and of "samlp:Responder".
[[nodiscard]] std::string_view saml_status_word(std::string_view value);

// What the word means, in a few plain ones; empty for a word that the specifications do not have.
[[nodiscard]] std::string_view saml_status_meaning(std::string_view word);

}  // namespace exotap
