#include "rules/consequence.h"

#include <string>
#include <utility>

namespace exotap {
namespace {

// nullopt where one of the facts is absent: what is not known is not alike.
std::optional<std::string> values_of(const std::vector<const FactSpec*>& specs,
                                     const Facts& facts) {
  std::string values;
  for (const FactSpec* spec : specs) {
    if (!facts.has(*spec)) return std::nullopt;
    values.append(facts.text(*spec)).push_back('\0');
  }
  return values;
}

}  // namespace

std::vector<Mark> marks_of(const std::vector<Consequence>& consequences, std::size_t rule,
                           const FactIndex& index, const Facts& facts) {
  std::vector<Mark> marks;
  for (std::size_t i = 0; i < consequences.size(); ++i) {
    const Consequence& consequence = consequences[i];
    const auto add = [&](const Consequence::End& end, Mark::End side) {
      if (!end.matches(rule, index)) return;
      auto values = values_of(end.same, facts);
      if (!values) return;
      marks.push_back({i, side, std::move(*values), consequence.order, consequence.timespan});
    };
    add(consequence.cause, Mark::End::cause);
    add(consequence.symptom, Mark::End::symptom);
  }
  return marks;
}

}  // namespace exotap
