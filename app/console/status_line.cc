#include "app/console/status_line.h"

#include <fmt/format.h>

#include "app/console/finding_block.h"
#include "app/console/layout.h"

namespace exotap {
namespace {

// 1284 as "1,284".
std::string grouped(std::uint64_t number, const Wording& spoken) {
  const std::string digits = std::to_string(number);
  std::string words;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) words.append(spoken.thousands);
    words.push_back(digits[i]);
  }
  return words;
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view many,
                    const Wording& spoken) {
  return fmt::format("{} {}", grouped(count, spoken), count == 1 ? one : many);
}

}  // namespace

std::string tally_words(const Tally& tally, const Style& style) {
  const Wording& spoken = *style.words;
  if (tally.exchanges == 0) return std::string(spoken.waiting);
  const std::string_view gap = style.symbols ? " \u00B7 " : ", ";
  std::string words = counted(tally.exchanges, spoken.one_exchange, spoken.exchanges, spoken);
  const auto add = [&](std::uint64_t count, std::string_view what) {
    words.append(gap).append(grouped(count, spoken)).append(" ").append(what);
  };
  if (tally.failures > 0) add(tally.failures, spoken.failed);
  words.append(gap);
  if (tally.findings == 0) {
    words.append(spoken.no_findings);
  } else {
    words.append(counted(tally.findings, spoken.one_finding, spoken.findings, spoken));
    if (tally.repeats > tally.findings)
      words.append(" (").append(times(tally.repeats, style)).append(")");
  }
  if (tally.dropped > 0) add(tally.dropped, spoken.not_examined);
  if (tally.open) add(*tally.open, spoken.open);
  return words;
}

void append_status_line(std::string& out, const Tally& tally, std::size_t columns,
                        const Style& style) {
  std::string line;
  append_elided(line, tally_words(tally, style), columns > 1 ? columns - 1 : 1, "");
  style.paint(out, Tone::dim, line);
}

void append_status_erasure(std::string& out) { out.append("\r\x1b[K"); }

}  // namespace exotap
