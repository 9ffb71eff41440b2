// What may be told about a SAML assertion without giving it away: who made it out, for whom, for
// how long, about whom, and the names of what it says (saml-core-1.1, saml-core-2.0-os sections
// 2.3 to 2.7), and with which certificate it is signed. Never the assertion, a signature or digest
// value; of attribute values only the two that Entra ID matches an account by: the UPN and the
// ImmutableID.
#pragma once

#include "decoders/facts.h"
#include "decoders/xml.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kSamlVersion{"saml.version", FactType::text, "1.1 or 2.0"};
inline constexpr FactSpec kSamlAssertionId{"saml.assertion_id", FactType::text,
                                           "the assertion's own id"};
inline constexpr FactSpec kSamlIssuer{"saml.issuer", FactType::text, "who made the assertion out"};
inline constexpr FactSpec kSamlIssueInstant{"saml.issue_instant", FactType::text,
                                            "when it was made out"};
inline constexpr FactSpec kSamlAudience{"saml.audience", FactType::text,
                                        "each audience it is made out to"};
inline constexpr FactSpec kSamlNotBefore{"saml.not_before", FactType::text,
                                         "the time it counts from"};
inline constexpr FactSpec kSamlNotOnOrAfter{"saml.not_on_or_after", FactType::text,
                                            "the time it no longer counts from"};
inline constexpr FactSpec kSamlNameId{"saml.name_id", FactType::text, "the subject's name"};
inline constexpr FactSpec kSamlNameIdFormat{"saml.name_id_format", FactType::text,
                                            "the format of that name, a URI"};
inline constexpr FactSpec kSamlAuthnMethod{"saml.authn_method", FactType::text,
                                           "how the subject signed in, a URI"};
inline constexpr FactSpec kSamlAttributeName{"saml.attribute_name", FactType::text,
                                             "the name of each attribute in it"};
inline constexpr FactSpec kSamlUpn{"saml.upn", FactType::text,
                                   "the user principal name it states, which Entra ID looks up"};
inline constexpr FactSpec kSamlImmutableId{"saml.immutable_id", FactType::text,
                                           "the ImmutableID it states, which Entra ID looks up"};
inline constexpr FactSpec kSamlSigned{"saml.signed", FactType::boolean,
                                      "whether the assertion carries a signature"};
inline constexpr FactSpec kSamlSignatureAlgorithm{"saml.signature_algorithm", FactType::text,
                                                  "rsa-sha256, rsa-sha1, ..."};
inline constexpr FactSpec kSamlAuthnInstant{"saml.authn_instant", FactType::text,
                                            "when the subject signed in"};
inline constexpr FactSpec kSamlConfirmation{
    "saml.confirmation", FactType::text,
    "how the bearer proves to be the subject: bearer, holder-of-key, sender-vouches"};
inline constexpr FactSpec kSamlRecipient{"saml.recipient", FactType::text,
                                         "the URL the assertion may be handed to"};
inline constexpr FactSpec kSamlConfirmedUntil{
    "saml.confirmed_until", FactType::text,
    "the time after which it may no longer be handed over (SubjectConfirmationData)"};
inline constexpr FactSpec kSamlConfirmedRequest{
    "saml.confirmed_request", FactType::text,
    "id of the request it may answer (InResponseTo of SubjectConfirmationData)"};
inline constexpr FactSpec kSamlCertificateSubject{
    "saml.certificate.subject", FactType::text,
    "subject of the certificate that comes with the signature, in RFC 4514 form"};
inline constexpr FactSpec kSamlCertificateIssuer{"saml.certificate.issuer", FactType::text,
                                                 "that certificate's issuer"};
inline constexpr FactSpec kSamlCertificateNotBefore{
    "saml.certificate.not_before", FactType::text,
    "when that certificate becomes valid (RFC 3339, UTC)"};
inline constexpr FactSpec kSamlCertificateNotAfter{"saml.certificate.not_after", FactType::text,
                                                   "when it expires (RFC 3339, UTC)"};
inline constexpr FactSpec kSamlCertificateThumbprint{
    "saml.certificate.thumbprint", FactType::text,
    "SHA-1 of that certificate, upper case hexadecimal, as AD FS and Entra ID list it"};
inline constexpr FactSpec kSamlCertificateSha256{"saml.certificate.sha256", FactType::text,
                                                 "SHA-256 of that certificate, hexadecimal"};
inline constexpr FactSpec kSamlEncrypted{
    "saml.encrypted", FactType::boolean,
    "true: the assertion came encrypted, nothing else is known"};

}  // namespace fact

// Facts that the functions below state, for the decoders that use them.
inline constexpr const FactSpec* kSamlFacts[] = {
    &fact::kSamlVersion,
    &fact::kSamlAssertionId,
    &fact::kSamlIssuer,
    &fact::kSamlIssueInstant,
    &fact::kSamlAudience,
    &fact::kSamlNotBefore,
    &fact::kSamlNotOnOrAfter,
    &fact::kSamlNameId,
    &fact::kSamlNameIdFormat,
    &fact::kSamlAuthnMethod,
    &fact::kSamlAttributeName,
    &fact::kSamlUpn,
    &fact::kSamlImmutableId,
    &fact::kSamlSigned,
    &fact::kSamlSignatureAlgorithm,
    &fact::kSamlEncrypted,
    &fact::kSamlAuthnInstant,
    &fact::kSamlConfirmation,
    &fact::kSamlRecipient,
    &fact::kSamlConfirmedUntil,
    &fact::kSamlConfirmedRequest,
    &fact::kSamlCertificateSubject,
    &fact::kSamlCertificateIssuer,
    &fact::kSamlCertificateNotBefore,
    &fact::kSamlCertificateNotAfter,
    &fact::kSamlCertificateThumbprint,
    &fact::kSamlCertificateSha256,
};

// What a Signature element says of itself and its certificate. Stated of the first one only: a
// message and the assertion in it may both be signed.
void state_saml_signature(XmlNode signature, Facts& facts);

// `assertion` is an Assertion element of either version; any other states nothing.
void state_saml_summary(XmlNode assertion, Facts& facts);

}  // namespace exotap
