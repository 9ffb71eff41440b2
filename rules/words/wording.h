// What exotap says of itself, in each of its languages: the sentences that findings get beside
// their rule's, and the fixed words of the console. Rules are told in another language by message
// files (rules/reading/messages.h).
#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "rules/words/finding.h"

namespace exotap {

// In English, for a fact that is absent and has no words of its own. A rule that shows it should
// have given some.
inline constexpr std::string_view kAbsentText = "(unknown)";

// One language. {0} and {1} are replaced by put_in(); what they are stands beside the sentence.
struct Wording {
  std::string_view code;  // ISO 639-1: "de"
  std::string_view name;  // as its speakers call it: "Deutsch"

  // In a rule's text: for a fact that is absent and has no words of its own for that, and for
  // those of type boolean.
  std::string_view absent, yes, no;

  // What exotap's own questions add to a finding. Each begins with a blank where it goes behind a
  // sentence.
  std::string_view asked_itself;
  std::string_view fails_alike;       // without exotap
  std::string_view fails_otherwise;   // without exotap; {0}: how
  std::string_view by_interception;   // {0}: what was tried, in English
  std::string_view passed_this_time;  // {0}: what was tried, in English
  std::string_view nothing_to_mend;   // {0}: the host
  std::string_view pass_it_by;
  std::string_view mend_the_way;

  std::string_view gap_title;
  std::string_view gap_explain;  // {0}: how many exchanges, {1}: why, in English
  std::string_view gap_remedy;

  // The labels of a finding on the console, and what stands beside them.
  std::string_view why, remedy, who, note, seen, more;
  std::string_view by_exotap;
  std::string_view because;                // before a symptom, below its cause
  std::string_view since;                  // {0}: how often, {1}: the time it was first told
  std::array<std::string_view, 5> levels;  // in the order of Level
  std::array<std::string_view, 4> owners;  // in the order of Owner, from user on

  // The line that counts, and the last words of a run.
  std::string_view thousands;  // what stands between groups of three digits
  std::string_view waiting;
  std::string_view one_exchange, exchanges, failed;
  std::string_view no_findings, one_finding, findings;
  std::string_view not_examined, open;
  std::string_view summary;  // {0}: a time span, {1}: what was counted
  std::string_view nothing_came;
  std::string_view log;
  std::string_view log_has_users, log_has_no_users;
  std::string_view gap_notice;  // {0}: how many exchanges, {1}: why, in English
};

// Every language; English, which rules are written in, is the first.
[[nodiscard]] std::span<const Wording> all_wordings();
[[nodiscard]] const Wording& english();
// By its code; nullptr where exotap does not speak it.
[[nodiscard]] const Wording* wording_in(std::string_view code);

[[nodiscard]] std::string_view level_of(const Wording& words, Level level);
[[nodiscard]] std::string_view owner_of(const Wording& words, Owner owner);  // empty for unnamed

// `sentence` with {0}, {1}, ... replaced by `values`; other braces stay.
[[nodiscard]] std::string put_in(std::string_view sentence,
                                 std::initializer_list<std::string_view> values);

}  // namespace exotap
