// Finds where a section of lines (a head, a trailer section) ends: after its first empty line.
// Bytes may come in any pieces; none is looked at twice.
#pragma once

#include <cstddef>
#include <string_view>

namespace exotap::http {

class SectionScan {
 public:
  // How many of `bytes` belong to the section, its empty line included.
  [[nodiscard]] std::size_t measure(std::string_view bytes);

  [[nodiscard]] bool ended() const { return ended_; }
  // The bytes last measured held the end of a line.
  [[nodiscard]] bool line_ended() const { return line_ended_; }
  // Lines that have ended, the empty one too.
  [[nodiscard]] std::size_t lines() const { return lines_; }

 private:
  std::size_t line_size_ = 0;  // bytes seen of the line that has not ended
  std::size_t lines_ = 0;
  char last_ = 0;
  bool ended_ = false;
  bool line_ended_ = false;
};

}  // namespace exotap::http
