#include "capture/message.h"

#include <cstring>

namespace exotap {
namespace {

constexpr std::size_t kEight = sizeof(std::uint64_t);

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

// Eight characters at `at` in lower case, as lower() makes them.
std::uint64_t lower_eight(const char* at) {
  constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
  constexpr std::uint64_t kHighBits = kOnes * 0x80;
  std::uint64_t eight = 0;
  std::memcpy(&eight, at, kEight);
  const std::uint64_t low = eight & ~kHighBits;
  const std::uint64_t from_a = low + kOnes * (0x80 - 'A');
  const std::uint64_t past_z = low + kOnes * (0x7f - 'Z');
  const std::uint64_t is_upper = from_a & ~past_z & ~eight & kHighBits;
  return eight | (is_upper >> 2U);
}

}  // namespace

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  if (a.size() >= kEight) {
    for (std::size_t i = 0; i + kEight < a.size(); i += kEight) {
      if (lower_eight(a.data() + i) != lower_eight(b.data() + i)) return false;
    }
    const std::size_t last = a.size() - kEight;
    return lower_eight(a.data() + last) == lower_eight(b.data() + last);
  }
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

Field Head::field(std::size_t i) const {
  const FieldPosition& p = fields[i];
  return {view(p.name_at, p.name_size), view(p.value_at, p.value_size)};
}

std::optional<std::string_view> Head::find(std::string_view name) const {
  for (const FieldPosition& p : fields) {
    if (p.name_size == name.size() && equal_ignoring_case(view(p.name_at, p.name_size), name)) {
      return view(p.value_at, p.value_size);
    }
  }
  return std::nullopt;
}

std::vector<std::string_view> Head::find_all(std::string_view name) const {
  std::vector<std::string_view> found;
  for (const FieldPosition& p : fields) {
    if (p.name_size == name.size() && equal_ignoring_case(view(p.name_at, p.name_size), name)) {
      found.push_back(view(p.value_at, p.value_size));
    }
  }
  return found;
}

}  // namespace exotap
