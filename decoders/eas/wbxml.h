// Reads ActiveSync's WBXML (WAP-192 WBXML 1.3 as MS-ASWBXML section 2.1.2 narrows it): a pull
// reader over bytes that may end anywhere, for a record keeps only the first part of a body.
//
// Not libwbxml: 0.11.8 says nothing of a body that was cut (of 26 cuts of two real answers it read
// none), lets unknown tokens be without number, knows no page 25, and its tree crashes on 65,000
// nested elements (a body of 64 KiB). It is the oracle of the tests instead.
//
// Allocates nothing, does not recurse, looks at each byte once. Pure; nothing throws.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "decoders/eas/tokens.h"

namespace exotap::eas {

// Real messages nest ten deep (MS-ASCMD section 6); Search queries a little more.
inline constexpr std::size_t kMaxDepth = 32;

class WbxmlReader {
 public:
  enum class Event : std::uint8_t {
    open,    // path().back() has just been opened
    text,    // text() is content of path().back(), in one piece or several
    opaque,  // so are the bytes of text()
    close,   // path().back() ends; it is gone after the next next()
    end,     // the root was closed
    cut,     // the bytes end before the document does
    broken,  // error() says what is no ActiveSync WBXML, offset() where
  };

  explicit WbxmlReader(std::string_view bytes) : bytes_(bytes) {}

  // After end, cut or broken the same comes again.
  Event next();

  // The open elements, root first.
  [[nodiscard]] std::span<const Element> path() const { return {stack_.data(), depth_}; }
  // Points into the bytes given, or into the reader for an entity.
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::string_view error() const { return error_; }
  [[nodiscard]] std::size_t offset() const { return at_; }

 private:
  bool read_header();
  bool read_byte(std::uint8_t& byte);
  bool read_number(std::uint32_t& number);
  bool read_span(std::uint32_t size, std::string_view& span);
  bool read_inline_string();
  bool read_table_string();
  Event content(std::uint8_t token);
  Event open_element(std::uint8_t token);
  Event pop();
  Event stop(Event why);
  bool breaks(std::string_view why);

  std::string_view bytes_;
  std::size_t at_ = 0;
  std::string_view string_table_;
  std::string_view text_;
  std::string_view error_;
  std::array<Element, kMaxDepth> stack_{};
  std::size_t depth_ = 0;
  std::array<char, 4> entity_{};
  std::uint8_t page_ = 0;
  bool begun_ = false;
  bool empty_element_ = false;  // the element just opened has no content
  bool popping_ = false;        // the last event was close
  bool stopped_ = false;
  Event why_ = Event::end;
};

// Whether the bytes can be ActiveSync's WBXML by their first bytes: version 1.0 to 1.3.
[[nodiscard]] bool begins_as_wbxml(std::string_view bytes);

}  // namespace exotap::eas
