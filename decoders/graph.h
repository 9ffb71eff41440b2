// Microsoft Graph and its forerunners, the REST interfaces of Exchange Online: which kind of thing
// a request is about, and the error an answer tells. A batch (POST .../$batch) answers 200 whatever
// became of its parts.
//
// Shapes: Microsoft REST API guidelines ("error": code, message, innererror), OData 4 and 3.
// Identifiers and addresses in paths are not stated.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "decoders/decoder.h"

namespace exotap {

extern const Decoder kGraphDecoder;

inline constexpr std::size_t kMaxResourceSegments = 6;

// "users/{id}/messages" of "/v1.0/users/ada@contoso.com/messages"; empty for other paths.
[[nodiscard]] std::string graph_resource(std::string_view path);

namespace fact {

inline constexpr FactSpec kGraphResource{
    "graph.resource", FactType::text,
    "kind of thing a REST request of Graph or Outlook is about: users/{id}/messages"};
inline constexpr FactSpec kGraphErrorCode{"graph.error.code", FactType::text,
                                          "code of the error in a REST answer: ErrorItemNotFound"};
inline constexpr FactSpec kGraphErrorInner{"graph.error.inner_code", FactType::text,
                                           "the innermost code the error names, where it does"};
inline constexpr FactSpec kGraphErrorMessage{"graph.error.message", FactType::text,
                                             "what the error says"};
inline constexpr FactSpec kGraphErrorRequestId{
    "graph.error.request_id", FactType::text,
    "request-id inside the error: what Microsoft asks for"};
inline constexpr FactSpec kGraphBatchParts{"graph.batch.parts", FactType::integer,
                                           "how many answers a batch holds"};
inline constexpr FactSpec kGraphBatchFailed{"graph.batch.failed", FactType::integer,
                                            "how many of them tell a failure"};
inline constexpr FactSpec kGraphBatchFailure{
    "graph.batch.failure", FactType::text,
    "place, status and code of each part that failed: \"2 404 ErrorItemNotFound\"; may repeat"};
inline constexpr FactSpec kDecodeGraphError{"decode.graph.error", FactType::text,
                                            "what could not be read of a REST answer"};

}  // namespace fact
}  // namespace exotap
