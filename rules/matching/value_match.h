// One listed value of a detection item, compiled: does a fact's value match it?
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "decoders/facts.h"
#include "rules/matching/modifiers.h"
#include "rules/matching/network.h"
#include "rules/matching/pattern.h"

namespace re2 {
class RE2;
}

namespace exotap {

inline constexpr std::size_t kMaxRegexText = 1000;
inline constexpr std::size_t kMaxValueText = 2000;

// Where a text must stand that is compared so; the whole for comparisons of other kinds.
[[nodiscard]] Pattern::Where where_of(Modifiers::Compare compare);

// Immutable once compiled, so any number of threads may match with it.
class ValueMatch {
 public:
  // nullopt with the reason in `why` where `value` does not fit the fact's type or the modifiers
  // (which are a comparison of values: not exists, not fieldref).
  [[nodiscard]] static std::optional<ValueMatch> compile(const Modifiers& modifiers, FactType type,
                                                         std::string_view value, std::string& why);
  ValueMatch(ValueMatch&&) noexcept;
  ValueMatch& operator=(ValueMatch&&) noexcept;
  ~ValueMatch();

  [[nodiscard]] bool matches(const Fact& fact) const;
  // What an index can look it up by, for facts that match: the one number or text (in lower case)
  // they have, or a text that stands in theirs (in lower case; empty where there is none).
  [[nodiscard]] std::optional<std::int64_t> only_number() const;
  [[nodiscard]] std::optional<std::string> only_text() const;
  [[nodiscard]] std::string needed_part() const;
  // A rank for ordering tests: cheaper ones first.
  [[nodiscard]] int cost() const;

 private:
  // lowest <= number <= highest.
  struct Range {
    std::int64_t lowest;
    std::int64_t highest;
  };
  // The same of a part of the time that the fact is.
  struct TimeRange {
    TimePart part;
    bool is_number;
    Range range;
  };
  using How = std::variant<Range, TimeRange, Pattern, Network, std::unique_ptr<re2::RE2>>;
  explicit ValueMatch(How how);

  static std::optional<Range> range_of(Modifiers::Compare compare, std::string_view value,
                                       std::string& why);
  static std::optional<ValueMatch> compile_time(const Modifiers& modifiers, FactType type,
                                                std::string_view value, std::string& why);
  static std::optional<ValueMatch> compile_regex(const Modifiers& modifiers, std::string_view value,
                                                 std::string& why);

  How how_;
};

}  // namespace exotap
