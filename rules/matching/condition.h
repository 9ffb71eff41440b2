// A detection's condition: "selection and not 1 of filter_*" (Sigma rules specification 2.1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace exotap {

inline constexpr std::size_t kMaxConditionText = 2000;
inline constexpr int kMaxConditionDepth = 24;

// The parsed tree. A value, immutable once parsed.
struct Condition {
  enum class Op : std::uint8_t { selection, negation, all, any };

  Op op = Op::selection;
  std::size_t selection = 0;     // index among the names it was parsed with
  std::vector<Condition> parts;  // one of a negation

  // Whether it is true, given `holds(index)` for each selection. Asks for no more than it needs,
  // from left to right.
  template <typename Holds>
  [[nodiscard]] bool evaluate(const Holds& holds) const {
    switch (op) {
      case Op::selection:
        return holds(selection);
      case Op::negation:
        return !parts.front().evaluate(holds);
      case Op::all:
        for (const Condition& part : parts) {
          if (!part.evaluate(holds)) return false;
        }
        return true;
      case Op::any:
        for (const Condition& part : parts) {
          if (part.evaluate(holds)) return true;
        }
        return false;
    }
    return false;
  }
};

struct ConditionError {
  std::size_t column = 0;  // 1-based, within the condition's text
  std::string what;
  bool unsupported = false;  // it is no slip, but a form that Sigma had once
};

// Parses `text` over selections called `names`. `not` binds closest, then `and`, then `or`;
// `1 of x*`, `any of x*`, `all of x*` and `... of them` (all whose name has no leading underscore).
[[nodiscard]] std::variant<Condition, ConditionError> parse_condition(
    std::string_view text, std::span<const std::string_view> names);

// Sets used[i] for every selection the condition speaks of. `used` has a place for each.
void mark_used(const Condition& condition, std::vector<bool>& used);

}  // namespace exotap
