#include "decoders/user_name.h"

#include "capture/message.h"

namespace exotap {

void state_user(std::string_view name, Facts& facts) {
  if (name.empty() || name.size() > kMaxUserName) return;
  for (std::size_t i = 0; facts.has(kUserName) && i < facts.size(); ++i) {
    if (facts[i].spec == &kUserName && equal_ignoring_case(facts[i].text, name)) return;
  }
  facts.add(kUserName, name);
}

}  // namespace exotap
