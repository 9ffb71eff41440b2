#include "proxy/http/characters.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace exotap::http {
namespace {

constexpr std::array<bool, 256> token_table() {
  std::array<bool, 256> table{};
  for (unsigned c = '0'; c <= '9'; ++c) table[c] = true;
  for (unsigned c = 'a'; c <= 'z'; ++c) table[c] = true;
  for (unsigned c = 'A'; c <= 'Z'; ++c) table[c] = true;
  for (const char c : std::string_view("!#$%&'*+-.^_`|~"))
    table[static_cast<unsigned char>(c)] = true;
  return table;
}

constexpr std::array<bool, 256> kToken = token_table();
constexpr std::uint64_t kOnes = 0x0101010101010101u;
constexpr std::uint64_t kHighBits = 0x8080808080808080u;

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && byte != '\t') || byte == 0x7f;
}

// Eight bytes at once: not zero where one of them may be below 0x20 or 0x7f. Tabs raise it too,
// and a byte above a control may: only the lowest of them is certain.
std::uint64_t may_hold_control(std::uint64_t eight) {
  const std::uint64_t below_space = (eight - kOnes * 0x20) & ~eight;
  const std::uint64_t deletes = eight ^ (kOnes * 0x7f);
  const std::uint64_t is_delete = (deletes - kOnes) & ~deletes;
  return (below_space | is_delete) & kHighBits;
}

}  // namespace

bool is_token_char(char c) { return kToken[static_cast<unsigned char>(c)]; }

bool is_token(std::string_view text) {
  for (const char c : text) {
    if (!is_token_char(c)) return false;
  }
  return !text.empty();
}

std::size_t find_control(std::string_view text) {
  std::size_t at = 0;
  while (text.size() - at >= sizeof(std::uint64_t)) {
    std::uint64_t eight;
    std::memcpy(&eight, text.data() + at, sizeof eight);
    const std::uint64_t suspects = may_hold_control(eight);
    if (suspects == 0) {
      at += sizeof eight;
      continue;
    }
    // A control or a tab: borrows run upwards only.
    if constexpr (std::endian::native == std::endian::little) {
      at += static_cast<std::size_t>(std::countr_zero(suspects)) / 8;
    }
    if (is_control(text[at])) return at;
    ++at;
  }
  for (; at < text.size(); ++at) {
    if (is_control(text[at])) return at;
  }
  return text.size();
}

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string_view next_element(std::string_view& list) {
  const std::size_t comma = list.find(',');
  const std::string_view element = list.substr(0, comma);
  list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
  return trimmed(element);
}

}  // namespace exotap::http
