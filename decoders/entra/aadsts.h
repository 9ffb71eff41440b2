// Short names for the numbers in which Entra ID reports a refusal (AADSTS50126), as Microsoft's
// "Microsoft Entra authentication and authorization error codes" lists them. Microsoft says the
// numbers may change: they are for people and for hints; programs go by OAuth's `error`.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "decoders/facts.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kAadstsCode{"aadsts.code", FactType::integer,
                                      "Entra ID's error number: 50126 of AADSTS50126"};

inline constexpr FactSpec kAadstsName{
    "aadsts.name", FactType::text,
    "Microsoft's name for an aadsts.code: InvalidUserNameOrPassword; one for each known code"};
inline constexpr FactSpec kAadstsText{"aadsts.text", FactType::text,
                                      "Entra ID's sentence with the number in it"};

}  // namespace fact

inline constexpr std::size_t kMaxAadstsCodes = 8;  // read from one text

// "InvalidUserNameOrPassword" for 50126; empty where the list has no name for it.
[[nodiscard]] std::string_view aadsts_name(std::int64_t code);

// Numbers that are an ordinary step wherever they appear: nobody is signed in yet, a question is
// put to the user, or the user has not yet answered on another device.
[[nodiscard]] bool is_aadsts_step(std::int64_t code);

// Numbers with which a page asks its user for something more: an account, a second factor, a
// device. On a page they are a step; elsewhere they say that a page is needed.
[[nodiscard]] bool is_aadsts_interrupt(std::int64_t code);

// Every number of "AADSTS70002: ... AADSTS50126: ...", in order, each once.
[[nodiscard]] std::vector<std::int64_t> aadsts_codes(std::string_view text);

// States aadsts.code and aadsts.name, each once.
void state_aadsts(std::int64_t code, Facts& facts);

}  // namespace exotap
