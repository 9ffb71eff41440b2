// Which findings were told already, how often they came, and when: the same finding for the same
// host, or the same by what its rule tells repeats apart with, is told once and counted from then
// on; what has a cause is counted below that.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "capture/exchange.h"
#include "rules/words/finding.h"

namespace exotap {

struct ToldFinding {
  std::string rule_id;
  std::string host;   // of the first of them, where it has a cause: there all hosts are one
  std::string title;  // as it was told
  Level level = Level::medium;
  bool caused_by_exotap = false;
  std::uint64_t count = 0;
  WallTime first{};
  WallTime latest{};
  std::uint64_t likeness = 0;         // Finding::likeness of the latest
  std::uint64_t place = 0;            // tells them apart; from 1
  std::uint64_t below = 0;            // the place of its cause; 0 of a cause
  std::vector<std::uint64_t> number;  // Finding::number of its first tellings, the latest few
};

class ToldFindings {
 public:
  // Different ones that are remembered. Beyond, the one that is longest silent is forgotten, and
  // told anew should it come again.
  static constexpr std::size_t kMaxTold = 256;
  // Of one of them: in how many attempts it is known again as a cause.
  static constexpr std::size_t kMaxNumbers = 16;

  enum class News : std::uint8_t {
    first,      // to be told whole; or below its cause, where it has one
    milestone,  // came for the 10th, 100th, 1000th ... time: worth a line
    known,
  };
  struct Outcome {
    News news = News::first;
    ToldFinding told;                   // what is known of it now
    std::optional<ToldFinding> cause;   // what it is because of
    std::vector<ToldFinding> cause_of;  // told before as causes, now below it
  };
  // Not for the last word about a finding, which is none of its own.
  Outcome take(const Finding& finding, WallTime time);

  // Causes, worst first, then oldest first; each with what hangs below it, in the same order.
  struct Branch {
    ToldFinding told;
    std::vector<ToldFinding> symptoms;
  };
  [[nodiscard]] std::vector<Branch> by_weight() const;
  [[nodiscard]] std::size_t size() const { return told_.size(); }
  [[nodiscard]] std::size_t causes() const;

 private:
  [[nodiscard]] ToldFinding* at(std::uint64_t place);
  [[nodiscard]] const ToldFinding* at(std::uint64_t place) const;
  [[nodiscard]] ToldFinding* numbered(std::uint64_t number);
  [[nodiscard]] const ToldFinding* root_of(const ToldFinding& told) const;
  ToldFinding* same_as(const Finding& finding, std::uint64_t below);
  bool hang_below(ToldFinding& told, const ToldFinding& cause);
  ToldFinding& remember(const Finding& finding, std::uint64_t below, WallTime time);
  static News count(ToldFinding& told, const Finding& finding, WallTime time);

  std::vector<ToldFinding> told_;
  std::uint64_t last_place_ = 0;
};

}  // namespace exotap
