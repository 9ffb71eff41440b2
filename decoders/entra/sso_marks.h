// What a request brings along to be signed in without a question, and what somebody between put
// into it: seen by presence and by name only. Cookies of a sign-in at Entra ID (ESTSAUTH...) and
// AD FS (MSISAuth...), the Primary Refresh Token of a registered device (MS-OAPXBC), and the
// fields by which a company's proxy restricts tenants.
#pragma once

#include <cstddef>

#include "capture/message.h"
#include "decoders/facts.h"

namespace exotap {

inline constexpr std::size_t kMaxSsoCookies = 16;  // names stated

namespace fact {

inline constexpr FactSpec kEntraSsoCookie{
    "entra.sso_cookie", FactType::text,
    "name of each cookie of an earlier sign-in that the request brings: ESTSAUTHPERSISTENT, ..."};
inline constexpr FactSpec kEntraSsoCookieSet{"entra.sso_cookie_set", FactType::text,
                                             "name of each such cookie that the answer sets"};
inline constexpr FactSpec kEntraPrt{
    "entra.prt", FactType::boolean,
    "true: the request brings the device's Primary Refresh Token; else absent"};
inline constexpr FactSpec kEntraTenantRestriction{
    "entra.tenant_restriction", FactType::text,
    "each field in the request by which a proxy restricts the organisations to sign in to"};

}  // namespace fact

inline constexpr const FactSpec* kSsoMarkFacts[] = {
    &fact::kEntraSsoCookie,
    &fact::kEntraSsoCookieSet,
    &fact::kEntraPrt,
    &fact::kEntraTenantRestriction,
};

void state_sso_request(const Head& request, Facts& facts);
void state_sso_answer(const Head& answer, Facts& facts);

}  // namespace exotap
