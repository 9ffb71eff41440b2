// How right the findings are, measured over the stories: each is labelled with the rule that must
// name its cause (`cause:`, see labels.h) and with where it comes from (`origin:`).
//
// What counts, said once for the tests and for docs/accuracy.md:
//   - a finding stands as a cause when no other finding of the story explains it;
//   - recall: of the failing stories, those where a finding of the labelled rule (of each, where
//     there are several) stands as a cause, at whatever level;
//   - cause precision: of the findings at medium or above that stand as a cause in failing stories,
//     those of the labelled rule. One rule about one host counts once a story, however often told;
//   - false alarms: healthy stories with any finding at medium or above, whether it stands as a
//     cause or not.
// A story that waits for rules (waiting_stories.h) counts in none of the three.
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/words/finding.h"
#include "tests/flows/labels.h"

namespace exotap::testing {

inline constexpr Level kAlarm = Level::medium;  // from here on somebody is disturbed

// A story, judged.
struct JudgedStory {
  std::string name;
  std::string cause;   // as labelled
  std::string origin;  // as labelled
  std::vector<Finding> findings;
  bool waits_for_rules = false;
};

// Whether findings are ranked: then each says what it is because of, and what it was the cause of.
template <typename F>
inline constexpr bool kRanked = requires(const F& finding) {
  finding.number;
  finding.because_of;
  finding.cause_of;
};

// What is left when everything that another finding explains is taken away. Where findings are not
// ranked, each of them stands as a cause.
template <typename F>
[[nodiscard]] std::vector<F> causes_of(const std::vector<F>& findings) {
  if constexpr (kRanked<F>) {
    // What is told again keeps the place of its first telling, and counts as that.
    std::set<std::uint64_t> symptoms;
    for (const F& finding : findings) {
      if (finding.because_of != 0) symptoms.insert(finding.number);
      symptoms.insert(finding.cause_of.begin(), finding.cause_of.end());
    }
    std::vector<F> causes;
    for (const F& finding : findings) {
      if (finding.again_of == 0 && !symptoms.contains(finding.number)) causes.push_back(finding);
    }
    return causes;
  } else {
    return findings;
  }
}

// "reference", "reference, blind", "sample" or "lab"; empty where the origin is none of them.
[[nodiscard]] inline std::string kind_of_origin(std::string_view origin) {
  constexpr std::string_view kBlind = ", blind";
  const bool blind = origin.ends_with(kBlind);
  if (blind) origin.remove_suffix(kBlind.size());
  const std::string_view kind = origin.substr(0, origin.find(' '));
  const bool names_something = kind.size() + 1 < origin.size();
  if (kind == "lab" && !blind) return "lab";
  if (kind == "sample" && !blind && names_something) return "sample";
  if (kind != "reference" || !names_something) return {};
  return blind ? "reference, blind" : "reference";
}

// Counted things; sums of several stories are counts again.
struct Score {
  std::size_t failing = 0, recalled = 0;
  std::size_t causes_told = 0, causes_right = 0;
  std::size_t healthy = 0, false_alarms = 0;
  std::size_t waiting = 0;

  Score& operator+=(const Score& other) {
    failing += other.failing;
    recalled += other.recalled;
    causes_told += other.causes_told;
    causes_right += other.causes_right;
    healthy += other.healthy;
    false_alarms += other.false_alarms;
    waiting += other.waiting;
    return *this;
  }
};

[[nodiscard]] inline bool names_its_causes(const JudgedStory& story) {
  auto missing = causes_labelled(story.cause);
  for (const Finding& finding : causes_of(story.findings)) missing.erase(finding.rule_name);
  return missing.empty();
}

// As it would count if it waited for nothing.
[[nodiscard]] inline Score full_score_of(const JudgedStory& story) {
  Score score;
  if (story.cause == kAllIsWell) {
    score.healthy = 1;
    score.false_alarms = std::ranges::any_of(
        story.findings, [](const Finding& finding) { return finding.level >= kAlarm; });
    return score;
  }
  score.failing = 1;
  score.recalled = names_its_causes(story) ? 1 : 0;
  std::set<std::pair<std::string, std::string>> told;
  for (const Finding& finding : causes_of(story.findings)) {
    if (finding.level >= kAlarm) told.emplace(finding.rule_name, finding.host);
  }
  score.causes_told = told.size();
  const auto labels = causes_labelled(story.cause);
  for (const auto& [rule, host] : told) score.causes_right += labels.contains(rule) ? 1 : 0;
  return score;
}

[[nodiscard]] inline bool is_right(const Score& score) {
  return score.recalled == score.failing && score.causes_right == score.causes_told &&
         score.false_alarms == 0;
}

[[nodiscard]] inline Score score_of(const JudgedStory& story) {
  if (!story.waits_for_rules) return full_score_of(story);
  Score score;
  score.waiting = 1;
  return score;
}

}  // namespace exotap::testing
