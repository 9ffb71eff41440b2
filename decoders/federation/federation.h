// Sign-in through a browser by WS-Federation or SAML 2.0, wherever it shows: in the URL or form of
// a request, in a redirect, or in a page that is to post itself; and AD FS's own pages. One
// decoder, so that a page is decompressed and looked through once.
//
// A token is handed through the browser in clear: nothing of wresult, SAMLResponse, SAMLart, wctx
// or RelayState becomes a fact but what saml_summary.h allows.
#pragma once

#include "decoders/decoder.h"

namespace exotap {

extern const Decoder kFederationDecoder;

namespace fact {

inline constexpr FactSpec kFederationPostsTo{
    "federation.posts_to", FactType::text,
    "where the page makes the browser post the message (secrets of the query removed)"};
inline constexpr FactSpec kSamlArtifactPresent{
    "saml.artifact_present", FactType::boolean,
    "true: the message is only referred to (SAMLart), and fetched by others; else absent"};
inline constexpr FactSpec kSamlRelayStatePresent{"saml.relay_state_present", FactType::boolean,
                                                 "whether RelayState came with a message"};
inline constexpr FactSpec kDecodeFederationError{"decode.federation.error", FactType::text,
                                                 "what could not be read of a federation message"};

}  // namespace fact
}  // namespace exotap
