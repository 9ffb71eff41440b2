// A table of texts that is looked up by one hash, made while compiling: an exchange of no known
// service costs a pass over its host, and no comparison at all.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace exotap {

// FNV-1a, a character at a time, so that every ending of a host is hashed in one pass.
class TextHash {
 public:
  constexpr explicit TextHash(std::uint32_t seed = 0) : hash_(0x811C9DC5U ^ (seed * 0x9E3779B1U)) {}
  constexpr void push(char c) { hash_ = (hash_ ^ static_cast<unsigned char>(c)) * 0x01000193U; }
  [[nodiscard]] constexpr std::size_t value() const { return hash_ ^ (hash_ >> 15U); }

 private:
  std::uint32_t hash_;
};

// Places of the rows by their hash, open addressing. `Slots` is a power of two, twice the rows at
// least.
template <std::size_t Slots>
class HashIndex {
 public:
  // `hash_of` is called with each row.
  template <typename Rows, typename HashOf>
  constexpr HashIndex(const Rows& rows, HashOf hash_of) {
    static_assert((Slots & (Slots - 1)) == 0);
    std::uint16_t place = 0;
    for (const auto& row : rows) {
      std::size_t slot = hash_of(row) & (Slots - 1);
      while (places_[slot] != 0) slot = (slot + 1) & (Slots - 1);
      places_[slot] = ++place;
    }
  }

  // The row for which `is_it` holds; nullptr where there is none.
  template <typename Rows, typename IsIt>
  [[nodiscard]] constexpr auto find(const Rows& rows, std::size_t hash, IsIt is_it) const
      -> decltype(&rows[0]) {
    for (std::size_t slot = hash & (Slots - 1); places_[slot] != 0;
         slot = (slot + 1) & (Slots - 1)) {
      const auto& row = rows[places_[slot] - 1U];
      if (is_it(row)) return &row;
    }
    return nullptr;
  }

 private:
  std::array<std::uint16_t, Slots> places_{};  // counted from one
};

}  // namespace exotap
