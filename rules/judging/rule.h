// What a rule says about itself: for `exotap rules list` and `show`, and for those who test rules.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/matching/taxonomy.h"
#include "rules/words/finding.h"

namespace exotap {

// The stories that prove a rule, by name (tests/flows).
struct RuleTests {
  std::vector<std::string> fires;
  std::vector<std::string> silent;
};

// As read from its file. docs/rules.md describes each key.
struct Rule {
  std::string file;   // as it was given to the loader
  int line = 0;       // where its document begins
  std::string id;     // UUID; the name where a rule of others has none
  std::string name;   // unique among all rules
  std::string title;  // explain, remedy: with their {fact} placeholders
  std::string explain;
  std::string remedy;
  std::string description;
  std::string status;
  std::string author;
  std::string date;
  Level level = Level::medium;
  Owner owner = Owner::unnamed;  // always named in ours
  LogSource source = LogSource::exotap;
  std::vector<std::string> references;
  std::vector<std::string> tags;
  std::vector<std::string> fields;
  std::vector<std::string> falsepositives;
  RuleTests tests;
  std::string about = "url.domain";   // the fact that names whom a finding is about
  std::vector<std::string> once_per;  // facts that tell repeats apart; `about` where empty
  bool only_if_related = true;        // of source exotap: only for mail traffic that was meant
  bool caused_by_exotap = false;
  bool is_correlation = false;
  bool fires_alone = true;               // false for one that only feeds a correlation
  std::vector<std::string> filtered_by;  // titles of the filters that touch it
};

[[nodiscard]] std::string_view to_string(Level level);
[[nodiscard]] std::optional<Level> parse_level(std::string_view text);
[[nodiscard]] std::optional<Owner> parse_owner(std::string_view text);

}  // namespace exotap
