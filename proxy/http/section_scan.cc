#include "proxy/http/section_scan.h"

namespace exotap::http {

std::size_t SectionScan::measure(std::string_view bytes) {
  line_ended_ = false;
  std::size_t at = 0;
  while (!ended_ && at < bytes.size()) {
    const std::size_t line_end = bytes.find('\n', at);
    if (line_end == std::string_view::npos) {
      line_size_ += bytes.size() - at;
      last_ = bytes.back();
      return bytes.size();
    }
    const std::size_t size = line_size_ + (line_end - at);
    const char before = line_end > at ? bytes[line_end - 1] : last_;
    // A bare LF ends the section as well: whoever reads the lines refuses it.
    ended_ = size == 0 || (size == 1 && before == '\r');
    line_ended_ = true;
    ++lines_;
    line_size_ = 0;
    at = line_end + 1;
  }
  return at;
}

}  // namespace exotap::http
