#include "decoders/mapi/cookie_names.h"

#include <algorithm>

#include "decoders/ascii.h"

namespace exotap {
namespace {

// The name before "="; empty where there is none: then what stands there may be a value.
std::string_view name_of(std::string_view pair) {
  const std::size_t equals = pair.find('=');
  if (equals == std::string_view::npos) return {};
  const std::string_view name = trim_blanks(pair.substr(0, equals));
  return name.size() <= kMaxCookieName ? name : std::string_view{};
}

}  // namespace

void state_cookies_sent(const Head& request, const FactSpec& spec, Facts& facts) {
  std::size_t stated = 0;
  for (std::size_t i = 0; i < request.fields.size(); ++i) {
    const Field field = request.field(i);
    if (!is_field(field.name, "cookie")) continue;
    std::string_view rest = field.value;
    while (!rest.empty() && stated < kMaxCookieNames) {
      const std::size_t end = std::min(rest.find(';'), rest.size());
      if (const std::string_view name = name_of(rest.substr(0, end)); !name.empty()) {
        facts.add(spec, name);
        ++stated;
      }
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
}

bool state_cookies_set(const Head& answer, const FactSpec& spec, Facts& facts) {
  std::size_t stated = 0;
  bool others = false;
  for (std::size_t i = 0; i < answer.fields.size() && stated < kMaxCookieNames; ++i) {
    const Field field = answer.field(i);
    if (!is_field(field.name, "set-cookie")) continue;
    const std::string_view name = name_of(field.value.substr(0, field.value.find(';')));
    if (name.empty()) continue;
    facts.add(spec, name);
    ++stated;
    others = others || equals_lower(name, "sid");
  }
  return others;
}

}  // namespace exotap
