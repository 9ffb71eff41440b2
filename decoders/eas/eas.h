// Exchange ActiveSync: what phones, Outlook for iOS and Android, and Windows Mail speak (MS-ASHTTP,
// MS-ASCMD, MS-ASPROV, MS-ASWBXML). Each command is a POST; what became of it stands in the answer
// as Status elements at several levels, mostly under HTTP status 200. An answer without a body is
// legal: nothing changed, or the mail was sent.
//
// Names of folders, subjects, addresses and the policy key's value are never stated.
#pragma once

#include "decoders/decoder.h"

namespace exotap {

extern const Decoder kEasDecoder;

namespace fact {

inline constexpr FactSpec kEasCommand{"eas.command", FactType::text,
                                      "ActiveSync's command: Sync, Ping, Provision, ..."};
inline constexpr FactSpec kEasProtocolVersion{"eas.protocol_version", FactType::text,
                                              "version the client speaks: 2.5 to 16.1"};
inline constexpr FactSpec kEasQueryForm{"eas.query_form", FactType::text,
                                        "how the URL tells the command: plain or packed (Base64)"};
inline constexpr FactSpec kEasDeviceId{"eas.device_id", FactType::text,
                                       "the id by which the server knows the device"};
inline constexpr FactSpec kEasDeviceType{"eas.device_type", FactType::text,
                                         "kind of the device: iPhone, Outlook, WindowsMail, ..."};
inline constexpr FactSpec kEasPolicyKey{
    "eas.policy_key", FactType::text,
    "the client's proof that it applied the policies: present, zero (not yet) or absent"};
inline constexpr FactSpec kEasCollectionCount{"eas.collection_count", FactType::integer,
                                              "collections in the request"};
inline constexpr FactSpec kEasFolderCount{"eas.folder_count", FactType::integer,
                                          "folders the Ping watches"};
inline constexpr FactSpec kEasFirstSync{"eas.first_sync", FactType::boolean,
                                        "true: the request begins anew (synchronization key 0)"};
inline constexpr FactSpec kEasHeartbeatInterval{
    "eas.heartbeat_interval", FactType::integer,
    "seconds the client asks the server to wait for changes"};
inline constexpr FactSpec kEasWindowSize{"eas.window_size", FactType::integer,
                                         "changes the client takes at once"};
inline constexpr FactSpec kEasProvisioning{
    "eas.provisioning", FactType::text,
    "steps of provisioning in this exchange: policies_asked, policies_offered, acknowledged, "
    "confirmed, remote_wipe_requested, account_wipe_requested, wipe_reported; may repeat"};
inline constexpr FactSpec kEasPolicyType{"eas.policy_type", FactType::text,
                                         "kind of policies spoken of: MS-EAS-Provisioning-WBXML"};
inline constexpr FactSpec kEasClientStatus{
    "eas.client_status", FactType::integer,
    "what the client reports: 1 policies applied, 2 partly, 3 not, 4 by a third party; of a wipe "
    "1 done, 2 failed"};
inline constexpr FactSpec kDecodeEasError{"decode.eas.error", FactType::text,
                                          "what could not be read of an ActiveSync message"};

}  // namespace fact
}  // namespace exotap
