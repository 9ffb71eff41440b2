// The locale of whoever runs exotap, as the system names it. One implementation a platform.
#pragma once

#include <string>

namespace exotap {

// "de_DE.UTF-8" or "de-DE"; empty where the system says nothing. It is what messages are wanted
// in: numbers, dates and sorting may have other locales.
[[nodiscard]] std::string user_locale();

}  // namespace exotap
