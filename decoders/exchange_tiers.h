// Which tier of Exchange an answer failed in. Every request to Exchange passes a front end (client
// access) and is given to a back end (the mailbox's own server); both write themselves into the
// answer, whatever protocol it belongs to: MAPI/HTTP, EWS, ActiveSync, Autodiscover.
//
// Who they were (X-FEServer, X-BEServer, X-CalculatedBETarget) and what the back end said
// (X-BackEndHttpStatus) the HTTP decoder states: ms.frontend_server, ms.backend_server,
// ms.calculated_backend, ms.backend_status. Here is X-FailureContext, with which the tier that gave
// up says so: `FrontEnd;401;VW5hdXRob3JpemVk;;;;`. No document describes it. Of the seven parts the
// first three are read: the tier, the HTTP status it gave, and the reason in Base64.
// Older servers send none: of a status of 500 and more the answer's own signature tells the tier. A
// back end that was reached has signed (X-BEServer); where only the front end has, it ended there,
// although X-CalculatedBETarget may name the server it meant to ask.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "decoders/decoder.h"

namespace exotap {

inline constexpr std::size_t kMaxTierReason = 384;  // bytes of the decoded reason that are kept

struct FailureContext {
  std::string_view tier;  // as sent: FrontEnd, BackEnd
  std::optional<std::int64_t> status;
  std::string reason;  // decoded, one line, fit to be a fact
};
[[nodiscard]] FailureContext parse_failure_context(std::string_view value);

namespace fact {

inline constexpr FactSpec kExchangeFailingTier{
    "exchange.failing_tier", FactType::text,
    "tier of Exchange that gave up, FrontEnd or BackEnd: as X-FailureContext says, else, of a "
    "status "
    "of 500 and more, by which of them signed the answer"};
inline constexpr FactSpec kExchangeFailureStatus{
    "exchange.failure.status", FactType::integer,
    "HTTP status the failing tier gave, as X-FailureContext says"};
inline constexpr FactSpec kExchangeFailureReason{
    "exchange.failure.reason", FactType::text,
    "the failing tier's reason, decoded from X-FailureContext"};

}  // namespace fact

extern const Decoder kExchangeTiersDecoder;

}  // namespace exotap
