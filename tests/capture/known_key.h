// A key that is the same in every run, so that tests can name stand-ins.
#pragma once

#include "capture/pseudonyms.h"

namespace exotap {

inline Pseudonyms known_pseudonyms() {
  Pseudonyms::Key key{};
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::uint8_t>(i);
  return Pseudonyms(key);
}

// The stand-in of a secret under the known key.
inline std::string stand_in(std::string_view secret) {
  std::string text;
  known_pseudonyms().append_secret(text, secret);
  return text;
}

inline std::string user_stand_in(std::string_view user) {
  std::string text;
  known_pseudonyms().append_user(text, user);
  return text;
}

}  // namespace exotap
