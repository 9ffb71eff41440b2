// What every Exchange Online answer of the lab has in common: its headers and its challenge.
#pragma once

#include <optional>
#include <string_view>

#include "app/lab/message.h"

namespace exotap::lab {

// The correlation headers and routing cookies that tell an Exchange answer from a stranger's.
void add_exchange_headers(Answer& answer);

// A 401 with the challenge of Exchange Online (Bearer with its parameters, then Basic). After a
// rejected token the Bearer challenge says error="invalid_token" (RFC 6750 section 3).
Answer exchange_challenge(const Request& request);

// The challenge when the request carries no credentials, nullopt when it may be answered. The lab
// believes every credential; a story that wants them rejected says so by the variant.
std::optional<Answer> unless_signed_in(const Request& request);

}  // namespace exotap::lab
