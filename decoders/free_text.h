// Sentences that servers put into errors, made fit to become a fact: one line, bounded, and without
// anything that could be a token. A server may echo what it was sent.
//
// Pure; a thread each; nothing throws but for memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace exotap {

inline constexpr std::size_t kMaxSentence = 1024;
// A run of base64 letters this long is no word: the longest host label is 63.
inline constexpr std::size_t kLongestWord = 64;

// Blanks and line ends collapsed to one blank, cut at kMaxSentence on a UTF-8 boundary, and every
// JWT or run of more than kLongestWord base64 letters replaced by "[redacted]".
[[nodiscard]] std::string sentence(std::string_view text);

// The digits after the first "AADSTS" (50126 of "AADSTS50126: Error validating ...").
[[nodiscard]] std::optional<std::int64_t> aadsts_code(std::string_view text);
// The first code of a family: "MSIS3127" for prefix "MSIS", "ID3242" for "ID" (four digits
// at least); empty where there is none.
[[nodiscard]] std::string_view numbered_code(std::string_view text, std::string_view prefix);
// A whole number, with an optional sign and nothing after it but blanks.
[[nodiscard]] std::optional<std::int64_t> whole_number(std::string_view text);

}  // namespace exotap
