#include "decoders/free_text.h"

#include <algorithm>
#include <charconv>

#include "decoders/ascii.h"

namespace exotap {
namespace {

constexpr std::string_view kRedacted = "[redacted]";
constexpr std::size_t kLeastDigits = 4;  // "ID 1" and the like are no error numbers
constexpr std::size_t kLongestCharacter = 4;
constexpr std::size_t kShortestJwt = 20;  // "eyJhbGciOiJub25lIn0." is the least there is

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_base64(char c) {
  return is_ascii_digit(c) || is_letter(c) || c == '+' || c == '/' || c == '-' || c == '_' ||
         c == '=';
}

// The end of the run that begins at `at`; a JWT's dots belong to it.
std::size_t run_end(std::string_view text, std::size_t at, bool jwt) {
  while (at < text.size() && (is_base64(text[at]) || (jwt && text[at] == '.'))) ++at;
  return at;
}

bool is_blank_or_control(char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F; }

std::string_view cut(std::string_view text) {
  if (text.size() <= kMaxSentence) return text;
  std::size_t end = kMaxSentence;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

}  // namespace

std::string sentence(std::string_view text) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size() && out.size() < kMaxSentence + kLongestCharacter) {
    if (is_blank_or_control(text[at])) {
      if (!out.empty() && out.back() != ' ') out.push_back(' ');
      ++at;
      continue;
    }
    const bool jwt = text.substr(at).starts_with("eyJ");
    const std::size_t end = run_end(text, at, jwt);
    if (end - at > kLongestWord || (jwt && end - at >= kShortestJwt)) {
      out.append(kRedacted);
      at = end;
    } else {
      const std::size_t next = std::max(end, at + 1);
      out.append(text.substr(at, next - at));
      at = next;
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return std::string(cut(out));
}

std::optional<std::int64_t> aadsts_code(std::string_view text) {
  const std::string_view code = numbered_code(text, "AADSTS");
  return code.empty() ? std::nullopt : whole_number(code.substr(6));
}

std::string_view numbered_code(std::string_view text, std::string_view prefix) {
  for (std::size_t at = text.find(prefix); at != std::string_view::npos;
       at = text.find(prefix, at + 1)) {
    if (at > 0 && (is_letter(text[at - 1]) || is_ascii_digit(text[at - 1]))) continue;
    std::size_t end = at + prefix.size();
    while (end < text.size() && is_ascii_digit(text[end])) ++end;
    if (end >= at + prefix.size() + kLeastDigits) return text.substr(at, end - at);
  }
  return {};
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  while (!text.empty() && is_blank_or_control(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank_or_control(text.back())) text.remove_suffix(1);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace exotap
