#include "decoders/secret_words.h"

#include "decoders/ascii.h"
#include "decoders/secret_query.h"

namespace exotap {
namespace {

bool is_word_char(char c) {
  constexpr std::string_view kMarks = "-_.+/=~";
  const char lower = ascii_lower(c);
  return (lower >= 'a' && lower <= 'z') || is_ascii_digit(c) ||
         kMarks.find(c) != std::string_view::npos;
}

// URLs and namespaces are long too; a token has no "//" and no dotted name at its front.
bool is_token(std::string_view word) {
  if (word.starts_with("eyJ")) return word.size() >= kMinJwtWord;
  return word.size() >= kMinTokenWord && word.find("//") == std::string_view::npos;
}

}  // namespace

std::string_view without_token_words(std::string_view text, std::string& buffer) {
  buffer.clear();
  std::size_t copied = 0;
  bool changed = false;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_word_char(text[end])) ++end;
    if (end > at && is_token(text.substr(at, end - at))) {
      buffer.append(text.substr(copied, at - copied)).append(kRedactedValue);
      copied = end;
      changed = true;
    }
    at = end + 1;
  }
  if (!changed) return text;
  buffer.append(text.substr(copied));
  return buffer;
}

}  // namespace exotap
