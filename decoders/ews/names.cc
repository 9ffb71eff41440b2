#include "decoders/ews/names.h"

#include <algorithm>
#include <array>

#include "decoders/ascii.h"
#include "decoders/free_text.h"
#include "decoders/url_parts.h"

namespace exotap::ews {
namespace {

constexpr std::array<std::string_view, 2> kEndings = {"Response", "Request"};

constexpr std::array<std::string_view, 6> kSecretParts = {"token",  "password", "secret",
                                                          "cookie", "key",      "credential"};

bool is_name_character(char c) {
  const char lower = ascii_lower(c);
  return (lower >= 'a' && lower <= 'z') || is_ascii_digit(c) || c == '_';
}

}  // namespace

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= kMaxName &&
         std::all_of(text.begin(), text.end(), is_name_character);
}

std::string shown_name(std::string_view text) {
  return is_name(text) ? std::string(text) : sentence(text);
}

std::string_view local_name(std::string_view qname) {
  const std::size_t colon = qname.rfind(':');
  return colon == std::string_view::npos ? qname : qname.substr(colon + 1);
}

std::string_view operation_name(std::string_view element) {
  for (const std::string_view ending : kEndings) {
    if (element.size() > ending.size() && element.ends_with(ending)) {
      return element.substr(0, element.size() - ending.size());
    }
  }
  return element;
}

bool may_name_secret(std::string_view name) {
  return std::any_of(kSecretParts.begin(), kSecretParts.end(), [&](std::string_view part) {
    return find_ignoring_case(name, part) != std::string_view::npos;
  });
}

}  // namespace exotap::ews
