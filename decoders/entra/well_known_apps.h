// Names for application ids that every organisation shares: Microsoft's own programs and services
// (Microsoft's "Verify first-party Microsoft applications in sign-in reports") and the public mail
// programs seen beside Outlook. An organisation's own applications have no public name.
#pragma once

#include <string_view>

namespace exotap {

// "Office 365 Exchange Online" for 00000002-0000-0ff1-ce00-000000000000, without case, also with
// "spn:" in front; empty where unknown.
[[nodiscard]] std::string_view app_name(std::string_view id);

// The same for a resource as tokens and requests name it: an id, or a URL of the service
// ("https://outlook.office365.com/", "https://graph.microsoft.com/.default"); empty where unknown.
[[nodiscard]] std::string_view resource_name(std::string_view resource);

}  // namespace exotap
