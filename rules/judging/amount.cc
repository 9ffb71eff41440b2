#include "rules/judging/amount.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

namespace exotap {
namespace {

using Op = AmountTest::Op;

struct OpName {
  std::string_view name;
  Op op;
};
constexpr std::array kOps{OpName{"lt", Op::less},    OpName{"lte", Op::less_equal},
                          OpName{"gt", Op::greater}, OpName{"gte", Op::greater_equal},
                          OpName{"eq", Op::equal},   OpName{"neq", Op::not_equal}};

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string to_text(const Amount& amount) {
  const bool negative = amount.numerator < 0;
  const std::int64_t size = negative ? -amount.numerator : amount.numerator;
  const std::int64_t thousandths = size % amount.denominator * 1000 / amount.denominator;
  std::string text = std::to_string(size / amount.denominator);
  if (thousandths != 0) {
    std::string digits = std::to_string(1000 + thousandths).substr(1);
    while (digits.back() == '0') digits.pop_back();
    text += "." + digits;
  }
  return negative && text != "0" ? "-" + text : text;
}

bool AmountTest::holds(const Amount& amount) const {
  const std::int64_t have = amount.numerator * 1000;
  const std::int64_t limit = thousandths * amount.denominator;
  switch (op) {
    case Op::less:
      return have < limit;
    case Op::less_equal:
      return have <= limit;
    case Op::greater:
      return have > limit;
    case Op::greater_equal:
      return have >= limit;
    case Op::equal:
      return have == limit;
    case Op::not_equal:
      return have != limit;
  }
  return false;
}

std::optional<Op> find_amount_op(std::string_view name) {
  const auto found = std::ranges::find(kOps, name, &OpName::name);
  return found == kOps.end() ? std::nullopt : std::optional(found->op);
}

std::optional<std::int64_t> parse_thousandths(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  std::string digits(text.substr(0, point));
  if (!all_digits(digits)) return std::nullopt;
  if (point != std::string_view::npos) {
    const std::string_view fraction = text.substr(point + 1);
    if (!all_digits(fraction) || fraction.size() > 3) return std::nullopt;
    digits += fraction;
    digits.append(3 - fraction.size(), '0');
  } else {
    digits += "000";
  }
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || value > kMaxAmount * 1000) return std::nullopt;
  return negative ? -value : value;
}

}  // namespace exotap
