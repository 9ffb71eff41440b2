// The token a client shows with a request (Authorization: Bearer, RFC 6750 section 2.1), and what a
// server's challenge wants of the next one (claims in WWW-Authenticate: claims challenge). Beside
// decoders/authentication.h, which states schemes and the challenge's other parameters.
//
// The token is decoded in memory (jwt.h); no part of it is stated but the claims named there.
#pragma once

#include "decoders/decoder.h"

namespace exotap {

extern const Decoder kBearerDecoder;

}  // namespace exotap
