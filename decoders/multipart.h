// The parts of a multipart body (RFC 2046 section 5.1): multipart/related of MTOM (RFC 2387),
// form-data (RFC 7578), mixed. `Content-Type` gives the boundary:
//
//   MultipartReader reader(body.text(), media_parameter(content_type, "boundary"));
//   MultipartPart part;
//   while (reader.next(part)) { ... part.type() ... part.body ... }
//
// It reads the bytes that are there: a part that the recorder cut is given as far as it came, with
// `whole` false. Lines may end with LF alone. A part that is a multipart itself is read by a reader
// of its own; who does so goes no deeper than kMaxMultipartDepth.
//
// Own code, because MIME libraries copy what this shows in place, and want the message whole.
// Pure; views point into the bytes given; nothing throws.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace exotap {

inline constexpr std::size_t kMaxMultipartParts = 64;
inline constexpr std::size_t kMaxMultipartDepth = 4;
inline constexpr std::size_t kMaxMultipartHead = 8192;  // bytes of one part's fields
inline constexpr std::size_t kMaxBoundary = 128;        // RFC 2046 allows 70

struct MultipartPart {
  std::string_view head;  // its field lines as sent, without the empty line behind them
  std::string_view body;  // as sent: Content-Transfer-Encoding kept
  bool whole = false;     // a delimiter ended it

  // The first field of that name (given in lower case), without blanks around it; a folded one
  // keeps its line ends. Empty where there is none.
  [[nodiscard]] std::string_view field(std::string_view lower_name) const;
  // Its Content-Type without parameters; text/plain where it has none (RFC 2046 section 5.1).
  [[nodiscard]] std::string_view type() const;
};

class MultipartReader {
 public:
  // Without a boundary (none, or longer than kMaxBoundary) there are no parts.
  MultipartReader(std::string_view body, std::string boundary);

  // Reads the next part into `part`; false at the end, or after kMaxMultipartParts.
  [[nodiscard]] bool next(MultipartPart& part);
  // The closing delimiter was met: nothing is missing.
  [[nodiscard]] bool closed() const { return closed_; }
  // There are more parts than are read, or a part has more fields than are read.
  [[nodiscard]] bool too_many_parts() const { return too_many_parts_; }
  [[nodiscard]] bool too_long_head() const { return too_long_head_; }

 private:
  struct Delimiter {
    std::size_t begin;  // its line end before it included
    std::size_t end;    // behind its own line
    bool closing;
  };
  [[nodiscard]] Delimiter find_delimiter(std::size_t from) const;
  void split(std::string_view bytes, MultipartPart& part);

  std::string_view body_;
  std::string mark_;  // "--" and the boundary
  std::size_t at_ = 0;
  std::size_t parts_ = 0;
  bool closed_ = false;
  bool too_many_parts_ = false;
  bool too_long_head_ = false;
};

// The part an answer or request of multipart/related means (RFC 2387 section 3.2): the one whose
// Content-ID is the type's `start`, else the first. An empty one where there is none.
[[nodiscard]] MultipartPart root_part(std::string_view body, std::string_view content_type);

}  // namespace exotap
