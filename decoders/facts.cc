#include "decoders/facts.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace exotap {
namespace {

// Most texts are this short: a copy of two overlapping words costs less than a call.
constexpr std::size_t kShortText = 16;
constexpr std::size_t kFirstTextBytes = 2048;
constexpr std::size_t kFirstFacts = 64;

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

// Ports, status codes, counts: most numbers are below this, and their texts are made once.
constexpr std::int64_t kSmallNumbers = 1000;

struct SmallNumber {
  char digits[3];
  std::uint8_t size;
};

constexpr std::array<SmallNumber, kSmallNumbers> small_numbers() {
  std::array<SmallNumber, kSmallNumbers> made{};
  for (std::size_t n = 0; n < made.size(); ++n) {
    SmallNumber& small = made[n];
    small.size = n < 10 ? 1 : n < 100 ? 2 : 3;
    std::size_t rest = n;
    for (std::size_t i = small.size; i-- > 0; rest /= 10) {
      small.digits[i] = static_cast<char>('0' + rest % 10);
    }
  }
  return made;
}

std::string_view small_number(std::int64_t number) {
  static constexpr std::array<SmallNumber, kSmallNumbers> kTexts = small_numbers();
  const SmallNumber& small = kTexts[static_cast<std::size_t>(number)];
  return {small.digits, small.size};
}

}  // namespace

bool Facts::grow() {
  if (count_ >= kMaxFacts) {
    overflowed_ = true;
    return false;
  }
  entries_.resize(std::min(kMaxFacts, std::max(kFirstFacts, count_ * 2)));
  return true;
}

// Copies a text behind the others and says where it stands.
std::uint32_t Facts::keep(std::string_view text) {
  if (text_.size() - used_ < text.size()) {
    // `text` may be a view of a fact stated before: it is copied before the old buffer goes.
    std::string grown(std::max(kFirstTextBytes, (used_ + text.size()) * 2), '\0');
    copy(grown.data(), std::string_view(text_).substr(0, used_));
    copy(grown.data() + used_, text);
    text_.swap(grown);
  } else {
    copy(text_.data() + used_, text);
  }
  const std::size_t at = used_;
  used_ += text.size();
  return static_cast<std::uint32_t>(at);
}

void Facts::add(const FactSpec& spec, std::string_view text) {
  if (text.size() > kMaxFactText) text = cut(text, kMaxFactText);
  if (count_ < kMaxFacts) {
    push({&spec, keep(text), static_cast<std::uint32_t>(text.size()), 0});
  } else {
    overflowed_ = true;
  }
}

void Facts::add(const FactSpec& spec, std::int64_t number) {
  if (number >= 0 && number < kSmallNumbers) {
    push({&spec, kKept, 0, number});
  } else if (count_ < kMaxFacts) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    const std::string_view text(digits, static_cast<std::size_t>(end - digits));
    push({&spec, keep(text), static_cast<std::uint32_t>(text.size()), number});
  } else {
    overflowed_ = true;
  }
}

std::string_view Facts::kept_text(const Entry& e) {
  if (e.spec->type == FactType::boolean) return e.number != 0 ? "true" : "false";
  return small_number(e.number);
}

void Facts::clear() {
  used_ = count_ = 0;
  first_.fill(kNowhere);
  overflowed_ = false;
}

const Facts::Entry* Facts::find_behind(std::size_t first, const FactSpec& spec) const {
  for (std::size_t i = first + 1; i < count_; ++i) {
    if (entries_[i].spec == &spec) return &entries_[i];
  }
  return nullptr;
}

}  // namespace exotap
