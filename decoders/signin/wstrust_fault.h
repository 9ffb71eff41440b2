// How a token service says no: a SOAP fault (SOAP 1.2 part 1 section 5.4, SOAP 1.1 section 4.4)
// whose subcode is WS-Trust's, WS-Security's or another family's word, and beside or instead of it
// the psf block of Entra ID (RST2.srf, extSTS.srf).
#pragma once

#include "decoders/entra/aadsts.h"
#include "decoders/facts.h"
#include "decoders/xml.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kWstrustFaultCode{"wstrust.fault.code", FactType::text,
                                            "whose fault it is said to be: Sender or Receiver"};
inline constexpr FactSpec kWstrustFaultSubcode{
    "wstrust.fault.subcode", FactType::text, "the word for what failed: FailedAuthentication, ..."};
inline constexpr FactSpec kWstrustFaultSubcodePrefix{
    "wstrust.fault.subcode_prefix", FactType::text,
    "the family of that word by its namespace: wst, wsse, wsu, wsa, fed, sc, ms; else the prefix"};
inline constexpr FactSpec kWstrustFaultReason{"wstrust.fault.reason", FactType::text,
                                              "the fault's sentence"};
inline constexpr FactSpec kWstrustFaultMsis{"wstrust.fault.msis", FactType::text,
                                            "AD FS's number for it: MSIS7068"};
inline constexpr FactSpec kWstrustFaultId{"wstrust.fault.id", FactType::text,
                                          "the identity framework's number for it: ID3242"};
inline constexpr FactSpec kWstrustPsfValue{"wstrust.psf.value", FactType::text,
                                           "Entra ID's error value: 0x80048821"};
inline constexpr FactSpec kWstrustPsfCode{"wstrust.psf.code", FactType::text,
                                          "Entra ID's internal error code"};
inline constexpr FactSpec kWstrustPsfText{"wstrust.psf.text", FactType::text,
                                          "Entra ID's internal error text"};
inline constexpr FactSpec kWstrustPsfReqstatus{
    "wstrust.psf.reqstatus", FactType::text,
    "status of the request; 0x8... is a failure, even in an answer without a fault"};
inline constexpr FactSpec kWstrustPsfErrorstatus{"wstrust.psf.errorstatus", FactType::text,
                                                 "the status beside reqstatus, where there is one"};
inline constexpr FactSpec kWstrustPsfAuthstate{"wstrust.psf.authstate", FactType::text,
                                               "state of the sign-in: 0x48803 with a password"};
inline constexpr FactSpec kWstrustPsfName{
    "wstrust.psf.name", FactType::text,
    "name of value, else of reqstatus: PPCRL_REQUEST_E_BAD_MEMBER_NAME_OR_PASSWORD"};
inline constexpr FactSpec kWstrustPsfCodeName{"wstrust.psf.code_name", FactType::text,
                                              "name of the internal code: PP_E_BAD_PASSWORD"};
inline constexpr FactSpec kWstrustPsfServerInfo{"wstrust.psf.server_info", FactType::text,
                                                "which server of Entra ID answered"};
inline constexpr FactSpec kWstrustPsfServerTime{"wstrust.psf.server_time", FactType::text,
                                                "that server's clock"};
}  // namespace fact

// Facts that the functions below state.
inline constexpr const FactSpec* kWstrustFaultFacts[] = {
    &fact::kWstrustFaultCode,
    &fact::kWstrustFaultSubcode,
    &fact::kWstrustFaultSubcodePrefix,
    &fact::kWstrustFaultReason,
    &fact::kWstrustFaultMsis,
    &fact::kWstrustFaultId,
    &fact::kWstrustPsfValue,
    &fact::kWstrustPsfCode,
    &fact::kWstrustPsfText,
    &fact::kWstrustPsfReqstatus,
    &fact::kWstrustPsfErrorstatus,
    &fact::kWstrustPsfAuthstate,
    &fact::kWstrustPsfName,
    &fact::kWstrustPsfCodeName,
    &fact::kWstrustPsfServerInfo,
    &fact::kWstrustPsfServerTime,
    &fact::kAadstsCode,
    &fact::kAadstsName,
    &fact::kAadstsText,
};

// `fault` is a SOAP Fault element.
void state_soap_fault(XmlNode fault, Facts& facts);
// The psf blocks anywhere in the envelope; states nothing where there is none.
void state_psf(XmlNode envelope, Facts& facts);

}  // namespace exotap
