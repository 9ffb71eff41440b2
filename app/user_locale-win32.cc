#include <windows.h>

#include <array>

#include "app/user_locale.h"

namespace exotap {

// Names of locales are ASCII: language, script, region (BCP 47).
std::string user_locale() {
  std::array<wchar_t, LOCALE_NAME_MAX_LENGTH> wide{};
  const int length = ::GetUserDefaultLocaleName(wide.data(), static_cast<int>(wide.size()));
  std::string name;
  for (int i = 0; i + 1 < length; ++i) {
    name.push_back(static_cast<char>(wide[static_cast<std::size_t>(i)]));
  }
  return name;
}

}  // namespace exotap
