// WS-Federation's passive sign-in: a relying party sends the browser to the token service with a
// question in the URL, and gets the answer posted by a page of the token service's (MS-MWBF
// sections 2.2.3 to 2.2.6 and 3.1.5.2, MS-MWBE section 2.2.2, WS-Federation 1.2 section 13).
//
// wreq, the request for a token that the question may hold, is stated by wstrust.key_type and its
// like. wresult is read by wstrust_answer.h and stated by its facts: WS-Federation puts the same
// RequestSecurityTokenResponse, or SOAP fault, into it. wctx is opaque and may hold a token: it is
// seen only as being there.
#pragma once

#include <string>

#include "decoders/facts.h"
#include "decoders/federation/passive_parameters.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kWsfedMessage{
    "wsfed.message", FactType::text,
    "sign_in_request, sign_in_answer (with a result), sign_out, sign_out_cleanup or other; one a "
    "message, the request's first"};
inline constexpr FactSpec kWsfedBinding{
    "wsfed.binding", FactType::text,
    "how each message came: redirect (in a URL), post (in a form) or page (a form that is to post "
    "itself)"};
inline constexpr FactSpec kWsfedAction{"wsfed.action", FactType::text,
                                       "wa of each message: wsignin1.0, wsignout1.0, ..."};
inline constexpr FactSpec kWsfedRealm{"wsfed.realm", FactType::text,
                                      "wtrealm: the relying party a token is asked for"};
inline constexpr FactSpec kWsfedReply{
    "wsfed.reply", FactType::text,
    "wreply: where the answer is to go (secrets of the query removed)"};
inline constexpr FactSpec kWsfedTime{"wsfed.time", FactType::text,
                                     "wct: the relying party's clock when it asked"};
inline constexpr FactSpec kWsfedAuth{"wsfed.auth", FactType::text,
                                     "wauth: the way of signing in asked for, a URI"};
inline constexpr FactSpec kWsfedHomeRealm{"wsfed.home_realm", FactType::text,
                                          "whr: the token service the user is at home with"};
inline constexpr FactSpec kWsfedFreshness{
    "wsfed.freshness", FactType::text,
    "wfresh: how old the sign-in may be, in minutes; 0 asks anew"};
inline constexpr FactSpec kWsfedPolicy{"wsfed.policy", FactType::text,
                                       "wp: URL of the policy the answer is to follow"};
inline constexpr FactSpec kWsfedUser{"wsfed.user", FactType::text,
                                     "username or login_hint: whom the page is to ask for"};
inline constexpr FactSpec kWsfedPrompt{"wsfed.prompt", FactType::text,
                                       "prompt: login asks for the password anew"};
inline constexpr FactSpec kWsfedContextPresent{"wsfed.context_present", FactType::boolean,
                                               "whether there was a context (wctx)"};
inline constexpr FactSpec kWsfedResultPointer{
    "wsfed.result_pointer", FactType::boolean,
    "true: the result is only referred to (wresultptr); else absent"};
inline constexpr FactSpec kWsfedResultSplit{
    "wsfed.result_split", FactType::text,
    "which part of a result that is split over several URLs: \"at byte 0 of 5512\""};

}  // namespace fact

inline constexpr const FactSpec* kWsfedFacts[] = {
    &fact::kWsfedMessage,        &fact::kWsfedBinding,       &fact::kWsfedAction,
    &fact::kWsfedRealm,          &fact::kWsfedReply,         &fact::kWsfedTime,
    &fact::kWsfedAuth,           &fact::kWsfedHomeRealm,     &fact::kWsfedFreshness,
    &fact::kWsfedPolicy,         &fact::kWsfedUser,          &fact::kWsfedPrompt,
    &fact::kWsfedContextPresent, &fact::kWsfedResultPointer, &fact::kWsfedResultSplit,
};

struct WsfedOutcome {
  bool is_message = false;
  std::string
      failure;        // empty, or what the result says failed: "WS-Federation fault RequestFailed"
  std::string error;  // empty, or what could not be read
};

WsfedOutcome state_ws_federation(const PassiveParameters& parameters, Facts& facts);

}  // namespace exotap
