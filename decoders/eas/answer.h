// What ActiveSync's answer says: the status of each level in its body, and the fields of its head
// (MS-ASHTTP section 2.2.2.1, 2.2.4; MS-ASCMD section 2.2.2; MS-ASPROV section 3.2.5).
#pragma once

#include <string_view>

#include "capture/exchange.h"
#include "decoders/answer_failure.h"
#include "decoders/facts.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kEasStatusCode{"eas.status.code", FactType::integer,
                                         "each different status in the answer, in its order"};
inline constexpr FactSpec kEasStatusName{
    "eas.status.name", FactType::text, "each of these statuses by name; unknown where it has none"};
inline constexpr FactSpec kEasStatusPlace{
    "eas.status.place", FactType::text,
    "each of these statuses' place: Sync, Sync/Collections/Collection, ..."};
inline constexpr FactSpec kEasFailureScope{
    "eas.failure.scope", FactType::text,
    "with answer.failure of a status: how much each of them concerns: command, folder (a "
    "collection) or item (one message, address or attachment); may repeat"};
inline constexpr FactSpec kEasStatusCount{"eas.status.count", FactType::integer,
                                          "how many statuses the answer has in all"};
inline constexpr FactSpec kEasAsks{
    "eas.asks", FactType::text,
    "what the server wants of the client first: provision, folder_sync, whole_request, "
    "other_interval or other_server; clients do that by themselves"};
inline constexpr FactSpec kEasHttpMeaning{
    "eas.http_meaning", FactType::text,
    "what ActiveSync means by the answer's HTTP status, where that is no success"};
inline constexpr FactSpec kEasEmptyAnswer{
    "eas.empty_answer", FactType::boolean,
    "true: success without a body, as when nothing changed or mail was sent; else absent"};
inline constexpr FactSpec kEasPartCount{"eas.part_count", FactType::integer,
                                        "parts of an answer in several parts"};
inline constexpr FactSpec kEasMoreAvailable{"eas.more_available", FactType::boolean,
                                            "true: the server has more changes; else absent"};
inline constexpr FactSpec kEasChangedFolders{
    "eas.changed_folders", FactType::integer,
    "folders that changed, of a Ping's or FolderSync's answer"};
inline constexpr FactSpec kEasPolicyDemand{
    "eas.policy_demand", FactType::text,
    "what the policies offered want of the device: DevicePasswordEnabled=1, ...; may repeat"};
inline constexpr FactSpec kEasEstimate{"eas.estimate", FactType::integer,
                                       "items the server expects to send"};
inline constexpr FactSpec kEasIntervalLimit{
    "eas.interval_limit", FactType::integer,
    "the interval or number the server would take instead: seconds of a Ping, minutes of a Sync"};
inline constexpr FactSpec kEasMaxFolders{"eas.max_folders", FactType::integer,
                                         "how many folders the server watches at most"};
inline constexpr FactSpec kEasLocation{"eas.location", FactType::text,
                                       "X-MS-Location: the server to ask instead"};
inline constexpr FactSpec kEasVersionsChanged{
    "eas.versions_changed", FactType::text,
    "X-MS-RP: versions the server speaks now; the client is to look again"};
inline constexpr FactSpec kEasThrottle{"eas.throttle", FactType::text,
                                       "X-MS-ASThrottle: why the device is slowed down"};
inline constexpr FactSpec kEasCredentialUrl{"eas.credential_url", FactType::text,
                                            "X-MS-Credential-Service-Url: where to set a password"};
inline constexpr FactSpec kEasCredentialsExpire{
    "eas.credentials_expire", FactType::text,
    "X-MS-Credentials-Expire: when the password expires, as sent"};
inline constexpr FactSpec kEasVersionsOffered{"eas.versions_offered", FactType::text,
                                              "MS-ASProtocolVersions: what the server speaks"};
inline constexpr FactSpec kEasCommandsOffered{"eas.commands_offered", FactType::text,
                                              "MS-ASProtocolCommands: what the server can do"};
inline constexpr FactSpec kEasServerVersion{"eas.server_version", FactType::text,
                                            "MS-Server-ActiveSync: version of the server"};
inline constexpr FactSpec kEasUnknownElements{
    "eas.unknown_elements", FactType::integer,
    "elements of the answer whose token is not known: a newer protocol, or a damaged answer"};
inline constexpr FactSpec kEasMailboxGuid{
    "eas.mailbox_guid", FactType::text,
    "X-MailboxGuid: the mailbox exists, also where the answer is a refusal"};

}  // namespace fact

inline constexpr const FactSpec* kEasAnswerFacts[] = {
    &fact::kEasStatusCode,      &fact::kEasStatusName,
    &fact::kEasStatusPlace,     &fact::kEasFailureScope,
    &fact::kEasStatusCount,     &fact::kEasAsks,
    &fact::kEasHttpMeaning,     &fact::kEasEmptyAnswer,
    &fact::kEasPartCount,       &fact::kEasMoreAvailable,
    &fact::kEasChangedFolders,  &fact::kEasPolicyDemand,
    &fact::kEasEstimate,        &fact::kEasIntervalLimit,
    &fact::kEasMaxFolders,      &fact::kEasLocation,
    &fact::kEasVersionsChanged, &fact::kEasThrottle,
    &fact::kEasCredentialUrl,   &fact::kEasCredentialsExpire,
    &fact::kEasVersionsOffered, &fact::kEasCommandsOffered,
    &fact::kEasServerVersion,   &fact::kEasUnknownElements,
    &fact::kEasMailboxGuid,     &kAnswerFailure,
};

// States the answer's head and body. `command` is the request's, empty where it said none.
void state_eas_answer(const Message& answer, std::string_view command, Facts& facts);

}  // namespace exotap
