#include "decoders/media_type.h"

#include <algorithm>
#include <array>

#include "decoders/ascii.h"

namespace exotap {
namespace {

// Takes a quoted-string's content off the front of `rest`, which stands behind the first quote.
std::string take_quoted(std::string_view& rest) {
  std::string text;
  std::size_t at = 0;
  for (; at < rest.size() && rest[at] != '"'; ++at) {
    if (rest[at] == '\\' && at + 1 < rest.size()) ++at;
    text.push_back(rest[at]);
  }
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return text;
}

void skip_to_next(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find(';'), rest.size()));
  while (!rest.empty() && (rest.front() == ';' || is_space(rest.front()))) rest.remove_prefix(1);
}

}  // namespace

std::string_view media_type_of(std::string_view value) {
  return trim_blanks(value.substr(0, value.find(';')));
}

std::string media_parameter(std::string_view value, std::string_view lower_name) {
  skip_to_next(value);
  for (std::size_t i = 0; i < kMaxMediaParameters && !value.empty(); ++i) {
    const std::size_t end = std::min(value.find_first_of("=;"), value.size());
    const bool wanted = equals_lower(trim_blanks(value.substr(0, end)), lower_name);
    value.remove_prefix(end);
    std::string content;
    if (value.starts_with('=')) {
      value.remove_prefix(1);
      while (!value.empty() && is_blank(value.front())) value.remove_prefix(1);
      if (value.starts_with('"')) {
        value.remove_prefix(1);
        content = take_quoted(value);
      } else {
        content = trim_blanks(value.substr(0, value.find_first_of(";\r\n")));
      }
    }
    if (wanted) return content;
    skip_to_next(value);
  }
  return {};
}

bool is_binary_type(std::string_view type) {
  static constexpr std::array<std::string_view, 5> kFamilies = {"image/", "audio/", "video/",
                                                                "font/", "multipart/"};
  static constexpr std::array<std::string_view, 5> kApplications = {"mapi-http", "rpc",
                                                                    "vnd.ms-sync", "zip", "gzip"};
  constexpr std::string_view kApplication = "application/";
  const auto begins = [&](std::string_view binary) { return starts_with_lower(type, binary); };
  // Asked of every body: the long word that most types begin with is compared once.
  if (!begins(kApplication)) return std::ranges::any_of(kFamilies, begins);
  type.remove_prefix(kApplication.size());
  return std::ranges::any_of(kApplications, begins);
}

}  // namespace exotap
