// SOAP faults of EWS: SOAP 1.1 with Exchange's detail (MS-OXWSCDATA: ResponseCode,
// Message, MessageXml in the errors namespace), and SOAP 1.2, as /ews/exchange.asmx/wssecurity has
// them.
#pragma once

#include "decoders/ews/outcome.h"
#include "decoders/facts.h"
#include "decoders/xml.h"

namespace exotap::ews {

// States the fault and adds it to the outcomes, as an error that everything asked for met.
void state_fault(XmlNode fault, Outcomes& outcomes, Facts& facts);

}  // namespace exotap::ews

namespace exotap::fact {

inline constexpr FactSpec kEwsFaultCode{
    "ews.fault.code", FactType::text,
    "code of the SOAP fault, without prefix: ErrorServerBusy, Client, FailedAuthentication, ..."};
inline constexpr FactSpec kEwsFaultReason{"ews.fault.reason", FactType::text,
                                          "what the SOAP fault says"};

}  // namespace exotap::fact

namespace exotap {

inline constexpr const FactSpec* kEwsFaultFacts[] = {&fact::kEwsFaultCode, &fact::kEwsFaultReason};

}  // namespace exotap
