#include "decoders/federation/html_scan.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

#include "decoders/ascii.h"

namespace exotap {
namespace {

constexpr std::size_t kLongestReference = 10;  // "&#x10FFFF;"

bool is_letter(char c) { return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z'; }

// HTML's white space has the form feed beside XML's.
bool is_html_space(char c) { return is_space(c) || c == '\f'; }

void append_utf8(std::string& out, std::uint32_t code) {
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = 0xFFFD;
  const auto byte = [&](std::uint32_t value) { out.push_back(static_cast<char>(value)); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0U | code >> 6U);
    byte(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    byte(0xE0U | code >> 12U);
    byte(0x80U | (code >> 6U & 0x3FU));
    byte(0x80U | (code & 0x3FU));
  } else {
    byte(0xF0U | code >> 18U);
    byte(0x80U | (code >> 12U & 0x3FU));
    byte(0x80U | (code >> 6U & 0x3FU));
    byte(0x80U | (code & 0x3FU));
  }
}

// Appends what "&...;" stands for; false where it is no reference known here.
bool append_reference(std::string& out, std::string_view name) {
  struct Named {
    std::string_view name;
    std::string_view text;
  };
  constexpr std::array<Named, 6> kNamed = {
      {{"lt", "<"}, {"gt", ">"}, {"amp", "&"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", " "}}};
  for (const Named& one : kNamed) {
    if (name != one.name) continue;
    out.append(one.text);
    return true;
  }
  if (!name.starts_with('#')) return false;
  name.remove_prefix(1);
  const bool hex = !name.empty() && ascii_lower(name.front()) == 'x';
  if (hex) name.remove_prefix(1);
  std::uint32_t code = 0;
  const auto [end, error] =
      std::from_chars(name.data(), name.data() + name.size(), code, hex ? 16 : 10);
  if (error != std::errc{} || end != name.data() + name.size()) return false;
  append_utf8(out, code);
  return true;
}

enum class Piece { text, start_tag, end_tag, end };

struct Attribute {
  std::string_view name;
  std::string_view value;  // escaped
};

// One pass over a page, piece by piece. Comments, declarations and the insides of script and style
// are no pieces.
class Scanner {
 public:
  explicit Scanner(std::string_view page) : page_(page) {}

  Piece next() {
    while (at_ < page_.size()) {
      if (page_[at_] != '<' || !opens_something(at_)) return text();
      if (page_[at_ + 1] == '!' || page_[at_ + 1] == '?') {
        skip_declaration();
        continue;
      }
      if (++tags_ > kMaxHtmlTags) break;
      return tag();
    }
    at_ = page_.size();
    return Piece::end;
  }

  [[nodiscard]] std::string_view data() const { return data_; }  // of text
  [[nodiscard]] bool is(std::string_view lower_name) const {
    return equals_lower(name_, lower_name);
  }
  [[nodiscard]] std::string_view name() const { return name_; }
  // Escaped; empty where the tag has no such attribute.
  [[nodiscard]] std::string_view attribute(std::string_view lower_name) const {
    for (std::size_t i = 0; i < attribute_count_; ++i) {
      if (equals_lower(attributes_[i].name, lower_name)) return attributes_[i].value;
    }
    return {};
  }

 private:
  [[nodiscard]] bool opens_something(std::size_t at) const {
    if (at + 1 >= page_.size()) return false;
    const char c = page_[at + 1];
    return c == '!' || c == '?' || is_letter(c) ||
           (c == '/' && at + 2 < page_.size() && is_letter(page_[at + 2]));
  }

  Piece text() {
    const std::size_t begin = at_;
    do {
      at_ = std::min(page_.find('<', at_ + 1), page_.size());
    } while (at_ < page_.size() && !opens_something(at_));
    data_ = page_.substr(begin, at_ - begin);
    return Piece::text;
  }

  void skip_past(std::string_view mark) {
    const std::size_t found = page_.find(mark, at_);
    at_ = found == std::string_view::npos ? page_.size() : found + mark.size();
  }

  void skip_declaration() {
    const bool comment = page_.substr(at_).starts_with("<!--");
    at_ += comment ? 4 : 2;
    skip_past(comment ? "-->" : ">");
  }

  Piece tag() {
    const bool closes = page_[at_ + 1] == '/';
    at_ += closes ? 2 : 1;
    const std::size_t begin = at_;
    while (at_ < page_.size() && !is_html_space(page_[at_]) && page_[at_] != '>' &&
           page_[at_] != '/') {
      ++at_;
    }
    name_ = page_.substr(begin, at_ - begin);
    attribute_count_ = 0;
    while (read_attribute()) continue;
    if (!closes && (is("script") || is("style"))) skip_raw_text();
    return closes ? Piece::end_tag : Piece::start_tag;
  }

  // False at the tag's end, which it takes.
  bool read_attribute() {
    while (at_ < page_.size() && (is_html_space(page_[at_]) || page_[at_] == '/')) ++at_;
    if (at_ >= page_.size() || page_[at_] == '>') {
      at_ = std::min(at_ + 1, page_.size());
      return false;
    }
    const std::size_t begin = at_++;  // a name may begin with "="
    while (at_ < page_.size() && !is_html_space(page_[at_]) && page_[at_] != '>' &&
           page_[at_] != '/' && page_[at_] != '=') {
      ++at_;
    }
    const Attribute read{page_.substr(begin, at_ - begin), read_value()};
    if (attribute_count_ < attributes_.size()) attributes_[attribute_count_++] = read;
    return true;
  }

  std::string_view read_value() {
    std::size_t equals = at_;
    while (equals < page_.size() && is_html_space(page_[equals])) ++equals;
    if (equals >= page_.size() || page_[equals] != '=') return {};
    at_ = equals + 1;
    while (at_ < page_.size() && is_html_space(page_[at_])) ++at_;
    if (at_ >= page_.size()) return {};
    const char quote = page_[at_];
    if (quote == '"' || quote == '\'') {
      const std::size_t begin = ++at_;
      const std::size_t end = std::min(page_.find(quote, begin), page_.size());
      at_ = std::min(end + 1, page_.size());
      // A value that the page breaks off in is not a value.
      return end == page_.size() ? std::string_view{} : page_.substr(begin, end - begin);
    }
    const std::size_t begin = at_;
    while (at_ < page_.size() && !is_html_space(page_[at_]) && page_[at_] != '>') ++at_;
    return page_.substr(begin, at_ - begin);
  }

  void skip_raw_text() {
    for (at_ = page_.find("</", at_); at_ < page_.size(); at_ = page_.find("</", at_ + 2)) {
      if (starts_with_lower(page_.substr(at_ + 2), is("script") ? "script" : "style")) return;
    }
    at_ = page_.size();
  }

  std::string_view page_;
  std::size_t at_ = 0;
  std::size_t tags_ = 0;
  std::string_view data_;
  std::string_view name_;
  std::array<Attribute, kMaxHtmlAttributes> attributes_;
  std::size_t attribute_count_ = 0;
};

// Elements that stand inside a line.
bool is_inline(const Scanner& tag) {
  constexpr std::array<std::string_view, 12> kInline = {
      "a", "b", "code", "em", "font", "i", "label", "small", "span", "strong", "u", "wbr"};
  return std::any_of(kInline.begin(), kInline.end(),
                     [&](std::string_view name) { return tag.is(name); });
}

void append_collapsed(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (!is_html_space(c)) {
      out.push_back(c);
    } else if (!out.empty() && out.back() != ' ' && out.back() != '\n') {
      out.push_back(' ');
    }
  }
}

void end_line(std::string& out) {
  while (out.ends_with(' ')) out.pop_back();
  if (!out.empty() && out.back() != '\n') out.push_back('\n');
}

// Adds the piece to the text; false once there is enough.
bool take(std::string& out, Piece piece, const Scanner& scanner) {
  if (piece == Piece::text) {
    append_collapsed(out, html_unescaped(scanner.data().substr(0, kMaxPageText - out.size())));
  } else if (!is_inline(scanner)) {
    end_line(out);
  }
  return out.size() < kMaxPageText;
}

}  // namespace

std::string html_unescaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t mark = std::min(text.find('&'), text.size());
    out.append(text.substr(0, mark));
    text.remove_prefix(mark);
    if (text.empty()) break;
    const std::size_t end = text.substr(0, kLongestReference).find(';');
    if (end != std::string_view::npos && append_reference(out, text.substr(1, end - 1))) {
      text.remove_prefix(end + 1);
    } else {
      out.push_back('&');
      text.remove_prefix(1);
    }
  }
  return out;
}

const std::string* HtmlForm::field(std::string_view name) const {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const HtmlField& one) { return one.name == name; });
  return found == fields.end() ? nullptr : &found->value;
}

