// Names out of tokens, made fit to become facts: they come from strangers, so a control character
// in one is none of its letters, and they end at kMaxTokenName. Pure; nothing throws but for
// memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace exotap {

inline constexpr std::size_t kMaxTokenName = 256;  // bytes of UTF-8

// Of ASCII or UTF-8.
[[nodiscard]] std::string shown_name(std::string_view text);
// Of UTF-16LE where `wide`, else of an OEM code page, of which only ASCII is sure.
[[nodiscard]] std::string shown_name(std::string_view bytes, bool wide);
[[nodiscard]] std::string hexadecimal(std::span<const std::uint8_t> bytes);

}  // namespace exotap
