// The forms of a web page: sign-in is carried through a browser by forms that post themselves with
// hidden fields (WS-Federation 1.2 section 13.1, saml-bindings-2.0-os section 3.5.4).
//
// Bounded; pure; nothing throws but for memory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace exotap {

inline constexpr std::size_t kMaxFormFields = 64;  // of one page

struct HtmlField {
  std::string name;
  std::string value;  // unescaped
};

struct HtmlForm {
  std::string action;  // unescaped; empty where there is none
  std::vector<HtmlField> fields;

  // The value of the first field of that name, compared exactly; nullptr where there is none.
  [[nodiscard]] const std::string* field(std::string_view name) const;
};

// Every form with at least one named input, in order, kMaxFormFields fields in all.
[[nodiscard]] std::vector<HtmlForm> html_forms(std::string_view page);

}  // namespace exotap
