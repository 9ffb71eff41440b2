// How an exchange ended, in one word. Runs after every other decoder: what an answer says failed
// inside counts as much as its status.
#pragma once

#include "decoders/decoder.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kEventOutcome{
    "event.outcome", FactType::text,
    "failure (a fault, status 400 and above, answer.failure), unknown (401, 407, no answer yet, a "
    "device flow whose user has not acted yet), else success"};

}  // namespace fact

extern const Decoder kOutcomeDecoder;

}  // namespace exotap
