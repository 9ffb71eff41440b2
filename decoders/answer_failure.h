// What an answer says failed inside, though its status line says all went well: "200 OK" around an
// Autodiscover error 600, an EWS ErrorServerBusy, a MAPI response code, an ActiveSync status.
//
// Shared by the decoders whose protocols hide their failures so. Each states it once for every kind
// of failure in the answer, in the protocol's own words and shortest form ("ErrorItemNotFound",
// "Autodiscover error 600", "MAPI response code 10, context not found"): what a person reads beside
// the status. Not for warnings, for a redirect that is the protocol's ordinary way, or for what the
// status line already says.
#pragma once

#include "decoders/facts.h"

namespace exotap {

inline constexpr FactSpec kAnswerFailure{
    "answer.failure", FactType::text,
    "What the answer says failed, though its status says that all went well"};

}  // namespace exotap
