#include "app/environment.h"
#include "app/user_locale.h"

namespace exotap {

// The first of these that is set and not empty decides (POSIX, XBD 8.2).
std::string user_locale() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    if (const auto value = environment_variable(name); value && !value->empty()) return *value;
  }
  return {};
}

}  // namespace exotap
