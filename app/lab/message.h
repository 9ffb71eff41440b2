// What the lab's services read and say: an HTTP request and its answer as plain values, so that a
// service is a pure function and its test needs no socket.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace exotap::lab {

using Headers = std::vector<std::pair<std::string, std::string>>;

// The first value of the header of that name (any case), or an empty text.
std::string_view header_of(const Headers& headers, std::string_view name);

struct Request {
  std::string method = "GET";
  std::string target = "/";  // path and query, as sent
  Headers headers;
  std::string body;
  std::string host;  // the virtual host asked, lower case, without port
  std::chrono::system_clock::time_point received{};

  [[nodiscard]] std::string_view header(std::string_view name) const {
    return header_of(headers, name);
  }
  // The target without its query, lower case: Microsoft's paths are told apart without case.
  [[nodiscard]] std::string path() const;
};

// A part of a chunked answer, sent when `after` has passed since the part before it.
struct Piece {
  std::chrono::milliseconds after{0};
  std::string bytes;
};

struct Answer {
  unsigned status = 200;
  std::string reason;  // empty: the usual phrase
  Headers headers;
  std::string body;
  std::vector<Piece> pieces;           // where there are any, the answer is chunked and body unused
  std::chrono::milliseconds delay{0};  // before the head
  bool close = false;                  // the connection ends with this answer
  bool never = false;                  // the request is read and nothing is ever said
};

// An answer with that content type and text.
Answer text_answer(unsigned status, std::string_view content_type, std::string body);
// No answer: the request is read, and that is all.
Answer silent_answer();

}  // namespace exotap::lab
