// A Sigma string value: text with the wildcards * (any characters) and ? (one character), each
// taken literally after a backslash.
#pragma once

#include <string>
#include <string_view>

namespace exotap {

// Compiled once, matched often. A value; matching neither changes it nor allocates.
class Pattern {
 public:
  // Where in the fact the text must stand: Sigma's plain value, startswith, endswith, contains.
  enum class Where { whole, start, end, anywhere };

  // Letter case of ASCII letters is ignored unless `cased`.
  Pattern(std::string_view sigma_text, Where where, bool cased);

  [[nodiscard]] bool matches(std::string_view text) const;
  // Whether it is one exact text, without wildcards.
  [[nodiscard]] bool is_literal() const { return shape_ == Shape::equal; }
  // The text a literal, prefix, suffix or part looks for; lower case unless cased.
  [[nodiscard]] std::string_view literal() const { return literal_; }
  // The longest text without wildcards that stands in all it matches; in lower case.
  [[nodiscard]] std::string needed_part() const;
  // A rank for ordering tests: cheaper ones first.
  [[nodiscard]] int cost() const;

 private:
  enum class Shape { equal, prefix, suffix, part, glob };

  [[nodiscard]] bool same(std::string_view text, std::string_view literal) const;
  [[nodiscard]] bool contains(std::string_view text) const;
  [[nodiscard]] bool glob(std::string_view text) const;

  Shape shape_ = Shape::equal;
  bool cased_ = false;
  std::string literal_;    // lower case unless cased_
  std::u16string glyphs_;  // of a glob: bytes as they are, wildcards beyond them
};

}  // namespace exotap
