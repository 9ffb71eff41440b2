// A federation token's times beside the clock of whoever answered: what says that two clocks
// differ, or that a token came too late. A relying party (login.microsoftonline.com) that is handed
// a token judges it by its own clock, and that is the Date of its answer; a token service's Date
// beside the token it has just made only says how exact this is.
//
// A request's own time beside the same Date says how far the asker's clock is off: this machine's
// where a program asks (WS-Trust), the application's where a browser carries the question.
//
// No clock is read: the times are the message's own. How far this machine's clock is from the same
// Date is http.response.clock_skew.
#pragma once

#include "capture/exchange.h"
#include "decoders/facts.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kTokenLifetime{"federation.token.lifetime", FactType::integer,
                                         "seconds from the token's first to its last moment"};
inline constexpr FactSpec kTokenAge{
    "federation.token.age", FactType::integer,
    "seconds from the making of the token to the Date of the answer; negative: it was made in the "
    "future, by the clock of whoever answered"};
inline constexpr FactSpec kTokenValidSince{
    "federation.token.valid_since", FactType::integer,
    "seconds the token counts already at the Date of the answer; negative: it does not yet"};
inline constexpr FactSpec kTokenSecondsLeft{
    "federation.token.seconds_left", FactType::integer,
    "seconds the token still counts at the Date of the answer; negative: it has expired"};
inline constexpr FactSpec kRequestAge{
    "federation.request.age", FactType::integer,
    "seconds from the time a sign-in request carries (Timestamp, IssueInstant, wct) to the Date of "
    "the answer; negative: the asker's clock is ahead of the answerer's"};
inline constexpr FactSpec kTokenCertificateDaysLeft{
    "federation.token.certificate_days_left", FactType::integer,
    "whole days until the certificate that signed the token expires; negative when it has"};

}  // namespace fact

inline constexpr const FactSpec* kTokenTimeFacts[] = {
    &fact::kTokenLifetime,
    &fact::kTokenAge,
    &fact::kTokenValidSince,
    &fact::kTokenSecondsLeft,
    &fact::kTokenCertificateDaysLeft,
    &fact::kRequestAge,
};

// Reads the times that saml.* (or, without an assertion, wstrust.*) facts of this exchange state
// already, and adds what follows from them. An answer out of a cache (Age) has no Date of now.
void state_token_times(const Exchange& exchange, Facts& facts);

}  // namespace exotap
