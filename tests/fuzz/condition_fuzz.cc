// Any text as a condition: it parses or is refused at a column within it, and what parses can be
// evaluated.
#include <array>
#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

#include "rules/matching/condition.h"

namespace {

constexpr std::array<std::string_view, 5> kNames{"selection", "selection_dns", "filter_main",
                                                 "keywords", "_hidden"};

void parse_and_evaluate(std::string_view text) {
  const auto parsed = exotap::parse_condition(text, kNames);
  if (const auto* error = std::get_if<exotap::ConditionError>(&parsed)) {
    if (error->what.empty() || error->column == 0 || error->column > text.size() + 1) {
      __builtin_trap();
    }
    return;
  }
  const auto& condition = std::get<exotap::Condition>(parsed);
  std::vector<bool> used(kNames.size());
  mark_used(condition, used);
  for (unsigned bits = 0; bits < 32; ++bits) {
    (void)condition.evaluate([&](std::size_t i) {
      if (!used.at(i)) __builtin_trap();
      return (bits >> i & 1U) != 0;
    });
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  parse_and_evaluate({reinterpret_cast<const char*>(data), size});
  return 0;
}
