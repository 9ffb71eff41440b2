// The key of a detection item: a field and its value modifiers, "c-uri|contains|all"
// (Sigma modifiers appendix 2.1).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace exotap {

// What is done to a rule's values when it is loaded, before they are compared.
enum class Transform : std::uint8_t {
  expand,
  windash,
  utf16le,
  utf16be,
  utf16,
  base64,
  base64offset
};

// What of a time is compared.
enum class TimePart : std::uint8_t { none, minute, hour, day, week, month, year };

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
  Compare referred = Compare::equal;  // of same_as_field: equal, contains, starts or ends
  bool all = false;                   // every listed value must be found, not any
  bool cased = false;                 // letter case matters
  bool negated = false;  // neq: true where the rest is not, so also where the field is absent
  bool regex_ignore_case = false;
  bool regex_multi_line = false;
  bool regex_dot_all = false;
  TimePart time_part = TimePart::none;

  static constexpr std::size_t kMaxTransforms = 4;
  std::array<Transform, kMaxTransforms> transforms{};
  std::size_t transform_count = 0;

  // In the order they are applied.
  [[nodiscard]] std::span<const Transform> chain() const {
    return std::span(transforms).first(transform_count);
  }
  [[nodiscard]] bool has(Transform transform) const;
  // Whether the values are other texts than those written, beyond their placeholders.
  [[nodiscard]] bool encodes() const;
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
