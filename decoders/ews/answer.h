// The answer of EWS: one SOAP envelope; several in a streaming answer, one after the other in one
// body; or the first part of a multipart body (MTOM), as gateways make them.
#pragma once

#include <string_view>

#include "capture/message.h"
#include "decoders/facts.h"

namespace exotap {

// States what came of the request, and `answer.failure` where the status hides that it failed.
void state_ews_answer(const Message& answer, Facts& facts);

namespace fact {

inline constexpr FactSpec kEwsServerVersion{"ews.server.version", FactType::text,
                                            "version of the Exchange that answered: 15.20.7982.18"};
inline constexpr FactSpec kEwsServerSchema{"ews.server.schema", FactType::text,
                                           "the newest schema it speaks: V2018_01_08"};
inline constexpr FactSpec kEwsResponseCut{
    "ews.response.cut", FactType::boolean,
    "the answer is longer than what was kept or came: later outcomes are not counted"};

}  // namespace fact

inline constexpr const FactSpec* kEwsAnswerFacts[] = {
    &fact::kEwsServerVersion, &fact::kEwsServerSchema, &fact::kEwsResponseCut};

}  // namespace exotap
