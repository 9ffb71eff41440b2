// What a token service says: a RequestSecurityTokenResponse, alone or in a collection, a SOAP
// fault, or Entra ID's third way, a response without a token and without a fault (WS-Trust 1.3
// sections 3.2, 4.4 and 11; WS-Trust of February 2005).
//
// Reads an envelope, not an exchange: the same words come as WS-Federation's wresult.
#pragma once

#include "decoders/facts.h"
#include "decoders/xml.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kWstrustResponse{
    "wstrust.response", FactType::text,
    "RSTR, RSTRC (a collection), fault, or none where the answer is neither"};
inline constexpr FactSpec kWstrustVersion{"wstrust.version", FactType::text,
                                          "1.3 or 2005, by the namespace of the messages"};
inline constexpr FactSpec kWstrustAnswerAction{"wstrust.answer_action", FactType::text,
                                               "the answer's wsa:Action"};
inline constexpr FactSpec kWstrustRstrCount{"wstrust.rstr_count", FactType::integer,
                                            "how many responses the answer holds"};
inline constexpr FactSpec kWstrustTokenPresent{
    "wstrust.token_present", FactType::boolean,
    "whether a token was issued; false with a response and no fault is a silent failure"};
inline constexpr FactSpec kWstrustTokenCount{"wstrust.token_count", FactType::integer,
                                             "how many tokens were issued"};
inline constexpr FactSpec kWstrustTokenForm{"wstrust.token_form", FactType::text,
                                            "assertion, encrypted, binary or other"};
inline constexpr FactSpec kWstrustCreated{"wstrust.created", FactType::text,
                                          "Lifetime of the token: from"};
inline constexpr FactSpec kWstrustExpires{"wstrust.expires", FactType::text,
                                          "Lifetime of the token: until"};
inline constexpr FactSpec kWstrustAnswerTimestamp{"wstrust.answer_timestamp", FactType::text,
                                                  "the token service's clock, as its answer says"};
inline constexpr FactSpec kWstrustRequestType{"wstrust.request_type", FactType::text,
                                              "what was asked for, a URI ending in Issue"};
inline constexpr FactSpec kWstrustKeyType{
    "wstrust.key_type", FactType::text,
    "asked for, and granted where that differs: Bearer, NoProofKey, ..."};
inline constexpr FactSpec kWstrustTokenType{"wstrust.token_type", FactType::text,
                                            "asked for, and granted where that differs"};
inline constexpr FactSpec kWstrustAppliesTo{"wstrust.applies_to", FactType::text,
                                            "each party a token was asked for or made out to"};

}  // namespace fact

inline constexpr const FactSpec* kWstrustAnswerFacts[] = {
    &fact::kWstrustResponse,        &fact::kWstrustVersion,      &fact::kWstrustAnswerAction,
    &fact::kWstrustRstrCount,       &fact::kWstrustTokenPresent, &fact::kWstrustTokenCount,
    &fact::kWstrustTokenForm,       &fact::kWstrustCreated,      &fact::kWstrustExpires,
    &fact::kWstrustAnswerTimestamp, &fact::kWstrustRequestType,  &fact::kWstrustKeyType,
    &fact::kWstrustTokenType,       &fact::kWstrustAppliesTo,
};

// "1.3" or "2005" by a message's namespace or an endpoint's path; empty where neither shows.
[[nodiscard]] std::string_view ws_trust_version(std::string_view uri);

// The four properties a request and its response share.
void state_trust_terms(XmlNode request_or_response, Facts& facts);

// True where the envelope held a response or a fault. An envelope is any root that has one of
// them inside, also the response itself.
bool state_trust_answer(XmlNode envelope, Facts& facts);

}  // namespace exotap
