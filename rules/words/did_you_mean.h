// Guesses what a misspelt word was meant to be.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace exotap {

// The candidate nearest to `word` (by letters inserted, left out, changed or swapped, letter case
// aside); or, for dotted names, one that holds all of its parts in order ("http.status_code" for
// "http.response.status_code"). Empty where none is near. The first wins a tie.
[[nodiscard]] std::string_view nearest(std::string_view word,
                                       std::span<const std::string_view> candidates);

// " (did you mean 'x'?)", or nothing where no candidate is near.
[[nodiscard]] std::string did_you_mean(std::string_view word,
                                       std::span<const std::string_view> candidates);

}  // namespace exotap
