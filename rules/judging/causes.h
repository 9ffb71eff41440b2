// Ranks findings: the earliest one that explains others is the cause, they hang below it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/judging/correlation.h"
#include "rules/words/finding.h"

namespace exotap {

// What a finding can be by one consequence (rules/judging/consequence.h): its cause, or a symptom
// of it.
struct Mark {
  enum class End : std::uint8_t { cause, symptom };
  enum class Order : std::uint8_t {
    cause_first,  // the cause's exchange began before the symptom's, or with it
    any,          // the cause may show itself later
  };

  std::size_t consequence = 0;
  End end = End::cause;
  std::string same;  // what the other end must have alike
  Order order = Order::cause_first;
  std::chrono::seconds timespan{0};  // how long after the cause was last seen
};

// Remembers what was told, and finds for each new finding what it is because of. Reads no clock:
// time is that of the exchanges. Bounded: beyond kMaxRemembered findings the one longest quiet is
// forgotten, and keeps the place it was given. One thread.
//
// What comes of it is a forest, and every number in it is that of a finding told before:
//   - `because_of` names the cause of a finding; the cause itself had none then.
//   - `cause_of` names findings that were told as causes before, and turn out to be symptoms.
//   - a finding gets one cause at most, once, and keeps it.
// Which findings are left as causes does not depend on the order in which those of the same time
// are told.
class Causes {
 public:
  static constexpr std::size_t kMaxRemembered = 256;
  // Of one finding: what it was the cause of, told in its last word.
  static constexpr std::size_t kMaxSymptoms = 256;

  // Numbers `finding` and gives it its place. `identity` tells findings apart as repeats do: its
  // rule, and whom it is about; the same one in the same attempt is told again. Where another had
  // to be forgotten for it, that one's last word is appended to `forgotten`.
  void rank(Finding& finding, std::string_view identity, std::vector<Mark> marks, WallTime time,
            std::vector<Finding>& forgotten);

  // For a finding that no rule made.
  void number(Finding& finding) { finding.number = ++last_number_; }

  // The last word about each finding that has something left to say: how often it came, what it was
  // the cause of. In the order they were first told.
  void end(std::vector<Finding>& last_words);

  // Other consequences hold from now on. What has its place keeps it.
  void forget_marks();

 private:
  struct Told {
    Finding finding;       // as it was told last
    std::string identity;  // and attempt
    std::uint64_t number = 0;
    std::uint64_t cause = 0;  // the number of what it is because of; 0 of a cause
    WallTime first, latest;
    std::vector<Mark> marks;
    std::uint64_t count = 0;  // in its attempt
    bool untold = false;      // whether it came again, or got symptoms, since its last line
    std::vector<std::uint64_t> symptoms;
  };

  [[nodiscard]] Told* find(std::uint64_t number);
  [[nodiscard]] Told* root_of(Told& told);
  // By which consequence; nullptr where none holds.
  [[nodiscard]] static const Mark* explains(const Told& cause, const Told& symptom);
  static void hang_below(Told& symptom, Told& cause);
  Told& remember(std::string identity, std::vector<Finding>& forgotten);
  void tell_again(Told& told, Finding& finding, WallTime time);
  void place(Told& told, Finding& finding);
  void say_last_word(const Told& told, std::vector<Finding>& last_words);

  std::vector<Told> told_;  // in the order they were first told
  std::uint64_t last_number_ = 0;
};

}  // namespace exotap
