#include "decoders/facts.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace exotap {
namespace {

// Most texts are this short: a copy of two overlapping words costs less than a call.
constexpr std::size_t kShortText = 16;
constexpr std::size_t kFirstTextBytes = 2048;

// Cuts at most `limit` bytes, never through a UTF-8 sequence. Bytes that are no UTF-8 are cut at
// the limit: no sequence is longer than four.
std::string_view cut(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  std::size_t end = limit;
  while (end > limit - 4 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  const bool inside = (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U;
  return text.substr(0, inside ? limit : end);
}

void copy(char* to, std::string_view text) {
  const std::size_t size = text.size();
  if (size > kShortText) {
    std::memcpy(to, text.data(), size);
  } else if (size >= 8) {
    std::uint64_t head = 0;
    std::uint64_t tail = 0;
    std::memcpy(&head, text.data(), 8);
    std::memcpy(&tail, text.data() + size - 8, 8);
    std::memcpy(to, &head, 8);
    std::memcpy(to + size - 8, &tail, 8);
  } else if (size >= 4) {
    std::uint32_t head = 0;
    std::uint32_t tail = 0;
    std::memcpy(&head, text.data(), 4);
    std::memcpy(&tail, text.data() + size - 4, 4);
    std::memcpy(to, &head, 4);
    std::memcpy(to + size - 4, &tail, 4);
  } else if (size > 0) {
    to[0] = text[0];
    to[size / 2] = text[size / 2];
    to[size - 1] = text[size - 1];
  }
}

}  // namespace

void Facts::push(const FactSpec& spec, std::string_view text, std::int64_t number) {
  if (entries_.size() >= kMaxFacts) {
    overflowed_ = true;
    return;
  }
  if (text.size() > kMaxFactText) text = cut(text, kMaxFactText);
  if (text_.size() - used_ < text.size()) {
    // `text` may be a view of a fact stated before: it is copied before the old buffer goes.
    std::string grown(std::max(kFirstTextBytes, (used_ + text.size()) * 2), '\0');
    copy(grown.data(), std::string_view(text_).substr(0, used_));
    copy(grown.data() + used_, text);
    text_.swap(grown);
  } else {
    copy(text_.data() + used_, text);
  }
  entries_.push_back(
      {&spec, static_cast<std::uint32_t>(used_), static_cast<std::uint32_t>(text.size()), number});
  used_ += text.size();
  const unsigned bit = bit_of(spec);
  mask_[bit / 64] |= std::uint64_t{1} << (bit % 64);
}

void Facts::add(const FactSpec& spec, std::string_view text) { push(spec, text, 0); }

void Facts::add(const FactSpec& spec, std::int64_t number) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  push(spec, std::string_view(digits, static_cast<std::size_t>(end - digits)), number);
}

void Facts::add(const FactSpec& spec, bool yes) { push(spec, yes ? "true" : "false", yes ? 1 : 0); }

void Facts::clear() {
  used_ = 0;
  entries_.clear();
  mask_ = {};
  overflowed_ = false;
}

Fact Facts::operator[](std::size_t i) const {
  const Entry& e = entries_[i];
  return {e.spec, std::string_view(text_).substr(e.at, e.size), e.number};
}

const Facts::Entry* Facts::find(const FactSpec& spec) const {
  const unsigned bit = bit_of(spec);
  if (((mask_[bit / 64] >> (bit % 64)) & 1U) == 0) return nullptr;
  for (const Entry& e : entries_) {
    if (e.spec == &spec) return &e;
  }
  return nullptr;
}

bool Facts::has(const FactSpec& spec) const { return find(spec) != nullptr; }

std::string_view Facts::text(const FactSpec& spec) const {
  const Entry* const e = find(spec);
  return e == nullptr ? std::string_view() : std::string_view(text_).substr(e->at, e->size);
}

std::optional<std::int64_t> Facts::number(const FactSpec& spec) const {
  const Entry* const e = find(spec);
  return e == nullptr ? std::nullopt : std::optional(e->number);
}

}  // namespace exotap
