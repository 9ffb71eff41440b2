#include "rules/words/did_you_mean.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "rules/words/letter_case.h"

namespace exotap {
namespace {

// Longer words are no slip of the finger, and the distance costs their product.
constexpr std::size_t kMaxWord = 96;

// Optimal string alignment distance: Levenshtein's, with a swap of two neighbours as one edit.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = fold_case(a[i - 1]) == fold_case(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      if (i > 1 && j > 1 && fold_case(a[i - 1]) == fold_case(b[j - 2]) &&
          fold_case(a[i - 2]) == fold_case(b[j - 1])) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

std::string_view take_part(std::string_view& name) {
  const std::size_t dot = name.find('.');
  const std::string_view part = name.substr(0, dot);
  name.remove_prefix(dot == std::string_view::npos ? name.size() : dot + 1);
  return part;
}

// Whether every dotted part of `word` stands in `name`, in order.
bool holds_parts(std::string_view name, std::string_view word) {
  if (word.find('.') == std::string_view::npos) return false;
  std::string_view wanted = take_part(word);
  while (!name.empty()) {
    if (!same_but_for_case(take_part(name), wanted)) continue;
    if (word.empty()) return true;
    wanted = take_part(word);
  }
  return false;
}

}  // namespace

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
  if (word.empty() || word.size() > kMaxWord) return {};
  std::size_t best = std::max<std::size_t>(2, word.size() / 4) + 1;
  best = std::min(best, word.size());  // nothing of the word would be left
  std::string_view found;
  for (const std::string_view candidate : candidates) {
    const std::size_t longer = std::max(candidate.size(), word.size());
    if (longer > kMaxWord || longer - std::min(candidate.size(), word.size()) >= best) continue;
    if (const std::size_t far = distance(word, candidate); far < best) {
      best = far;
      found = candidate;
    }
  }
  if (!found.empty()) return found;
  for (const std::string_view candidate : candidates) {
    if (holds_parts(candidate, word)) return candidate;
  }
  return {};
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string_view found = nearest(word, candidates);
  if (found.empty()) return {};
  return " (did you mean '" + std::string(found) + "'?)";
}

}  // namespace exotap
