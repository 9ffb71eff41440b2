// Bulk for tests.
#pragma once

#include <string>

namespace exotap::test {

// Bytes that are nowhere alike, so that a lost or doubled piece shows.
inline std::string unlike_bytes(std::size_t size, unsigned seed = 1) {
  std::string bytes(size, '\0');
  unsigned state = seed * 2654435761U + 1U;
  for (char& c : bytes) {
    state = state * 1664525U + 1013904223U;
    c = static_cast<char>(state >> 24U);
  }
  return bytes;
}

}  // namespace exotap::test
