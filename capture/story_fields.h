// The mapping of a story file as typed fields. Only story*.cc include this: it is yaml-cpp's door,
// and it speaks in exceptions that parse_story() turns into an error text.
#pragma once

#include <yaml-cpp/yaml.h>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "capture/exchange.h"

namespace exotap::story {

// What is wrong, and on which line of the file (the first is 1).
struct Mistake {
  int line = 1;
  std::string what;
};

[[noreturn]] void fail(const YAML::Node& at, const std::string& what);

// One word a file may use, and what it stands for.
template <typename Value>
struct Word {
  std::string_view text;
  Value value;
};

// A mapping whose keys are all among `known`: a key that is not, or comes twice, is a Mistake.
class Fields {
 public:
  Fields(const YAML::Node& node, std::string_view what, std::span<const std::string_view> known);

  [[nodiscard]] const YAML::Node& node() const { return node_; }
  [[nodiscard]] YAML::Node child(std::string_view key) const;  // undefined where it is not there
  [[nodiscard]] bool has(std::string_view key) const;

  [[nodiscard]] std::string text(std::string_view key, std::string_view otherwise = {}) const;
  [[nodiscard]] bool yes(std::string_view key, bool otherwise) const;
  [[nodiscard]] std::uint64_t number(std::string_view key, std::uint64_t otherwise,
                                     std::uint64_t most) const;
  [[nodiscard]] std::vector<std::string> texts(std::string_view key) const;

  template <typename Value>
  [[nodiscard]] Value word(std::string_view key, std::span<const Word<Value>> words,
                           Value otherwise) const {
    return has(key) ? find_word(child(key), words) : otherwise;
  }
  template <typename Value>
  [[nodiscard]] static Value find_word(const YAML::Node& node, std::span<const Word<Value>> words) {
    const std::string given = scalar(node);
    std::string choices;
    for (const Word<Value>& word : words) {
      if (word.text == given) return word.value;
      choices.append(choices.empty() ? "" : ", ").append(word.text);
    }
    fail(node, "'" + given + "' is none of the words known here (write one of " + choices + ")");
  }

  [[nodiscard]] static std::string scalar(const YAML::Node& node);

 private:
  YAML::Node node_;
};

inline constexpr std::size_t kMaxListItems = 256;

// A list of at most `most` items; empty where the node is not there.
[[nodiscard]] std::size_t list_size(const YAML::Node& node, std::size_t most);

// "2026-03-02" or "2026-03-02T08:00:00Z", years 1950 to 9999: seconds since 1970 UTC.
[[nodiscard]] std::int64_t read_time(const YAML::Node& node);
// "12ms" or "1.5s", at most a day.
[[nodiscard]] Nanoseconds read_duration(const YAML::Node& node);
// Seconds since the start of the story, with decimals, at most a year.
[[nodiscard]] Nanoseconds read_offset(const YAML::Node& node);

}  // namespace exotap::story
