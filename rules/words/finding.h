// What rules conclude: cause, evidence and remedy, in words a help desk can read aloud.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace exotap {

// Sigma's levels; the number is `event.severity` in the log.
enum class Level : std::uint8_t {
  informational = 10,
  low = 30,
  medium = 50,
  high = 70,
  critical = 90,
};

// Who can do what the remedy asks: whom to call.
enum class Owner : std::uint8_t {
  unnamed,    // a rule of others, which says nothing of it
  user,       // whoever sits at this computer
  admin,      // whoever runs the mail, the sign-in service or the tenant
  network,    // whoever runs routers, firewalls, name servers and proxies
  microsoft,  // nobody here: Microsoft's service has to mend it
};

[[nodiscard]] std::string_view to_string(Owner owner);  // empty for Owner::unnamed

// A fact that made the rule fire.
struct Evidence {
  std::uint64_t exchange_id = 0;
  std::string field;  // the fact's name
  std::string value;  // as stated, cut to kMaxEvidenceText
};
inline constexpr std::size_t kMaxEvidenceText = 512;
inline constexpr std::size_t kMaxEvidence = 12;  // of one finding

struct Finding {
  std::string rule_id;    // the rule's UUID
  std::string rule_name;  // the file's stem, for people: "port-443-refused"
  Level level = Level::medium;
  Owner owner = Owner::unnamed;
  std::string title;  // {fact} placeholders filled in
  std::string explain;
  std::string remedy;
  std::vector<std::string> references;
  std::vector<Evidence> evidence;
  std::uint64_t exchange_id = 0;  // the exchange that completed it
  std::uint64_t attempt_id = 0;   // flow's; 0 where there is none
  std::string host;               // whom it is about
  std::uint32_t repeats = 1;      // how often it has come for the same host since it was first told
  bool caused_by_exotap = false;
  // Alike for those that repeat each other (the rule and its `once_per`), in this run only; 0 where
  // nobody said.
  std::uint64_t likeness = 0;

  // Its place among the findings told so far (rules/judging/causes.h). Numbers count from 1 in the
  // order of telling; 0 is none.
  std::uint64_t number = 0;
  std::uint64_t again_of = 0;           // the first telling of what is told again here
  std::uint64_t because_of = 0;         // what explains it
  std::vector<std::uint64_t> cause_of;  // told before, and explained by this one
  // By which consequences it got these, by their place in the rule set.
  std::vector<std::size_t> joined_by;
  bool is_news = true;        // false: the log counts it and writes it with a later line
  bool is_last_word = false;  // no exchange told it: what is left to say of `again_of` at the end
};

}  // namespace exotap
