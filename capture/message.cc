#include "capture/message.h"

namespace exotap {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

}  // namespace

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
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
