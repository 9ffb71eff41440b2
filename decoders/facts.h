// What decoders say about an exchange: named, typed statements. Rules, console and log read them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace exotap {

enum class FactType : std::uint8_t { text, integer, boolean };

// The declaration of a fact. Declare each exactly once, as an `inline constexpr FactSpec` in the
// header of the decoder that emits it: its address is its identity, through the whole program.
// Names are ECS fields where ECS has one, else `namespace.snake_case` of the trade (design.md).
struct FactSpec {
  std::string_view name;
  FactType type = FactType::text;
  std::string_view meaning;  // one line for `exotap facts` and docs/facts.md
};

// One stated fact. `text` of a number or boolean is its decimal form or "true"/"false"; views are
// valid as long as the Facts they come from is neither changed nor moved.
struct Fact {
  const FactSpec* spec = nullptr;
  std::string_view text;
  std::int64_t number = 0;  // integer and boolean (0, 1)
};

// An ordered multiset of facts: a fact stated twice has two values (san, challenges). Texts live
// in one buffer, so that a cleared Facts can be filled again without an allocation.
// A value; not thread safe. Text values longer than kMaxFactText bytes are cut there, on a UTF-8
// boundary; more than kMaxFacts facts are dropped, `overflowed()` says so. Never throws but for
// memory.
class Facts {
 public:
  static constexpr std::size_t kMaxFactText = 4096;
  static constexpr std::size_t kMaxFacts = 512;

  void add(const FactSpec& spec, std::string_view text);
  void add(const FactSpec& spec, const char* text) { add(spec, std::string_view(text)); }
  void add(const FactSpec& spec, std::int64_t number);
  void add(const FactSpec& spec, int number) { add(spec, static_cast<std::int64_t>(number)); }
  void add(const FactSpec& spec, bool yes) { push({&spec, kKept, 0, yes ? 1 : 0}); }
  // Adds unless `text` is empty.
  void add_if(const FactSpec& spec, std::string_view text) {
    if (!text.empty()) add(spec, text);
  }

  void clear();
  [[nodiscard]] std::size_t size() const { return count_; }
  [[nodiscard]] bool empty() const { return count_ == 0; }
  [[nodiscard]] Fact operator[](std::size_t i) const {
    const Entry& e = entries_[i];
    return {e.spec, text_of(e), e.number};
  }
  // The same fact's declaration: nearly always that is all that is asked.
  [[nodiscard]] const FactSpec& spec(std::size_t i) const { return *entries_[i].spec; }
  [[nodiscard]] bool has(const FactSpec& spec) const { return find(spec) != nullptr; }
  // The first value, or an empty text / nullopt where the fact was not stated.
  [[nodiscard]] std::string_view text(const FactSpec& spec) const {
    const Entry* const e = find(spec);
    return e == nullptr ? std::string_view() : text_of(*e);
  }
  [[nodiscard]] std::optional<std::int64_t> number(const FactSpec& spec) const {
    const Entry* const e = find(spec);
    return e == nullptr ? std::nullopt : std::optional(e->number);
  }
  [[nodiscard]] bool is_true(const FactSpec& spec) const { return number(spec) == 1; }
  [[nodiscard]] bool overflowed() const { return overflowed_; }
  // Memory the facts hold, for whoever keeps many of them.
  [[nodiscard]] std::size_t bytes() const { return text_.size() + entries_.size() * sizeof(Entry); }

  // A number a declaration is found by, the same through one run of the program.
  static std::uint16_t hash_of(const FactSpec& spec) {
    const auto address = reinterpret_cast<std::uintptr_t>(&spec);
    return static_cast<std::uint16_t>((address / alignof(FactSpec) * 0x9E3779B97F4A7C15ULL) >> 48);
  }

 private:
  // `at` of numbers whose text is not in text_: kept_text() has it.
  static constexpr std::uint32_t kKept = 0xFFFFFFFFU;
  struct Entry {
    const FactSpec* spec = nullptr;
    std::uint32_t at = 0;
    std::uint32_t size = 0;
    std::int64_t number = 0;
  };
  // Where the first fact of a hash stands, nearly always the only one. As wide as it is because
  // the program knows near a thousand facts.
  static constexpr std::size_t kPlaces = 256;
  static constexpr std::uint16_t kNowhere = 0xFFFF;
  static std::size_t place_of(const FactSpec& spec) { return hash_of(spec) % kPlaces; }

  void push(const Entry& entry) {
    if (count_ == entries_.size() && !grow()) return;
    std::uint16_t& first = first_[place_of(*entry.spec)];
    if (first == kNowhere) first = static_cast<std::uint16_t>(count_);
    entries_[count_++] = entry;
  }
  [[nodiscard]] bool grow();
  [[nodiscard]] std::uint32_t keep(std::string_view text);
  [[nodiscard]] const Entry* find(const FactSpec& spec) const {
    const std::uint16_t first = first_[place_of(spec)];
    if (first == kNowhere) return nullptr;  // as most questions are answered
    return entries_[first].spec == &spec ? &entries_[first] : find_behind(first, spec);
  }
  [[nodiscard]] const Entry* find_behind(std::size_t first, const FactSpec& spec) const;
  [[nodiscard]] std::string_view text_of(const Entry& e) const {
    return e.at == kKept ? kept_text(e) : std::string_view(text_.data() + e.at, e.size);
  }
  [[nodiscard]] static std::string_view kept_text(const Entry& e);

  std::string text_;  // grown ahead: the texts are its first used_ bytes
  std::size_t used_ = 0;
  std::vector<Entry> entries_;  // likewise: the facts are its first count_ ones
  std::size_t count_ = 0;
  std::array<std::uint16_t, kPlaces> first_ = nowhere();
  bool overflowed_ = false;

  static constexpr std::array<std::uint16_t, kPlaces> nowhere() {
    std::array<std::uint16_t, kPlaces> places{};
    places.fill(kNowhere);
    return places;
  }
};

}  // namespace exotap
