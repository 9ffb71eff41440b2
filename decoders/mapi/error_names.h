// Names of the error codes that MAPI calls return (MS-OXCDATA 2.4), as far as a sign-in or a
// connection can meet them: who may enter, where the mailbox is, whether its database and servers
// are up, quotas and limits, sessions, the address book. The document has about 590; the others are
// of work inside an open mailbox (rules, forms, search folders, streams) or of the database engine
// under it (the Jet codes). Those stay numbers: a name that nobody acts on is only a longer number.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace exotap {

// "WrongServer" of 0x478; empty where the code is not in the table.
[[nodiscard]] std::string_view mapi_error_name(std::uint32_t code);
// Warnings (MS-OXCDATA 2.4.2): the call was carried out.
[[nodiscard]] constexpr bool is_mapi_warning(std::uint32_t code) { return code >> 16U == 0x4U; }
// "0x00000478": eight digits, as the documents write them.
[[nodiscard]] std::string mapi_error_text(std::uint32_t code);

}  // namespace exotap
