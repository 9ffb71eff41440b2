// A detection's item in words: "url.port is 443", for `exotap rules show` and for whoever asks why.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "decoders/facts.h"
#include "rules/matching/modifiers.h"

namespace exotap {

// Of a list of values, so many are written out; the rest are counted.
inline constexpr std::size_t kMaxWordedValues = 40;
inline constexpr std::size_t kMaxWordedText = 400;  // bytes of a value

// The field as written and, where a field of others means facts of ours, those: "c-uri (url.full or
// url.original)". `facts` is empty where it is never available.
[[nodiscard]] std::string field_in_words(std::string_view field,
                                         std::span<const FactSpec* const> facts);

// What is asked of the field; `values` as written, none for null.
[[nodiscard]] std::string item_in_words(const FieldKey& key, std::span<const FactSpec* const> facts,
                                        std::span<const std::string_view> values);

}  // namespace exotap
