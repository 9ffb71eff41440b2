// How GSS-API frames the first message of a mechanism, and the mechanisms by name (RFC 4178,
// RFC 4121, MS-SPNG 1.9.1 and its appendix A, draft-zhu-pku2u). Pure; views point into the bytes
// given; nothing throws but for memory.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace exotap {

// An InitialContextToken (RFC 2743 section 3.1): whose message it is, and the message.
struct GssToken {
  std::string_view mechanism;  // content of the OBJECT IDENTIFIER
  std::string_view content;
};
// nullopt where the bytes do not begin with one.
[[nodiscard]] std::optional<GssToken> open_gss_token(std::string_view bytes);

// Content of a DER OBJECT IDENTIFIER as rules call it: kerberos, ms_kerberos, user_to_user, ntlm,
// negoex, spnego, pku2u, iakerb, else in dotted form, cut at 64 characters.
[[nodiscard]] std::string mechanism_name(std::string_view identifier);
// The same without the dotted form: empty for those without a name.
[[nodiscard]] std::string_view known_mechanism(std::string_view identifier);

}  // namespace exotap
