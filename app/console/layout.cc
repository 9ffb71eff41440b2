#include "app/console/layout.h"

#include <algorithm>
#include <utility>

#include "app/console/display_text.h"

namespace exotap {
namespace {

// The last characters of `text` that fit into `columns`.
std::string_view tail_within(std::string_view text, std::size_t columns) {
  std::size_t width = display_width(text);
  while (width > columns) {
    const std::size_t first = std::max<std::size_t>(bytes_within(text, 1), 1);
    // A wide character does not fit into one column: take the bytes it has.
    const std::size_t size = bytes_within(text, 1) == 0 ? bytes_within(text, 2) : first;
    text.remove_prefix(std::max<std::size_t>(size, 1));
    width = display_width(text);
  }
  return text;
}

constexpr std::size_t kShortestTail = 5;  // ".asmx"

// How far the lines of a list's item hang: the width of "1. ", "12. " or "- " at its front.
std::size_t hanging(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits > 0 && digits <= 2 && text.substr(digits).starts_with(". ")) return digits + 2;
  return text.starts_with("- ") || text.starts_with("* ") ? 2 : 0;
}

void fill(std::string& out, std::size_t count) { out.append(count, ' '); }

// Collects words into lines.
class Wrapping {
 public:
  Wrapping(std::vector<std::string>& lines, std::size_t columns, std::size_t hang)
      : lines_(lines), columns_(columns), hang_(hang) {}

  void add(std::string_view word) {
    std::size_t width = display_width(word);
    if (width_ > 0 && width_ + 1 + width > columns_) end_line();
    while (width > columns_ - indent()) {
      const std::size_t part = std::max<std::size_t>(bytes_within(word, columns_ - indent()), 1);
      put(word.substr(0, part));
      end_line();
      word.remove_prefix(part);
      width = display_width(word);
    }
    if (!word.empty()) put(word);
  }
  void end_line() {
    if (width_ > 0) lines_.push_back(std::move(line_));
    first_ = first_ && width_ == 0;
    line_.clear();
    width_ = 0;
  }

 private:
  [[nodiscard]] std::size_t indent() const { return first_ ? 0 : hang_; }
  void put(std::string_view word) {
    if (width_ == 0) {
      line_.append(indent(), ' ');
      width_ = indent();
    } else {
      line_.push_back(' ');
      ++width_;
    }
    line_.append(word);
    width_ += display_width(word);
  }

  std::vector<std::string>& lines_;
  std::size_t columns_;
  std::size_t hang_;
  bool first_ = true;
  std::string line_;
  std::size_t width_ = 0;
};

// One paragraph, its words broken into lines.
void wrap_paragraph(std::string_view text, std::size_t columns, std::vector<std::string>& lines) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  Wrapping wrapping(lines, columns, hanging(text));
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) wrapping.add(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  wrapping.end_line();
}

}  // namespace

void append_elided(std::string& out, std::string_view text, std::size_t columns,
                   std::string_view ellipsis, std::size_t keep) {
  if (display_width(text) <= columns) {
    out.append(text);
    return;
  }
  const std::size_t mark = display_width(ellipsis);
  if (columns <= mark) {
    out.append(text.substr(0, bytes_within(text, columns)));
    return;
  }
  const std::size_t usual = (columns - mark) * 3 / 5;  // hosts are told by their beginning
  const bool kept = keep > usual && keep + mark + kShortestTail <= columns;
  const std::size_t left = kept ? keep : usual;
  const std::string_view head = text.substr(0, bytes_within(text, left));
  out.append(head).append(ellipsis);
  out.append(tail_within(text.substr(head.size()), columns - mark - display_width(head)));
}

void append_column(std::string& out, std::string_view text, std::size_t columns,
                   std::string_view ellipsis) {
  const std::size_t before = out.size();
  append_elided(out, text, columns, ellipsis);
  fill(out, columns - std::min(columns, display_width(std::string_view(out).substr(before))));
}

void append_right(std::string& out, std::string_view text, std::size_t columns) {
  fill(out, columns - std::min(columns, display_width(text)));
  out.append(text);
}

std::vector<std::string> wrapped(std::string_view text, std::size_t columns) {
  columns = std::max(columns, kNarrowestText);
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    wrap_paragraph(printable(text.substr(0, end)), columns, lines);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace exotap
