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
  void add(const FactSpec& spec, bool yes);
  // Adds unless `text` is empty.
  void add_if(const FactSpec& spec, std::string_view text) {
    if (!text.empty()) add(spec, text);
  }

  void clear();
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] bool empty() const { return entries_.empty(); }
  [[nodiscard]] Fact operator[](std::size_t i) const;
  [[nodiscard]] bool has(const FactSpec& spec) const;
  // The first value, or an empty text / nullopt where the fact was not stated.
  [[nodiscard]] std::string_view text(const FactSpec& spec) const;
  [[nodiscard]] std::optional<std::int64_t> number(const FactSpec& spec) const;
  [[nodiscard]] bool is_true(const FactSpec& spec) const { return number(spec) == 1; }
  [[nodiscard]] bool overflowed() const { return overflowed_; }
  // Memory the facts fill, for whoever keeps many of them.
  [[nodiscard]] std::size_t bytes() const { return text_.size() + entries_.size() * sizeof(Entry); }

 private:
  struct Entry {
    const FactSpec* spec;
    std::uint32_t at;
    std::uint32_t size;
    std::int64_t number;
  };
  void push(const FactSpec& spec, std::string_view text, std::int64_t number);
  [[nodiscard]] const Entry* find(const FactSpec& spec) const;
  static unsigned bit_of(const FactSpec& spec) {
    const auto address = reinterpret_cast<std::uintptr_t>(&spec);
    return static_cast<unsigned>((address / alignof(FactSpec) * 0x9E3779B97F4A7C15ULL) >> 56);
  }

  std::string text_;  // grown ahead: the texts are its first used_ bytes
  std::size_t used_ = 0;
  std::vector<Entry> entries_;
  // A bit set of what may be stated: a fact whose bit is clear is absent, which most questions
  // are about. As wide as it is because the program knows near a thousand facts.
  std::array<std::uint64_t, 4> mask_{};
  bool overflowed_ = false;
};

}  // namespace exotap
