// What TLS with the server came to, and the certificate it sent, where it sent one (RFC 8446,
// RFC 5280). Runs where a ClientHello was seen or sent. Certificate facts other than
// tls.certificate.received stand only beside a received certificate.
#pragma once

#include "decoders/decoder.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kTlsVersion{"tls.version", FactType::text,
                                      "version agreed with the server, \"1.3\""};
inline constexpr FactSpec kTlsCipher{"tls.cipher", FactType::text,
                                     "cipher suite agreed with the server"};
inline constexpr FactSpec kTlsNextProtocol{"tls.next_protocol", FactType::text,
                                           "application protocol agreed with the server (ALPN)"};
inline constexpr FactSpec kTlsClientServerName{"tls.client.server_name", FactType::text,
                                               "server name in the client's ClientHello (SNI)"};
inline constexpr FactSpec kTlsClientMaxVersion{"tls.client.max_version", FactType::text,
                                               "highest version the client offered"};
inline constexpr FactSpec kTlsResumed{
    "tls.resumed", FactType::boolean,
    "the server leg resumed an earlier session: no certificate came this time"};
inline constexpr FactSpec kTlsEstablished{"tls.established", FactType::boolean,
                                          "the handshake with the server finished"};
inline constexpr FactSpec kTlsAlert{"tls.alert", FactType::text,
                                    "alert received from the server, by RFC 8446 name"};
inline constexpr FactSpec kTlsClientAlert{
    "tls.client.alert", FactType::text,
    "alert received from the client, about the certificate exotap showed it"};
inline constexpr FactSpec kTlsCertificateReceived{
    "tls.certificate.received", FactType::boolean,
    "the server sent a certificate on this connection: no statement about one without it"};
inline constexpr FactSpec kTlsCertificateProblem{
    "tls.certificate.problem", FactType::text,
    "expired, not_yet_valid, wrong_name, self_signed, untrusted_issuer, incomplete_chain, "
    "wrong_usage, weak, revoked or other; may repeat"};
inline constexpr FactSpec kTlsCertificateDetail{"tls.certificate.detail", FactType::text,
                                                "the first problem in OpenSSL's words"};
inline constexpr FactSpec kTlsCertificateChainLength{
    "tls.certificate.chain_length", FactType::integer, "certificates the server sent"};
inline constexpr FactSpec kTlsCertificateSelfSigned{
    "tls.certificate.self_signed", FactType::boolean, "the leaf is its own issuer"};
inline constexpr FactSpec kTlsCertificateIsCa{"tls.certificate.is_ca", FactType::boolean,
                                              "the leaf is a certificate authority's"};
inline constexpr FactSpec kTlsCertificateDaysLeft{
    "tls.certificate.days_left", FactType::integer,
    "whole days until the leaf expires; negative when it has expired"};
inline constexpr FactSpec kTlsOcspStatus{
    "tls.ocsp.status", FactType::text,
    "what the server stapled about its certificate (OCSP): good, revoked, unknown (to its "
    "authority), other (no answer about this certificate) or unreadable; absent without a staple"};
inline constexpr FactSpec kTlsOcspVerified{
    "tls.ocsp.verified", FactType::boolean,
    "the stapled revocation is signed by the certificate's authority"};
inline constexpr FactSpec kTlsOcspThisUpdate{"tls.ocsp.this_update", FactType::text,
                                             "since when the staple holds (RFC 3339, UTC)"};
inline constexpr FactSpec kTlsOcspNextUpdate{"tls.ocsp.next_update", FactType::text,
                                             "until when the staple holds (RFC 3339, UTC)"};
inline constexpr FactSpec kTlsOcspRevokedAt{
    "tls.ocsp.revoked_at", FactType::text,
    "when the certificate was revoked, as the staple says (RFC 3339, UTC)"};
inline constexpr FactSpec kTlsOcspReason{
    "tls.ocsp.reason", FactType::text,
    "why it was revoked, by RFC 5280 name (keyCompromise, superseded, ...)"};
inline constexpr FactSpec kX509SubjectCommonName{"x509.subject.common_name", FactType::text,
                                                 "common name of the leaf's subject"};
inline constexpr FactSpec kX509SubjectOrganization{"x509.subject.organization", FactType::text,
                                                   "organisation of the leaf's subject"};
inline constexpr FactSpec kX509IssuerCommonName{"x509.issuer.common_name", FactType::text,
                                                "common name of the leaf's issuer"};
inline constexpr FactSpec kX509IssuerOrganization{"x509.issuer.organization", FactType::text,
                                                  "organisation of the leaf's issuer"};
inline constexpr FactSpec kX509IssuerDistinguishedName{
    "x509.issuer.distinguished_name", FactType::text, "issuer of the leaf in RFC 4514 form"};
inline constexpr FactSpec kX509AlternativeNames{
    "x509.alternative_names", FactType::text,
    "a name or address the leaf is for; may repeat, the first 128"};
inline constexpr FactSpec kX509NotBefore{"x509.not_before", FactType::text,
                                         "when the leaf becomes valid (RFC 3339, UTC)"};
inline constexpr FactSpec kX509NotAfter{"x509.not_after", FactType::text,
                                        "when the leaf expires (RFC 3339, UTC)"};
inline constexpr FactSpec kX509SerialNumber{"x509.serial_number", FactType::text,
                                            "serial number of the leaf, hexadecimal"};
inline constexpr FactSpec kX509PublicKeyAlgorithm{"x509.public_key_algorithm", FactType::text,
                                                  "kind of the leaf's key: EC, RSA, ..."};
inline constexpr FactSpec kX509PublicKeySize{"x509.public_key_size", FactType::integer,
                                             "bits of the leaf's key"};
inline constexpr FactSpec kX509SignatureAlgorithm{"x509.signature_algorithm", FactType::text,
                                                  "how the leaf is signed"};
inline constexpr FactSpec kTlsServerHashSha256{
    "tls.server.hash.sha256", FactType::text,
    "SHA-256 of the leaf's DER, hexadecimal: the same certificate has the same hash"};

}  // namespace fact

extern const Decoder kTlsDecoder;

}  // namespace exotap
