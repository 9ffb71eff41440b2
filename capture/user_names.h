// Users in texts: e-mail addresses, user principal names, DOMAIN\user. With --pseudonyms each is
// replaced by a stand-in; the domain stays, because diagnosis needs it.
#pragma once

#include <string>
#include <string_view>

#include "capture/pseudonyms.h"

namespace exotap {

// False where append_without_users() would change nothing.
[[nodiscard]] bool may_hold_user(std::string_view text);

// Appends `text` with the user part of every "user@domain" and "DOMAIN\user" replaced, encoded ones
// ("ada%40contoso.com") too. Paths and registry keys ("HKCU\Software\Microsoft", "\\server\share")
// are no users. Linear; never throws but for memory.
void append_without_users(std::string& out, std::string_view text, const Pseudonyms& pseudonyms);

// The same of a URL's query or a form body, where the values of User and DeviceId are users as a
// whole: ActiveSync's URLs (MS-ASHTTP section 2.2.1.1.1.2.5) say "User=ada", without a domain.
void append_query_without_users(std::string& out, std::string_view query,
                                const Pseudonyms& pseudonyms);

// Appends the stand-in of a value that is a user as a whole: "ada@contoso.com", "CONTOSO\ada",
// "ada", "Ada Lovelace", "/o=First/ou=Exchange/cn=Recipients/cn=ada".
void append_user_pseudonym(std::string& out, std::string_view user, const Pseudonyms& pseudonyms);

}  // namespace exotap
