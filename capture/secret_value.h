// How far a named secret's value reaches: in a query or form, in JSON, in a header field, in a
// URL's userinfo. A value that does not end where it should is taken to the end of the text: a torn
// text gives nothing away.
#pragma once

#include <cstddef>
#include <string_view>

#include "capture/glyph.h"
#include "capture/secret_names.h"
#include "capture/secret_token.h"

namespace exotap {

// What stands before a value.
struct ValueStart {
  std::size_t at = 0;  // behind the separator
  Glyph separator;     // "=" or ":"; its size says how deep the value is encoded
  Secrecy secrecy = Secrecy::none;
  bool parameter = false;  // the name stands where a URL's or form's parameter does
};

// The secret part of the value there; empty where there is none: null, true and false in JSON, an
// everyday word behind "password: ", a stand-in that is there already.
[[nodiscard]] Extent secret_value(std::string_view text, const ValueStart& start);

// The value at `at`, blanks before it passed over, if it stands in quotation marks; else empty.
[[nodiscard]] Extent quoted_value(std::string_view text, std::size_t at);

// The password in "user:password@host", `at` being behind "://" (RFC 3986 section 3.2.1).
[[nodiscard]] Extent userinfo_password(std::string_view text, std::size_t at);

}  // namespace exotap
