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

// What stands behind the colon of a URL: "//" and a name with a dot in it, or a short one. Base64
// may have "//" anywhere, and never a dot.
bool is_rest_of_url(std::string_view text, std::size_t at, std::string_view word) {
  if (at == 0 || text[at - 1] != ':' || !word.starts_with("//")) return false;
  const std::string_view host = word.substr(2, word.find('/', 2) - 2);
  return host.find('.') != std::string_view::npos || host.size() < kMinTokenWord / 2;
}

// URLs and namespaces are long too.
bool is_token(std::string_view text, std::size_t at, std::size_t end) {
  const std::string_view word = text.substr(at, end - at);
  if (word.starts_with("eyJ")) return word.size() >= kMinJwtWord;
  return word.size() >= kMinTokenWord && !is_rest_of_url(text, at, word);
}

}  // namespace

std::string_view without_token_words(std::string_view text, std::string& buffer) {
  buffer.clear();
  std::size_t copied = 0;
  bool changed = false;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_word_char(text[end])) ++end;
    if (end > at && is_token(text, at, end)) {
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
