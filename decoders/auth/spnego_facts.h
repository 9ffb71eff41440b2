// What SPNEGO's tokens, and NEGOEX's in them, say as facts.
#pragma once

#include "decoders/auth_token.h"
#include "decoders/facts.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kSpnegoMechanism{
    "spnego.mechanism", FactType::text,
    "mechanism the client offers, in its order: kerberos, ms_kerberos, ntlm, negoex, user_to_user, "
    "pku2u, iakerb or an object identifier; may repeat"};
inline constexpr FactSpec kSpnegoMechanismMic{
    "spnego.mechanism_mic", FactType::boolean,
    "true: the client protects its offer against changes (mechListMIC); else absent"};
inline constexpr FactSpec kSpnegoState{
    "spnego.state", FactType::text,
    "the server's negState: accept_completed, accept_incomplete, reject or request_mic"};
inline constexpr FactSpec kSpnegoChosen{"spnego.chosen_mechanism", FactType::text,
                                        "mechanism the server chose, named as in spnego.mechanism"};
inline constexpr FactSpec kSpnegoServerMic{
    "spnego.server_mic", FactType::boolean,
    "true: the server's token carries a mechListMIC; else absent"};
inline constexpr FactSpec kSpnegoServerMechanism{
    "spnego.server_mechanism", FactType::text,
    "mechanism the server offers of its own accord (NegTokenInit2), named as in spnego.mechanism; "
    "may repeat"};
inline constexpr FactSpec kSpnegoHint{"spnego.hint", FactType::text,
                                      "hint name in the server's own offer"};
inline constexpr FactSpec kNegoexMessage{"negoex.message", FactType::text,
                                         "message of the client's NEGOEX token: initiator_nego, "
                                         "initiator_meta_data, ap_request, verify, "
                                         "alert; may repeat"};
inline constexpr FactSpec kNegoexScheme{
    "negoex.scheme", FactType::text,
    "authentication scheme the client's NEGOEX offers: pku2u or a GUID; may repeat"};
inline constexpr FactSpec kNegoexServerMessage{
    "negoex.server.message", FactType::text,
    "message of the server's NEGOEX token: acceptor_nego, acceptor_meta_data, challenge, verify, "
    "alert; may repeat"};
inline constexpr FactSpec kNegoexServerScheme{
    "negoex.server.scheme", FactType::text,
    "authentication scheme the server's NEGOEX offers: pku2u or a GUID; may repeat"};

}  // namespace fact

// A token of the client's, and one of the server's.
void state_client_spnego(const AuthToken& token, Facts& facts);
void state_server_spnego(const AuthToken& token, Facts& facts);

}  // namespace exotap
