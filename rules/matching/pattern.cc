#include "rules/matching/pattern.h"

#include <cstddef>

#include "rules/matching/sigma_text.h"
#include "rules/words/letter_case.h"

namespace exotap {
namespace {

// Several stars in a row are as one.
std::u16string parse_glyphs(std::string_view text, bool cased) {
  std::u16string glyphs;
  for (const char16_t glyph : parse_sigma_text(text)) {
    if (glyph == kAnyText && !glyphs.empty() && glyphs.back() == kAnyText) continue;
    const bool folds = !cased && glyph < kAnyText;
    glyphs.push_back(folds ? static_cast<unsigned char>(fold_case(static_cast<char>(glyph)))
                           : glyph);
  }
  return glyphs;
}

std::size_t next_character(std::string_view text, std::size_t at) {
  do {
    ++at;
  } while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U);
  return at;
}

}  // namespace

Pattern::Pattern(std::string_view sigma_text, Where where, bool cased) : cased_(cased) {
  glyphs_ = parse_glyphs(sigma_text, cased);
  bool open_start = where == Where::end || where == Where::anywhere;
  bool open_end = where == Where::start || where == Where::anywhere;
  std::u16string_view core = glyphs_;
  if (!core.empty() && core.front() == kAnyText) {
    open_start = true;
    core.remove_prefix(1);
  }
  if (!core.empty() && core.back() == kAnyText) {
    open_end = true;
    core.remove_suffix(1);
  }
  if (core.find(kAnyText) == std::u16string_view::npos &&
      core.find(kAnyCharacter) == std::u16string_view::npos) {
    for (const char16_t glyph : core) literal_.push_back(static_cast<char>(glyph));
    shape_ = open_start ? (open_end ? Shape::part : Shape::suffix)
                        : (open_end ? Shape::prefix : Shape::equal);
    glyphs_.clear();
    return;
  }
  shape_ = Shape::glob;
  glyphs_ = (open_start ? std::u16string(1, kAnyText) : std::u16string()) + std::u16string(core) +
            (open_end ? std::u16string(1, kAnyText) : std::u16string());
}

std::string Pattern::needed_part() const {
  std::string longest = literal_;
  std::string run;
  for (const char16_t glyph : glyphs_) {
    if (glyph == kAnyText || glyph == kAnyCharacter) {
      run.clear();
    } else {
      run.push_back(static_cast<char>(glyph));
      if (run.size() > longest.size()) longest = run;
    }
  }
  for (char& c : longest) c = fold_case(c);
  return longest;
}

int Pattern::cost() const {
  switch (shape_) {
    case Shape::equal:
      return 2;
    case Shape::prefix:
    case Shape::suffix:
      return 3;
    case Shape::part:
      return 20;
    case Shape::glob:
      return 40;
  }
  return 40;
}

bool Pattern::same(std::string_view text, std::string_view literal) const {
  if (cased_) return text == literal;
  for (std::size_t i = 0; i < literal.size(); ++i) {
    if (fold_case(text[i]) != literal[i]) return false;
  }
  return true;
}

bool Pattern::contains(std::string_view text) const {
  if (cased_) return text.find(literal_) != std::string_view::npos;
  if (literal_.empty()) return true;
  for (std::size_t at = 0; at + literal_.size() <= text.size(); ++at) {
    if (fold_case(text[at]) == literal_[0] && same(text.substr(at, literal_.size()), literal_)) {
      return true;
    }
  }
  return false;
}

// Greedy: on a mismatch the last star takes one byte more. Linear space, and at worst text times
// pattern in time; both are bounded.
bool Pattern::glob(std::string_view text) const {
  std::size_t at = 0;
  std::size_t glyph = 0;
  std::size_t star = std::u16string::npos;
  std::size_t star_at = 0;
  while (at < text.size()) {
    if (glyph < glyphs_.size() && glyphs_[glyph] == kAnyText) {
      star = ++glyph;
      star_at = at;
    } else if (glyph < glyphs_.size() && glyphs_[glyph] == kAnyCharacter) {
      at = next_character(text, at);
      ++glyph;
    } else if (glyph < glyphs_.size() &&
               glyphs_[glyph] ==
                   static_cast<unsigned char>(cased_ ? text[at] : fold_case(text[at]))) {
      ++at;
      ++glyph;
    } else if (star != std::u16string::npos) {
      at = ++star_at;
      glyph = star;
    } else {
      return false;
    }
  }
  while (glyph < glyphs_.size() && glyphs_[glyph] == kAnyText) ++glyph;
  return glyph == glyphs_.size();
}

bool Pattern::matches(std::string_view text) const {
  const std::size_t size = literal_.size();
  switch (shape_) {
    case Shape::equal:
      return text.size() == size && same(text, literal_);
    case Shape::prefix:
      return text.size() >= size && same(text.substr(0, size), literal_);
    case Shape::suffix:
      return text.size() >= size && same(text.substr(text.size() - size), literal_);
    case Shape::part:
      return contains(text);
    case Shape::glob:
      return glob(text);
  }
  return false;
}

}  // namespace exotap
