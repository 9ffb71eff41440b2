// Numbers that correlations of amounts compare: exact fractions against decimal limits.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace exotap {

// No amount is taken for more, in either direction, so that sums of thousands stay exact in 64
// bits even in thousandths.
inline constexpr std::int64_t kMaxAmount = 1'000'000'000'000;

// A sum, an average or a value: numerator / denominator. The denominator is 1 or more.
struct Amount {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;
};

// In decimal, with up to three digits behind the point: what follows them is left out.
[[nodiscard]] std::string to_text(const Amount& amount);

// One comparison of a condition.
struct AmountTest {
  enum class Op : std::uint8_t { less, less_equal, greater, greater_equal, equal, not_equal };

  Op op = Op::greater;
  std::int64_t thousandths = 0;  // what is compared with

  [[nodiscard]] bool holds(const Amount& amount) const;
};

// By Sigma's name, "gte"; nullopt for anything else.
[[nodiscard]] std::optional<AmountTest::Op> find_amount_op(std::string_view name);

// Thousandths of "500", "-3" or "0.75"; nullopt where the text is no such number, has more than
// three digits behind the point, or is beyond kMaxAmount.
[[nodiscard]] std::optional<std::int64_t> parse_thousandths(std::string_view text);

}  // namespace exotap
