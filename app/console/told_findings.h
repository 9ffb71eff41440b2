// Which findings were told already, how often they came, and when: the same finding for the same
// host is told once and counted from then on.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "capture/exchange.h"
#include "rules/finding.h"

namespace exotap {

struct ToldFinding {
  std::string rule_id;
  std::string host;
  std::string title;  // as it was told
  Level level = Level::medium;
  bool caused_by_exotap = false;
  std::uint64_t count = 0;
  WallTime first{};
  WallTime latest{};
};

class ToldFindings {
 public:
  // Different ones that are remembered. Beyond, the one that is longest silent is forgotten, and
  // told anew should it come again.
  static constexpr std::size_t kMaxTold = 256;

  enum class News : std::uint8_t {
    first,      // to be told whole
    milestone,  // came for the 10th, 100th, 1000th ... time: worth a line
    known,
  };
  struct Outcome {
    News news = News::first;
    const ToldFinding* told = nullptr;  // valid until the next call
  };
  Outcome take(const Finding& finding, WallTime time);

  // Worst first, then oldest first.
  [[nodiscard]] std::vector<ToldFinding> by_weight() const;
  [[nodiscard]] std::size_t size() const { return told_.size(); }

 private:
  std::vector<ToldFinding> told_;
};

}  // namespace exotap
