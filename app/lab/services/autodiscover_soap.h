// Autodiscover's SOAP form as the lab serves it (MS-OXWSADISC): one GetUserSettings answer, by the
// same variants as the XML form has.
#pragma once

#include <string_view>

#include "app/lab/services/service.h"

namespace exotap::lab {

inline constexpr std::string_view kAutodiscoverSoapPath = "/autodiscover/autodiscover.svc";

// "settings", "redirect_address", "redirect_url"; every "error_..." is an ErrorCode of the user.
Answer autodiscover_soap_answer(const Tenant& tenant, std::string_view variant);

}  // namespace exotap::lab
