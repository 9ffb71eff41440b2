#include "decoders/html/html_tags.h"

#include <algorithm>

namespace exotap {
namespace {

bool is_letter(char c) { return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z'; }

}  // namespace

HtmlPiece HtmlTags::next() {
  while (at_ < page_.size()) {
    if (page_[at_] != '<' || !opens_something(at_)) return read_text();
    if (page_[at_ + 1] == '!' || page_[at_ + 1] == '?') {
      skip_declaration();
      continue;
    }
    if (++tags_ > kMaxHtmlTags) break;
    return read_tag();
  }
  at_ = page_.size();
  return HtmlPiece::end;
}

std::string_view HtmlTags::attribute(std::string_view lower_name) const {
  for (std::size_t i = 0; i < attribute_count_; ++i) {
    if (equals_lower(attributes_[i].name, lower_name)) return attributes_[i].value;
  }
  return {};
}

bool HtmlTags::opens_something(std::size_t at) const {
  if (at + 1 >= page_.size()) return false;
  const char c = page_[at + 1];
  return c == '!' || c == '?' || is_letter(c) ||
         (c == '/' && at + 2 < page_.size() && is_letter(page_[at + 2]));
}

HtmlPiece HtmlTags::read_text() {
  const std::size_t begin = at_;
  do {
    at_ = std::min(page_.find('<', at_ + 1), page_.size());
  } while (at_ < page_.size() && !opens_something(at_));
  text_ = page_.substr(begin, at_ - begin);
  return HtmlPiece::text;
}

void HtmlTags::skip_past(std::string_view mark) {
  const std::size_t found = page_.find(mark, at_);
  at_ = found == std::string_view::npos ? page_.size() : found + mark.size();
}

void HtmlTags::skip_declaration() {
  const bool comment = page_.substr(at_).starts_with("<!--");
  at_ += comment ? 4 : 2;
  skip_past(comment ? "-->" : ">");
}

HtmlPiece HtmlTags::read_tag() {
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
  return closes ? HtmlPiece::end_tag : HtmlPiece::start_tag;
}

// False at the tag's end, which it takes.
bool HtmlTags::read_attribute() {
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

std::string_view HtmlTags::read_value() {
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

void HtmlTags::skip_raw_text() {
  for (at_ = page_.find("</", at_); at_ < page_.size(); at_ = page_.find("</", at_ + 2)) {
    if (starts_with_lower(page_.substr(at_ + 2), is("script") ? "script" : "style")) return;
  }
  at_ = page_.size();
}

}  // namespace exotap
