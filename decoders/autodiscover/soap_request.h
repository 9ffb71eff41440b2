// What a SOAP Autodiscover request asks for (MS-OXWSADISC).
#pragma once

#include <string>

#include "decoders/facts.h"
#include "decoders/xml.h"

namespace exotap {

inline constexpr std::size_t kMaxAskedUsers = 8;  // users or domains stated of one request
inline constexpr std::size_t kMaxAskedSettings = 64;

// "GetUserSettings" of the body's GetUserSettingsRequestMessage, else of wsa:Action; empty where
// neither tells. Also of answers, whose message ends in "ResponseMessage".
[[nodiscard]] std::string soap_operation(XmlNode envelope);

void state_soap_request(XmlNode envelope, Facts& facts);

}  // namespace exotap
