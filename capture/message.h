// One HTTP message as it came: its head as one owned text with positions into it, and a bounded
// prefix of its body. A head of thirty fields costs two allocations, not sixty.
//
// Thread safety: a value; give it away, or guard it from outside. Nothing here throws but for
// memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace exotap {

// Where one field line stands in Head::text (RFC 9112 section 5). Offsets and sizes are bytes.
struct FieldPosition {
  std::uint32_t name_at = 0;
  std::uint32_t name_size = 0;
  std::uint32_t value_at = 0;
  std::uint32_t value_size = 0;  // without leading and trailing white space
};

struct Field {
  std::string_view name;
  std::string_view value;
};

// The start line and field lines exactly as received, order and case kept, the empty line at the
// end included. Views it hands out live as long as the Head stays where it is, unchanged.
struct Head {
  std::string text;
  std::vector<FieldPosition> fields;

  // Positions of the start line's words. Request: method, target. Answer: reason; status below.
  std::uint32_t method_at = 0, method_size = 0;
  std::uint32_t target_at = 0, target_size = 0;
  std::uint32_t path_size = 0;  // of an origin-form target: its bytes before query; 0: not counted
  std::uint32_t reason_at = 0, reason_size = 0;
  std::uint16_t status = 0;  // 0 in a request
  std::uint8_t version_major = 1, version_minor = 1;

  [[nodiscard]] bool empty() const { return text.empty(); }
  [[nodiscard]] std::string_view method() const { return view(method_at, method_size); }
  [[nodiscard]] std::string_view target() const { return view(target_at, target_size); }
  [[nodiscard]] std::string_view path() const { return view(target_at, path_size); }
  [[nodiscard]] std::string_view reason() const { return view(reason_at, reason_size); }
  [[nodiscard]] Field field(std::size_t i) const;
  // The first field of that name, compared without case; nullopt where there is none.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  // Every field of that name, in order: fields may repeat (WWW-Authenticate, X-FEServer).
  [[nodiscard]] std::vector<std::string_view> find_all(std::string_view name) const;

 private:
  [[nodiscard]] std::string_view view(std::uint32_t at, std::uint32_t size) const {
    return std::string_view(text).substr(at, size);
  }
};

// A message: head, the first bytes of its body (transfer coding removed, content coding kept),
// and how long the body was in all.
struct Message {
  Head head;
  std::string body;             // at most the recorder's bound
  std::uint64_t body_size = 0;  // bytes of the whole body seen so far, transfer coding removed
  std::string trailers;         // raw trailer section of a chunked body, bounded
  bool complete = false;        // the end of the message was seen
  [[nodiscard]] bool body_truncated() const { return body.size() < body_size; }
};

// ASCII comparison without case, as field names and hosts want it.
[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b);

}  // namespace exotap
