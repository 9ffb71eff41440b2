#include "capture/secret_token.h"

#include <algorithm>

#include "capture/characters.h"
#include "capture/glyph.h"

namespace exotap {
namespace {

constexpr std::size_t kLongestDigest = 64;   // SHA-256 in hexadecimal
constexpr std::size_t kShortestOddPart = 8;  // below, chance looks like anything
constexpr std::size_t kShortestPadded = 16;  // base64 that ends in "=" is hardly anything else
constexpr std::size_t kShortestJwt = 20;
constexpr std::size_t kShortestCredentials = 8;

bool is_token_char(char c) {
  return ascii::is_alnum(c) || c == '+' || c == '/' || c == '-' || c == '_';
}
// What random base64 is full of and words have little of: changes between small letters, capitals
// and digits. A capital that begins a word is none.
class Oddness {
 public:
  void push(char c) {
    const int kind = ascii::is_upper(c) ? 2 : ascii::is_lower(c) ? 1 : ascii::is_digit(c) ? 3 : 4;
    if (size_ > 0 && kind != last_ && !(last_ == 2 && kind == 1)) ++changes_;
    last_ = kind;
    hex_ = hex_ && ascii::hex_digit(c) >= 0;
    ++size_;
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool odd() const {
    if (size_ < kShortestOddPart) return false;
    if (hex_) return size_ > kLongestDigest;
    return changes_ * 4 >= size_;
  }

 private:
  std::size_t size_ = 0;
  std::size_t changes_ = 0;
  int last_ = 0;
  bool hex_ = true;
};

// Sums the odd parts of a run; "/", "-" and "_" part it, "+" does not.
class RunJudge {
 public:
  void push(char c, std::size_t at, std::size_t after) {
    if (c == '/' || c == '-' || c == '_') {
      close_part();
    } else {
      if (part_.size() == 0) part_begin_ = at;
      part_.push(c);
      part_end_ = after;
    }
  }
  void close_part() {
    longest_ = std::max(longest_, part_.size());
    if (part_.odd()) {
      if (odd_size_ == 0) odd_.begin = part_begin_;
      odd_.end = part_end_;
      odd_size_ += part_.size();
    }
    part_ = Oddness();
  }
  // How many characters of it are odd; 0 where its parts are all short.
  [[nodiscard]] std::size_t odd_size() const { return longest_ < kShortestRun ? 0 : odd_size_; }
  [[nodiscard]] Extent odd() const { return odd_; }

 private:
  Oddness part_;
  std::size_t part_begin_ = 0, part_end_ = 0;
  std::size_t longest_ = 0;  // part, odd or not
  std::size_t odd_size_ = 0;
  Extent odd_;
};

// Behind "=" signs that end a run; `at` itself where they join it to more, as in "cn=name".
std::size_t after_padding(std::string_view text, std::size_t at) {
  std::size_t i = at;
  for (Glyph g = glyph_at(text, i); g.value == '=' && g.size > 0; g = glyph_at(text, i))
    i += g.size;
  const Glyph next = glyph_at(text, i);
  const bool joins = next.size > 0 && (is_token_char(next.value) || next.value == '"');
  return joins ? at : i;
}

// Behind the JWT whose first character is at `at`: three or five parts between dots.
std::size_t jwt_end(std::string_view text, std::size_t at) {
  while (at < text.size() && (is_token_char(text[at]) || text[at] == '.' || text[at] == '=')) ++at;
  return at;
}

bool stands_at(std::string_view text, std::size_t at, std::string_view what) {
  return text[at] == what.front() && text.substr(at).starts_with(what);
}

int base64_digit(char c) {
  if (ascii::is_upper(c)) return c - 'A';
  if (ascii::is_lower(c)) return c - 'a' + 26;
  if (ascii::is_digit(c)) return c - '0' + 52;
  return c == '+' || c == '-' ? 62 : 63;
}

// Whether `token` is base64 of printable ASCII with a colon in it: user:password (RFC 7617), which
// no word happens to be.
bool is_user_and_password(std::string_view token) {
  unsigned bits = 0;
  int held = 0;
  bool colon = false;
  for (std::size_t at = 0; at < token.size();) {
    const Glyph g = glyph_at(token, at);
    at += g.size;
    if (g.value == '=') continue;
    if (!is_token_char(g.value)) return false;
    bits = (bits << 6U | static_cast<unsigned>(base64_digit(g.value))) & 0x3FFFU;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    const unsigned byte = bits >> static_cast<unsigned>(held) & 0xFFU;
    if (byte < 0x20 || byte > 0x7E) return false;
    colon = colon || byte == ':';
  }
  return colon;
}

}  // namespace

TokenRun token_run(std::string_view text, std::size_t at) {
  RunJudge judge;
  std::size_t i = at;
  std::size_t count = 0;
  for (Glyph g = glyph_at(text, i); g.size > 0 && is_token_char(g.value); g = glyph_at(text, i)) {
    if (g.raw() && stands_at(text, i, kJwtBegin)) {
      const std::size_t end = jwt_end(text, i);
      if (end - i >= kShortestJwt) return {end, {i, end}};
    }
    if (g.raw() && stands_at(text, i, kNtlmBegin)) {
      const std::size_t end = jwt_end(text, i);
      return {end, {i, end}};
    }
    judge.push(g.value, i, i + g.size);
    i += g.size;
    ++count;
  }
  judge.close_part();
  const std::size_t end = after_padding(text, i);
  const bool padded = end > i && count >= kShortestPadded && judge.odd_size() >= kShortestPadded;
  if (padded || judge.odd_size() >= kLongBlob) {
    return {end, {judge.odd().begin, end > i ? end : judge.odd().end}};
  }
  return {i, {}};
}

Extent credentials(std::string_view text, std::size_t at) {
  std::size_t i = at;
  std::size_t small_letters = 0;
  std::size_t count = 0;
  for (Glyph g = glyph_at(text, i); g.size > 0; g = glyph_at(text, i)) {
    if (!is_token_char(g.value) && g.value != '.' && g.value != '~') break;
    small_letters += ascii::is_lower(g.value) ? 1 : 0;
    ++count;
    i += g.size;
  }
  const std::size_t end = after_padding(text, i);
  const bool parameter = end == i && glyph_at(text, i).value == '=';
  const bool word = small_letters + 1 >= count;  // "Authentication", "challenge"
  if (parameter) return {};
  const bool shaped = count >= kShortestCredentials && (!word || end > i);
  if (!shaped && !is_user_and_password(text.substr(at, end - at))) return {};
  return {at, end};
}

}  // namespace exotap
