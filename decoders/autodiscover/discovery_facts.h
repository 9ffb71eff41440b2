// Facts that more than one flavour of Autodiscover states: whatever the form of the message, the
// same thing said has the same name. Those of one flavour alone stand in its own header.
#pragma once

#include "decoders/facts.h"

namespace exotap::fact {

inline constexpr FactSpec kAutodiscoverPath{
    "autodiscover.path", FactType::boolean,
    "the request is for an autodiscover.xml, autodiscover.svc or autodiscover.json"};
inline constexpr FactSpec kAutodiscoverFlavour{
    "autodiscover.flavour", FactType::text,
    "pox (Outlook's XML), eas (ActiveSync's XML), soap, json_v1, json_v2 or http_redirect (a GET "
    "in clear that asks for a redirect only)"};
inline constexpr FactSpec kAutodiscoverOperation{
    "autodiscover.operation", FactType::text,
    "what a SOAP request asks for: GetUserSettings, GetDomainSettings, GetFederationInformation"};
inline constexpr FactSpec kAutodiscoverAnsweredBy{
    "autodiscover.answered_by", FactType::text,
    "exchange; web_site where a web page came instead; other where it was something else"};
inline constexpr FactSpec kAutodiscoverResponder{
    "autodiscover.responder", FactType::text,
    "where no Exchange answered: the product that did, by its marks: wordpress, cpanel, plesk, "
    "apache, nginx, mail_panel, sign_in_page, captive_portal, ..."};
inline constexpr FactSpec kAutodiscoverTruncated{
    "autodiscover.truncated", FactType::boolean,
    "true: the answer's end is missing, and the facts are of the part that came; else absent"};

inline constexpr FactSpec kAutodiscoverRequestEmail{
    "autodiscover.request.email", FactType::text,
    "the address that settings were asked for; may repeat"};
inline constexpr FactSpec kAutodiscoverRequestMapiHttp{
    "autodiscover.request.mapi_http", FactType::boolean,
    "the client said it can speak MAPI over HTTP (X-MapiHttpCapability)"};
inline constexpr FactSpec kAutodiscoverRequestCanHandle{
    "autodiscover.request.can_handle", FactType::text,
    "what else the client said it can use (X-ClientCanHandle): Negotiate, ExHttpInfo"};

inline constexpr FactSpec kAutodiscoverResponseAction{
    "autodiscover.response.action", FactType::text,
    "settings, redirectAddr, redirectUrl, or httpRedirect (by the answer's status and Location)"};
inline constexpr FactSpec kAutodiscoverRedirectAddress{
    "autodiscover.redirect_address", FactType::text, "the address to start again with"};
inline constexpr FactSpec kAutodiscoverRedirectUrl{"autodiscover.redirect_url", FactType::text,
                                                   "the URL to ask instead"};

inline constexpr FactSpec kAutodiscoverErrorName{
    "autodiscover.error.name", FactType::text,
    "SOAP's or JSON's ErrorCode of what failed: InvalidUser, ServerBusy, ProtocolNotSupported"};
inline constexpr FactSpec kAutodiscoverErrorMessage{"autodiscover.error.message", FactType::text,
                                                    "the error's message"};

inline constexpr FactSpec kAutodiscoverSmtpAddress{"autodiscover.smtp_address", FactType::text,
                                                   "the mailbox's primary address"};
inline constexpr FactSpec kAutodiscoverLegacyDn{"autodiscover.legacy_dn", FactType::text,
                                                "the mailbox's LegacyDN"};
inline constexpr FactSpec kAutodiscoverDisplayName{"autodiscover.display_name", FactType::text,
                                                   "the mailbox's display name"};
inline constexpr FactSpec kAutodiscoverMapiHttp{
    "autodiscover.mapi_http", FactType::boolean,
    "with settings for Outlook: whether MAPI over HTTP is offered; it is only to who asked for it"};
inline constexpr FactSpec kAutodiscoverAlternateMailbox{
    "autodiscover.alternate_mailbox", FactType::text,
    "the kind of each further mailbox that belongs to this one: Archive, Delegate, TeamMailbox"};
inline constexpr FactSpec kAutodiscoverProtocolType{
    "autodiscover.protocol.type", FactType::text,
    "each protocol offered, in order: EXCH, EXPR, EXHTTP, mapiHttp, WEB, MobileSync, IMAP, or "
    "JSON's Protocol"};
inline constexpr FactSpec kAutodiscoverUrl{"autodiscover.url", FactType::text,
                                           "every URL offered: \"EwsUrl=https://...\""};

}  // namespace exotap::fact
