// What a SOAP Autodiscover answer says: how it went at each of the three levels, where to ask
// instead, and the settings or the federation it gives (MS-OXWSADISC).
#pragma once

#include "decoders/facts.h"
#include "decoders/xml.h"

namespace exotap {

inline constexpr std::size_t kMaxAnsweredUsers = 16;  // users or domains read of one answer
inline constexpr std::size_t kMaxSettingErrors = 64;  // stated of one answer
inline constexpr std::size_t kMaxFederationDomains = 16;
inline constexpr std::size_t kMaxTokenIssuers = 8;

// `success`: the answer's status says that all went well, so that a failure in it is one more fact
// (answer.failure). False where the envelope holds neither an answer of this service nor a SOAP
// fault.
bool state_soap_answer(XmlNode envelope, bool success, Facts& facts);

}  // namespace exotap
