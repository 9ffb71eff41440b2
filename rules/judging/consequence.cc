#include "rules/judging/consequence.h"

#include <string>
#include <utility>

namespace exotap {
namespace {

// nullopt where one of the facts is absent: what is not known is not alike.
std::optional<std::string> values_of(const Consequence::End& end, const Facts& facts) {
  std::string values;
  for (std::size_t i = 0; i < end.same.size(); ++i) {
    if (!facts.has(*end.same[i])) return std::nullopt;
    const std::string_view text = facts.text(*end.same[i]);
    values.append(end.by_organisation[i] ? organisation_in(text) : text).push_back('\0');
  }
  return values;
}

// Where the last two labels of a name begin; 0 where there are no more.
std::size_t last_two(std::string_view name) {
  const std::size_t last = name.rfind('.');
  if (last == std::string_view::npos || last == 0) return 0;
  const std::size_t before = name.rfind('.', last - 1);
  return before == std::string_view::npos ? 0 : before + 1;
}

}  // namespace

std::string_view organisation_in(std::string_view name) {
  name.remove_prefix(name.rfind('@') + 1);  // npos + 1 is 0
  const std::size_t begin = last_two(name);
  const std::string_view two = name.substr(begin);
  const bool is_suffix = two.size() <= 6 && two.rfind('.') + 3 == two.size();  // "co.uk", "com.au"
  if (begin == 0 || !is_suffix) return two;
  const std::size_t before = begin < 2 ? std::string_view::npos : name.rfind('.', begin - 2);
  return before == std::string_view::npos ? name : name.substr(before + 1);
}

std::vector<Mark> marks_of(const std::vector<Consequence>& consequences, std::size_t rule,
                           const FactIndex& index, const Facts& facts) {
  std::vector<Mark> marks;
  for (std::size_t i = 0; i < consequences.size(); ++i) {
    const Consequence& consequence = consequences[i];
    const auto add = [&](const Consequence::End& end, Mark::End side) {
      if (!end.matches(rule, index)) return;
      auto values = values_of(end, facts);
      if (!values) return;
      marks.push_back({i, side, std::move(*values), consequence.order, consequence.timespan});
    };
    add(consequence.cause, Mark::End::cause);
    add(consequence.symptom, Mark::End::symptom);
  }
  return marks;
}

}  // namespace exotap
