#include "decoders/entra/hidden_form.h"

#include <vector>

#include "decoders/ascii.h"
#include "decoders/html/html_forms.h"

namespace exotap {
namespace {

void append_encoded(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const char lower = ascii_lower(c);
    if ((lower >= 'a' && lower <= 'z') || is_ascii_digit(c) || c == '-' || c == '_' || c == '.') {
      out.push_back(c);
      continue;
    }
    out.push_back('%');
    out.push_back(kHex[byte >> 4U]);
    out.push_back(kHex[byte & 15U]);
  }
}

}  // namespace

std::string hidden_form(std::string_view html) {
  std::string parameters;
  const std::vector<HtmlForm> forms = html_forms(html);
  if (forms.empty()) return parameters;
  for (const HtmlField& field : forms.front().fields) {
    if (!parameters.empty()) parameters.push_back('&');
    append_encoded(parameters, field.name);
    parameters.push_back('=');
    append_encoded(parameters, field.value.size() > kMaxHiddenValue ? "x" : field.value);
  }
  return parameters;
}

}  // namespace exotap
