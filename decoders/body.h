// A message's body as decoders read it: content coding removed (RFC 9110 section 8.4: gzip,
// deflate, br, zstd, chained), text turned into UTF-8. The record keeps the bytes as they came;
// this view is made for one look and thrown away.
//
// A body that needs nothing done to it is viewed in place, without a copy. Output and expansion
// are bounded. Never throws but for memory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "capture/message.h"
#include "decoders/text_encoding.h"

namespace exotap {

inline constexpr std::size_t kMaxDecodedBody = std::size_t{1} << 20;
// A body may always grow to kFreeExpansion bytes, and beyond it to this many times its own size.
// Mark-up compresses 10 to 30 times; only a made-up body compresses 256 times.
inline constexpr std::size_t kMaxExpansion = 256;
inline constexpr std::size_t kFreeExpansion = std::size_t{64} << 10;
inline constexpr std::size_t kMaxContentCodings = 3;

// Lives no longer than the message it was made from.
class DecodedBody {
 public:
  explicit DecodedBody(const Message& message);

  // What could be read, also where something is missing.
  [[nodiscard]] std::string_view text() const {
    return owned_ ? std::string_view(storage_).substr(skip_) : viewed_.substr(skip_);
  }
  [[nodiscard]] bool empty() const { return text().empty(); }
  // The end of the body is missing: cut by the recorder, by a bound here, or by a coding error.
  [[nodiscard]] bool truncated() const { return truncated_; }
  // Empty, or what stopped the decoding: "gzip: invalid data at byte 17".
  [[nodiscard]] const std::string& error() const { return error_; }
  // Which bound here stopped it: codings, decoded_size (kMaxDecodedBody) or expansion; empty where
  // none did. Static texts.
  [[nodiscard]] std::string_view limit() const { return limit_; }
  // How the text was turned into UTF-8; nothing was done to the bodies of binary media types.
  [[nodiscard]] const DetectedEncoding& encoding() const { return encoding_; }
  // Bytes that stood behind a coding's end: they belong to nothing.
  [[nodiscard]] std::size_t trailing_bytes() const { return trailing_bytes_; }

 private:
  void remove_codings(const Message& message);
  void remove_coding(std::string_view coding);
  void to_utf8(std::string_view charset);
  [[nodiscard]] std::string_view raw() const {
    return owned_ ? std::string_view(storage_) : viewed_;
  }
  void own(std::string&& bytes);

  std::string_view viewed_;
  std::string storage_;
  std::size_t skip_ = 0;  // a byte order mark's size
  bool owned_ = false;
  bool truncated_ = false;
  std::string error_;
  std::string_view limit_;
  DetectedEncoding encoding_;
  std::size_t trailing_bytes_ = 0;
};

// The value of Content-Type without parameters and blanks around it, as it was sent; empty where
// there is none.
[[nodiscard]] std::string_view mime_type(const Message& message);
// True where the bytes begin as an HTML page does, whatever the Content-Type says.
[[nodiscard]] bool begins_as_html(std::string_view text);
// True where they begin as XML does: a tag of any name that is not HTML's.
[[nodiscard]] bool begins_as_xml(std::string_view text);

}  // namespace exotap
