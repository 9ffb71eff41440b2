// YAML text as a bounded tree that knows where its parts stand. The only door to yaml-cpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "rules/reading/load_report.h"

namespace exotap {

struct YamlEntry;

// One node of a YAML 1.2 document. A value; owns everything under it.
struct YamlNode {
  enum class Kind { null, scalar, sequence, map };

  Kind kind = Kind::null;
  std::string text;  // of a scalar
  bool quoted = false;
  int line = 0;                    // 1-based
  int column = 0;                  // 1-based, in characters
  std::vector<YamlNode> items;     // of a sequence
  std::vector<YamlEntry> entries;  // of a map, in the order written; keys are unique

  [[nodiscard]] TextPlace place() const { return {line, column}; }
  [[nodiscard]] bool is_null() const { return kind == Kind::null; }
  [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }
  [[nodiscard]] bool is_sequence() const { return kind == Kind::sequence; }
  [[nodiscard]] bool is_map() const { return kind == Kind::map; }
  // The value under `key`, or nullptr.
  [[nodiscard]] const YamlNode* find(std::string_view key) const;
};

struct YamlEntry {
  std::string key;
  int line = 0;    // of the key
  int column = 0;  // likewise
  YamlNode value;

  [[nodiscard]] TextPlace place() const { return {line, column}; }
};

struct YamlError {
  TextPlace place;
  std::string what;  // empty where there is no error
};

struct YamlText {
  std::vector<YamlNode> documents;  // those read before the error; empty documents left out
  YamlError error;
};

inline constexpr std::size_t kMaxYamlBytes = 1024 * 1024;
inline constexpr int kMaxYamlDepth = 12;
inline constexpr std::size_t kMaxYamlNodes = 50000;
inline constexpr std::size_t kMaxYamlDocuments = 64;

// Reads every document of `text`. Refuses what a rule has no use for and an attacker has: anchors
// and aliases, keys given twice, keys that are no scalars, control characters, and anything over
// the bounds above. Never throws but for memory.
[[nodiscard]] YamlText read_yaml(std::string_view text);

}  // namespace exotap
