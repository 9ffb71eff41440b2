// Metadata exchange: the WSDL 1.1 document in which a federation server lists where programs can
// sign in, with what kind of credential and by which version of WS-Trust (WS-MetadataExchange;
// WS-SecurityPolicy inside). Clients take the endpoint from here: an answer that is no such
// document, or lists no endpoint they can use, ends the sign-in.
#pragma once

#include <string_view>

#include "decoders/decoder.h"

namespace exotap {

extern const Decoder kMexDecoder;

// True for .../trust/mex of AD FS and for the forms others use (.../sts_mex.ping); `path` is
// without query.
[[nodiscard]] bool is_mex_path(std::string_view path);

namespace fact {

inline constexpr FactSpec kMexPath{"mex.path", FactType::boolean,
                                   "whether the request is for a path known to serve metadata"};
inline constexpr FactSpec kMexAvailable{"mex.available", FactType::boolean,
                                        "answered 200 with a document that lists endpoints"};
inline constexpr FactSpec kMexIsHtml{"mex.is_html", FactType::boolean,
                                     "a web page came where the metadata was due"};
inline constexpr FactSpec kMexEndpoint{
    "mex.endpoint", FactType::text,
    "each endpoint for a user name, Windows sign-in or Kerberos: \"username 1.3 https://...\""};
inline constexpr FactSpec kMexEndpointCount{"mex.endpoint_count", FactType::integer,
                                            "how many such endpoints there are"};
inline constexpr FactSpec kMexUsernameUrl{
    "mex.username_url", FactType::text,
    "the endpoint clients take for user name and password: 1.3 before 2005"};
inline constexpr FactSpec kMexIntegratedUrl{
    "mex.integrated_url", FactType::text,
    "the endpoint clients take for Windows sign-in: 1.3 before 2005"};
inline constexpr FactSpec kMexVersions{"mex.versions", FactType::text,
                                       "each WS-Trust version offered: 1.3, 2005"};
inline constexpr FactSpec kMexInsecureAddress{
    "mex.insecure_address", FactType::text,
    "each endpoint whose policy wants TLS and whose address is http://: clients refuse it"};
inline constexpr FactSpec kMexMissingPolicy{"mex.missing_policy", FactType::text,
                                            "each policy that is referred to and not there"};
inline constexpr FactSpec kMexPolicyCount{"mex.policy_count", FactType::integer,
                                          "policies with an id"};
inline constexpr FactSpec kMexBindingCount{"mex.binding_count", FactType::integer, "bindings"};
inline constexpr FactSpec kMexPortCount{"mex.port_count", FactType::integer, "ports"};
inline constexpr FactSpec kDecodeMexError{"decode.mex.error", FactType::text,
                                          "what could not be read of a metadata document"};

}  // namespace fact
}  // namespace exotap