std::vector<HtmlForm> html_forms(std::string_view page) {
  std::vector<HtmlForm> forms;
  bool inside = false;
  std::size_t fields = 0;
  Scanner scanner(page);
  for (Piece piece = scanner.next(); piece != Piece::end; piece = scanner.next()) {
    if (piece == Piece::text) continue;
    if (scanner.is("form")) {
      if (!forms.empty() && forms.back().fields.empty()) forms.pop_back();
      inside = piece == Piece::start_tag;
      if (inside) forms.push_back({html_unescaped(scanner.attribute("action")), {}});
    } else if (inside && piece == Piece::start_tag && scanner.is("input")) {
      const std::string_view name = scanner.attribute("name");
      if (name.empty() || ++fields > kMaxFormFields) continue;
      forms.back().fields.push_back(
          {html_unescaped(name), html_unescaped(scanner.attribute("value"))});
    }
  }
  if (!forms.empty() && forms.back().fields.empty()) forms.pop_back();
  return forms;
}

std::string html_text(std::string_view page) {
  std::string out;
  Scanner scanner(page);
  for (Piece piece = scanner.next(); piece != Piece::end; piece = scanner.next()) {
    if (!take(out, piece, scanner)) break;
  }
  end_line(out);
  return out;
}

std::string html_text_of_id(std::string_view page, std::string_view id) {
  std::string out;
  Scanner scanner(page);
  Piece piece = scanner.next();
  while (piece != Piece::end && !(piece == Piece::start_tag && scanner.attribute("id") == id)) {
    piece = scanner.next();
  }
  const std::string_view name = scanner.name();
  std::size_t depth = 1;
  for (piece = scanner.next(); piece != Piece::end; piece = scanner.next()) {
    const bool same = piece != Piece::text && scanner.name() == name;
    if (same && piece == Piece::start_tag) ++depth;
    if (same && piece == Piece::end_tag && --depth == 0) break;
    if (!take(out, piece, scanner)) break;
  }
  end_line(out);
  if (out.ends_with('\n')) out.pop_back();
  return out;
}

}  // namespace exotap
