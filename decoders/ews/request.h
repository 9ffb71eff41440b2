// What an EWS request asks for and as whom (MS-OXWSCDATA: RequestServerVersion,
// ExchangeImpersonation; MS-OXWSNTIF: the kinds of subscriptions).
#pragma once

#include "capture/message.h"
#include "decoders/facts.h"

namespace exotap {

// Nothing is stated of a request that is no SOAP; a body that cannot be read is a fact.
void state_ews_request(const Message& request, Facts& facts);

namespace fact {

inline constexpr FactSpec kEwsOperation{
    "ews.operation", FactType::text,
    "what was asked for: GetFolder, GetUserAvailability, ...; from the body, else SOAPAction"};
inline constexpr FactSpec kEwsRequestVersion{"ews.request.version", FactType::text,
                                             "RequestServerVersion: the schema the client writes"};
inline constexpr FactSpec kEwsRequestItems{
    "ews.request.items", FactType::integer,
    "how many things were asked for at once: folders, items, mailboxes, subscriptions"};
inline constexpr FactSpec kEwsRequestFolder{
    "ews.request.folder", FactType::text,
    "well-known folder asked for: inbox, calendar, ...; may repeat"};
inline constexpr FactSpec kEwsRequestMailbox{
    "ews.request.mailbox", FactType::text,
    "whose well-known folder was asked for, where it is said: the user's own or a shared one"};
inline constexpr FactSpec kEwsImpersonatedKind{
    "ews.impersonated.kind", FactType::text,
    "how the impersonated user is named: PrincipalName, SID, PrimarySmtpAddress or SmtpAddress"};
inline constexpr FactSpec kEwsImpersonatedUser{"ews.impersonated.user", FactType::text,
                                               "in whose name the client wants to act"};
inline constexpr FactSpec kEwsAnchorMailbox{
    "ews.anchor_mailbox", FactType::text,
    "X-AnchorMailbox of the request: to whose server the front end is to route it"};
inline constexpr FactSpec kEwsSubscriptionKind{"ews.subscription.kind", FactType::text,
                                               "how to be notified: pull, push or streaming"};

}  // namespace fact

inline constexpr const FactSpec* kEwsRequestFacts[] = {
    &fact::kEwsOperation,        &fact::kEwsRequestVersion, &fact::kEwsRequestItems,
    &fact::kEwsRequestFolder,    &fact::kEwsRequestMailbox, &fact::kEwsImpersonatedKind,
    &fact::kEwsImpersonatedUser, &fact::kEwsAnchorMailbox,  &fact::kEwsSubscriptionKind,
};

}  // namespace exotap
