// What must be stated before a detection can match. Found once, when rules load, so that an
// exchange meets only the rules that speak of something it is or says.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "rules/matching/detection.h"

namespace exotap {

// One thing that an exchange may state.
struct GateKey {
  enum class How : std::uint8_t {
    stated,  // the fact, with whatever value
    number,  // with this number
    text,    // with this text, whatever the case of its letters
    part,    // with a text that holds this one, likewise
  };

  Slot slot = 0;
  How how = How::stated;
  std::int64_t number = 0;
  std::string text;  // in lower case

  auto operator<=>(const GateKey&) const = default;
};

// The detection can match only where one of `keys` is stated; no keys: never.
struct Gate {
  bool always = false;  // nothing need be stated
  std::vector<GateKey> keys;
};

// How many detections ask for a key. What many ask for is what every exchange states; what few ask
// for tells exchanges apart.
class KeyCounts {
 public:
  void count(const Detection& detection);
  // What a gate on the key is expected to let through by mistake; a rank, no measure.
  [[nodiscard]] std::size_t weight(const GateKey& key) const;

 private:
  std::map<GateKey, std::size_t> counts_;
};

// Shorter texts are found in almost everything.
inline constexpr std::size_t kLeastPart = 4;

// Of the gates the detection allows, one that lets little through.
[[nodiscard]] Gate gate_of(const Detection& detection, const KeyCounts& counts);

}  // namespace exotap
