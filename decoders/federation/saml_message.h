// A SAML message of the browser's profiles: who asks whom for what, and what was answered
// (saml-core-2.0-os sections 3.2, 3.4, 3.7; saml-core-1.1 section 3.4 for a Response of SAML 1.1).
// The assertion inside is saml_summary.h's business.
//
// Pure; nothing throws but for memory.
#pragma once

#include <string>
#include <string_view>

#include "decoders/facts.h"
#include "decoders/xml.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kSamlMessageType{"saml.message.type", FactType::text,
                                           "AuthnRequest, Response, LogoutRequest, LogoutResponse, "
                                           "...; one a message, the request's first"};
inline constexpr FactSpec kSamlMessageBinding{
    "saml.message.binding", FactType::text,
    "how each message came: redirect (in a URL), post (in a form) or page (a form that is to post "
    "itself)"};
inline constexpr FactSpec kSamlMessageVersion{"saml.message.version", FactType::text,
                                              "each message's version: 2.0, 1.1"};
inline constexpr FactSpec kSamlMessageId{"saml.message.id", FactType::text, "each message's id"};
inline constexpr FactSpec kSamlMessageIssuer{"saml.message.issuer", FactType::text,
                                             "who wrote each message"};
inline constexpr FactSpec kSamlMessageIssueInstant{"saml.message.issue_instant", FactType::text,
                                                   "when each message was written"};
inline constexpr FactSpec kSamlMessageDestination{"saml.message.destination", FactType::text,
                                                  "the URL each message was written for"};
inline constexpr FactSpec kSamlMessageInResponseTo{"saml.message.in_response_to", FactType::text,
                                                   "id of the request that is answered"};
inline constexpr FactSpec kSamlMessageSigned{"saml.message.signed", FactType::boolean,
                                             "whether each message is signed itself"};
inline constexpr FactSpec kSamlMessageSignatureAlgorithm{
    "saml.message.signature_algorithm", FactType::text,
    "of each signed message: rsa-sha256, rsa-sha1, ..."};
inline constexpr FactSpec kSamlDestinationMatches{
    "saml.message.destination_matches", FactType::boolean,
    "whether a message goes where its Destination says"};
inline constexpr FactSpec kSamlStatusCode{
    "saml.status.code", FactType::text,
    "how it went: Success, Requester, Responder or VersionMismatch"};
inline constexpr FactSpec kSamlStatusSubcode{
    "saml.status.subcode", FactType::text,
    "each second-level code: AuthnFailed, NoAuthnContext, RequestDenied, ..."};
inline constexpr FactSpec kSamlStatusMeaning{"saml.status.meaning", FactType::text,
                                             "the most exact of these codes in plain words"};
inline constexpr FactSpec kSamlStatusIssuer{"saml.status.issuer", FactType::text, "who says so"};
inline constexpr FactSpec kSamlStatusMessage{"saml.status.message", FactType::text,
                                             "the sentence beside the code"};
inline constexpr FactSpec kSamlStatusDetail{"saml.status.detail", FactType::text,
                                            "what StatusDetail says in words"};
inline constexpr FactSpec kSamlAssertionCount{"saml.assertion_count", FactType::integer,
                                              "assertions in a Response, encrypted ones included"};
inline constexpr FactSpec kSamlRequestAcsUrl{"saml.request.acs_url", FactType::text,
                                             "where the answer is to be sent"};
inline constexpr FactSpec kSamlRequestBinding{"saml.request.binding", FactType::text,
                                              "how the answer is to be sent: HTTP-POST, ..."};
inline constexpr FactSpec kSamlRequestNameIdFormat{"saml.request.name_id_format", FactType::text,
                                                   "the kind of name asked for, a URI"};
inline constexpr FactSpec kSamlRequestAuthnContext{"saml.request.authn_context", FactType::text,
                                                   "each way of signing in asked for, a URI"};
inline constexpr FactSpec kSamlRequestComparison{
    "saml.request.comparison", FactType::text,
    "how that is meant: exact, minimum, better, maximum"};
inline constexpr FactSpec kSamlRequestForceAuthn{"saml.request.force_authn", FactType::boolean,
                                                 "true: the user is to sign in anew; else absent"};
inline constexpr FactSpec kSamlRequestPassive{"saml.request.passive", FactType::boolean,
                                              "true: the user is not to be asked; else absent"};

}  // namespace fact

inline constexpr const FactSpec* kSamlMessageFacts[] = {
    &fact::kSamlMessageType,         &fact::kSamlMessageBinding,
    &fact::kSamlMessageVersion,      &fact::kSamlMessageId,
    &fact::kSamlMessageIssuer,       &fact::kSamlMessageIssueInstant,
    &fact::kSamlMessageDestination,  &fact::kSamlMessageInResponseTo,
    &fact::kSamlMessageSigned,       &fact::kSamlMessageSignatureAlgorithm,
    &fact::kSamlDestinationMatches,  &fact::kSamlStatusCode,
    &fact::kSamlStatusSubcode,       &fact::kSamlStatusMeaning,
    &fact::kSamlStatusIssuer,        &fact::kSamlStatusMessage,
    &fact::kSamlStatusDetail,        &fact::kSamlAssertionCount,
    &fact::kSamlRequestAcsUrl,       &fact::kSamlRequestBinding,
    &fact::kSamlRequestNameIdFormat, &fact::kSamlRequestAuthnContext,
    &fact::kSamlRequestComparison,   &fact::kSamlRequestForceAuthn,
    &fact::kSamlRequestPassive,
};

struct SamlOutcome {
  bool is_message = false;
  std::string
      failure;  // empty, or what a Response says failed: "SAML status Responder, AuthnFailed"
  std::string destination;  // the message's own, as it came
};

// Finds the message at or below `root` (SOAP bodies too), and states it and the first assertion of
// a Response. `outer_algorithm` is SigAlg of a message whose signature stands beside it in the URL
// (saml-bindings-2.0-os section 3.4.4.1), else empty.
SamlOutcome state_saml_message(XmlNode root, std::string_view outer_algorithm, Facts& facts);

}  // namespace exotap
