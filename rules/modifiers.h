// The key of a detection item: a field and its value modifiers, "c-uri|contains|all"
// (Sigma modifiers appendix 2.1).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace exotap {

struct Modifiers {
  enum class Compare {
    equal,
    contains,
    starts,
    ends,
    regex,
    exists,
    less,
    less_equal,
    greater,
    greater_equal,
    network,
    same_as_field
  };

  Compare compare = Compare::equal;
  bool all = false;      // every listed value must be found, not any
  bool cased = false;    // letter case matters
  bool negated = false;  // neq: true where the rest is not, so also where the field is absent
  bool regex_ignore_case = false;
  bool regex_multi_line = false;
  bool regex_dot_all = false;

  [[nodiscard]] bool is_range() const {
    return compare >= Compare::less && compare <= Compare::greater_equal;
  }
};

struct FieldKey {
  std::string field;  // empty for keywords: '|all'
  Modifiers modifiers;
};

// nullopt with the reason in `why` where a modifier is unknown, unsupported or stands beside one
// it cannot stand beside.
[[nodiscard]] std::optional<FieldKey> parse_field_key(std::string_view key, std::string& why);

}  // namespace exotap
