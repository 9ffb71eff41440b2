// Names of EWS's schemas as facts show them: operations, response codes, kinds of events. What is
// no name is a free text, whoever sent it.
//
// Pure; a thread each; nothing throws but for memory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace exotap::ews {

inline constexpr std::size_t kMaxName = 96;

// Letters, digits and "_" only, and no more than kMaxName of them.
[[nodiscard]] bool is_name(std::string_view text);
// `text` where it is a name, else as sentence() makes it.
[[nodiscard]] std::string shown_name(std::string_view text);
// What follows a QName's colon.
[[nodiscard]] std::string_view local_name(std::string_view qname);
// "GetFolder" of "GetFolderResponse", "GetUserAvailability" of "GetUserAvailabilityRequest";
// anything else as it is.
[[nodiscard]] std::string_view operation_name(std::string_view element);

// Whether a value of this name may be a secret: servers choose the names in a MessageXml.
[[nodiscard]] bool may_name_secret(std::string_view name);

}  // namespace exotap::ews
