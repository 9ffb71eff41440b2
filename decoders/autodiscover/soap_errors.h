// The ErrorCode values of SOAP Autodiscover (MS-OXWSADISC; the ErrorCode element of
// the Autodiscover web service reference): which of them mean that something failed.
#pragma once

#include <string_view>

namespace exotap {

enum class SoapErrorKind { none, redirect, failure };

// By the exact name. A name nobody has documented is a failure: a server invented it to say so.
[[nodiscard]] SoapErrorKind soap_error_kind(std::string_view name);

}  // namespace exotap
