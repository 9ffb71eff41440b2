#include "rules/matching/network.h"

#include <algorithm>
#include <charconv>
#include <cstddef>

namespace exotap {
namespace {

constexpr std::size_t kIpv4At = 12;  // where the four bytes stand in the mapped form

// The whole of `text` as a number of at most `digits` digits.
std::optional<unsigned> number(std::string_view text, int base, std::size_t digits) {
  unsigned value = 0;
  if (text.empty() || text.size() > digits) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool parse_ipv4(std::string_view text, std::uint8_t* out) {
  for (int i = 0; i < 4; ++i) {
    const std::size_t dot = i < 3 ? text.find('.') : text.size();
    if (dot == std::string_view::npos) return false;
    const auto byte = number(text.substr(0, dot), 10, 3);
    if (!byte || *byte > 255) return false;
    out[i] = static_cast<std::uint8_t>(*byte);
    text.remove_prefix(std::min(dot + 1, text.size()));
  }
  return true;
}

// Groups of one side of "::", appended at out[used]. The last may be an IPv4 address.
bool parse_groups(std::string_view text, AddressBytes& out, std::size_t& used) {
  while (!text.empty()) {
    const std::size_t colon = text.find(':');
    const std::string_view group = text.substr(0, colon);
    if (colon == std::string_view::npos && group.find('.') != std::string_view::npos) {
      if (used + 4 > out.size() || !parse_ipv4(group, out.data() + used)) return false;
      used += 4;
      return true;
    }
    const auto value = number(group, 16, 4);
    if (!value || used + 2 > out.size()) return false;
    out[used++] = static_cast<std::uint8_t>(*value >> 8);
    out[used++] = static_cast<std::uint8_t>(*value & 0xFFU);
    if (colon == std::string_view::npos) return true;
    text.remove_prefix(colon + 1);
    if (text.empty()) return false;  // ends with a single colon
  }
  return true;
}

std::optional<AddressBytes> parse_ipv6(std::string_view text) {
  text = text.substr(0, text.find('%'));  // a zone names an interface, not a network
  AddressBytes head{};
  AddressBytes tail{};
  std::size_t head_size = 0;
  std::size_t tail_size = 0;
  const std::size_t gap = text.find("::");
  if (!parse_groups(text.substr(0, gap), head, head_size)) return std::nullopt;
  if (gap == std::string_view::npos) {
    if (head_size != head.size()) return std::nullopt;
    return head;
  }
  if (!parse_groups(text.substr(gap + 2), tail, tail_size)) return std::nullopt;
  if (head_size + tail_size > head.size() - 2) return std::nullopt;
  std::copy_n(tail.begin(), tail_size, head.end() - static_cast<std::ptrdiff_t>(tail_size));
  return head;
}

}  // namespace

std::optional<AddressBytes> parse_address(std::string_view text) {
  if (text.find(':') != std::string_view::npos) return parse_ipv6(text);
  AddressBytes mapped{};
  mapped[10] = mapped[11] = 0xFF;
  if (!parse_ipv4(text, mapped.data() + kIpv4At)) return std::nullopt;
  return mapped;
}

std::optional<Network> Network::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::string_view address_text = text.substr(0, slash);
  const auto address = parse_address(address_text);
  if (!address) return std::nullopt;
  const bool ipv4 = address_text.find(':') == std::string_view::npos;
  const unsigned most = ipv4 ? 32 : 128;
  unsigned bits = most;
  if (slash != std::string_view::npos) {
    const auto given = number(text.substr(slash + 1), 10, 3);
    if (!given || *given > most) return std::nullopt;
    bits = *given;
  }
  return Network(*address, static_cast<int>(bits + (ipv4 ? 96 : 0)));
}

bool Network::contains(std::string_view address) const {
  const auto bytes = parse_address(address);
  if (!bytes) return false;
  const auto whole = static_cast<std::size_t>(bits_ / 8);
  if (!std::equal(bytes->begin(), bytes->begin() + static_cast<std::ptrdiff_t>(whole),
                  address_.begin())) {
    return false;
  }
  const int rest = bits_ % 8;
  if (rest == 0) return true;
  const int shift = 8 - rest;
  return (*bytes)[whole] >> shift == address_[whole] >> shift;
}

}  // namespace exotap
