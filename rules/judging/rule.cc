#include "rules/judging/rule.h"

namespace exotap {

std::string_view to_string(Level level) {
  switch (level) {
    case Level::informational:
      return "informational";
    case Level::low:
      return "low";
    case Level::medium:
      return "medium";
    case Level::high:
      return "high";
    case Level::critical:
      return "critical";
  }
  return "medium";
}

std::optional<Level> parse_level(std::string_view text) {
  for (const Level level :
       {Level::informational, Level::low, Level::medium, Level::high, Level::critical}) {
    if (text == to_string(level)) return level;
  }
  return std::nullopt;
}

std::optional<Owner> parse_owner(std::string_view text) {
  for (const Owner owner : {Owner::user, Owner::admin, Owner::network, Owner::microsoft}) {
    if (text == to_string(owner)) return owner;
  }
  return std::nullopt;
}

}  // namespace exotap
