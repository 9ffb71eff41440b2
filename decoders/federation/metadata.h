// Federation metadata: the document in which a federation server, or whoever trusts it, says with
// which certificates it signs and where it is reached (saml-metadata-2.0-os sections 2.3 and 2.4,
// WS-Federation 1.2 section 3.1). Served as FederationMetadata/2007-06/FederationMetadata.xml by
// AD FS and Entra ID. A relying party that reads it too late rejects every token after a
// certificate's rollover.
//
// The certificates' facts stand in the same order: the n-th use belongs to the n-th subject.
#pragma once

#include <string_view>

#include "decoders/decoder.h"

namespace exotap {

extern const Decoder kFederationMetadataDecoder;

// `path` is without query.
[[nodiscard]] bool is_federation_metadata_path(std::string_view path);

namespace fact {

inline constexpr FactSpec kMetadataEntity{"federation.metadata.entity", FactType::text,
                                          "entityID: the name tokens carry as their issuer"};
inline constexpr FactSpec kMetadataRole{
    "federation.metadata.role", FactType::text,
    "each role: SecurityTokenServiceType, ApplicationServiceType, IDPSSODescriptor, "
    "SPSSODescriptor"};
inline constexpr FactSpec kMetadataDisplayName{"federation.metadata.display_name", FactType::text,
                                               "the server's name for people"};
inline constexpr FactSpec kMetadataPassiveUrl{"federation.metadata.passive_url", FactType::text,
                                              "each address for WS-Federation in the browser"};
inline constexpr FactSpec kMetadataActiveUrl{"federation.metadata.active_url", FactType::text,
                                             "each address for WS-Trust"};
inline constexpr FactSpec kMetadataSsoUrl{"federation.metadata.sso_url", FactType::text,
                                          "each address for SAML: \"HTTP-POST https://...\""};
inline constexpr FactSpec kMetadataLogoutUrl{"federation.metadata.logout_url", FactType::text,
                                             "each address for signing out by SAML"};
inline constexpr FactSpec kMetadataAcsUrl{
    "federation.metadata.acs_url", FactType::text,
    "each address that takes answers by SAML: \"HTTP-POST https://...\""};
inline constexpr FactSpec kMetadataValidUntil{"federation.metadata.valid_until", FactType::text,
                                              "until when the document counts"};
inline constexpr FactSpec kMetadataKeyCount{"federation.metadata.key_count", FactType::integer,
                                            "KeyDescriptors of all roles"};
inline constexpr FactSpec kMetadataCertificateCount{
    "federation.metadata.certificate_count", FactType::integer,
    "certificates in the document, that of its own signature included"};
inline constexpr FactSpec kMetadataSigningCount{
    "federation.metadata.signing_certificates", FactType::integer,
    "different certificates for signing; two stand side by side around a rollover"};
inline constexpr FactSpec kMetadataSigned{"federation.metadata.signed", FactType::boolean,
                                          "whether the document is signed itself"};
inline constexpr FactSpec kMetadataCertificateUse{
    "federation.metadata.certificate.use", FactType::text,
    "what each different certificate is for: signing, encryption, both, or document (it signs only "
    "the document)"};
inline constexpr FactSpec kMetadataCertificateSubject{
    "federation.metadata.certificate.subject", FactType::text, "its subject, in RFC 4514 form"};
inline constexpr FactSpec kMetadataCertificateIssuer{"federation.metadata.certificate.issuer",
                                                     FactType::text, "its issuer"};
inline constexpr FactSpec kMetadataCertificateNotBefore{
    "federation.metadata.certificate.not_before", FactType::text,
    "when it becomes valid (RFC 3339, UTC)"};
inline constexpr FactSpec kMetadataCertificateNotAfter{
    "federation.metadata.certificate.not_after", FactType::text, "when it expires (RFC 3339, UTC)"};
inline constexpr FactSpec kMetadataCertificateThumbprint{
    "federation.metadata.certificate.thumbprint", FactType::text,
    "its SHA-1, upper case hexadecimal, as AD FS and Entra ID list it"};
inline constexpr FactSpec kMetadataCertificateSha256{"federation.metadata.certificate.sha256",
                                                     FactType::text, "its SHA-256, hexadecimal"};
inline constexpr FactSpec kMetadataSigningNotAfter{
    "federation.metadata.signing_not_after", FactType::text,
    "when the last of the signing certificates expires (RFC 3339, UTC)"};
inline constexpr FactSpec kMetadataSigningDaysLeft{
    "federation.metadata.signing_days_left", FactType::integer,
    "whole days until the last of the signing certificates expires; negative when all have"};
inline constexpr FactSpec kDecodeFederationMetadataError{
    "decode.federation_metadata.error", FactType::text,
    "what could not be read of a federation metadata document"};

}  // namespace fact
}  // namespace exotap
