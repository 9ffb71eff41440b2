// JSON for decoders (RFC 8259). This header and its .cc are the JSON library's only door.
//
// Bounds: input, depth and count of values below. A document that breaks off is kept as far as it
// came: a value counts only once it is whole. Nothing here throws but for memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace exotap {

inline constexpr std::size_t kMaxJsonBytes = std::size_t{1} << 20;
inline constexpr std::size_t kMaxJsonDepth = 64;
inline constexpr std::size_t kMaxJsonValues = 16384;

enum class JsonType : std::uint8_t { absent, null, boolean, number, text, array, object };

class JsonDocument;

// A value, or nothing. A handle: cheap to copy, valid as long as its document lives and stays
// where it is. Every question to nothing is answered with nothing.
class JsonValue {
 public:
  JsonValue() = default;

  [[nodiscard]] JsonType type() const;
  [[nodiscard]] explicit operator bool() const { return type() != JsonType::absent; }

  // An object's first member of that name, compared without case: Entra spells its members in
  // three ways.
  [[nodiscard]] JsonValue operator[](std::string_view name) const;
  [[nodiscard]] JsonValue at(std::size_t index) const;  // of an array, or an object's member
  [[nodiscard]] std::size_t size() const;               // of an array or object
  [[nodiscard]] std::string_view key() const;           // its name in the object it stands in

  // A text's text, a number as it was written, "true" and "false"; empty for all else.
  [[nodiscard]] std::string_view text() const;
  // A whole number, also one that was written as a text.
  [[nodiscard]] std::optional<std::int64_t> integer() const;
  [[nodiscard]] std::optional<bool> boolean() const;  // also "true" and "false" as texts

 private:
  friend class JsonDocument;
  JsonValue(const JsonDocument* document, std::size_t index) : document_(document), index_(index) {}
  const JsonDocument* document_ = nullptr;
  std::size_t index_ = 0;
};

// A parsed document. Movable; a move ends the life of its values.
class JsonDocument {
 public:
  explicit JsonDocument(std::string_view text);

  [[nodiscard]] JsonValue root() const;
  [[nodiscard]] bool ok() const { return error_.empty(); }
  // "syntax error at byte 12"; empty for a sound document.
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  friend class JsonValue;
  friend class JsonBuilder;
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  // Values in document order; a container's members are chained.
  struct Entry {
    JsonType type = JsonType::absent;
    std::uint32_t key_at = 0, key_size = 0;
    std::uint32_t text_at = 0, text_size = 0;
    std::uint32_t first = kNone, last = kNone, next = kNone;
    std::uint32_t count = 0;
  };

  std::vector<Entry> entries_;
  std::string text_;  // every key, text and number
  std::string error_;
};

}  // namespace exotap
