// An exchange in the words of a help desk: what it was for, how it ended, how long it took.
#pragma once

#include <string>
#include <string_view>

#include "app/console/style.h"
#include "capture/exchange.h"
#include "decoders/facts.h"

namespace exotap {

// "Autodiscover", "sign-in (WS-Trust)", "mail (MAPI)"; "connection" for a CONNECT, for what
// concerns neither mail nor sign-in the service's name: "Microsoft Graph". Empty where nothing is
// known.
[[nodiscard]] std::string_view purpose_of(const Facts& facts);

// What failed, in two or three words: "refused", "no such name", "bad certificate"; empty where
// nothing did.
[[nodiscard]] std::string_view fault_words(const Facts& facts);

// What failed inside an answer whose status says that all went well: "ErrorServerBusy"; empty where
// nothing did.
[[nodiscard]] std::string_view hidden_failure(const Facts& facts);

// "200", "tunnel", "wait", "FAIL" for what never got an answer; four columns at most.
[[nodiscard]] std::string_view status_word(const Facts& facts);
[[nodiscard]] Tone status_tone(const Facts& facts);

// A failure that counts: mail or sign-in, and not a client that hung up.
[[nodiscard]] bool is_failure(const Facts& facts);

// "84 ms", "1.2 s", "21 s", "3 min"; six columns at most.
[[nodiscard]] std::string duration_words(Nanoseconds duration);

}  // namespace exotap
