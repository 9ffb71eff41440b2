// What may be told about a SAML assertion without giving it away: who made it out, for whom, for
// how long, about whom, and the names of what it says (saml-core-1.1, saml-core-2.0-os sections
// 2.3 to 2.7). Never the assertion, a signature or digest value, nor a certificate; of attribute
// values only the two that Entra ID matches an account by: the UPN and the ImmutableID.
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
inline constexpr FactSpec kSamlEncrypted{
    "saml.encrypted", FactType::boolean,
    "true: the assertion came encrypted, nothing else is known"};

}  // namespace fact

// Facts that the functions below state, for the decoders that use them.
inline constexpr const FactSpec* kSamlFacts[] = {
    &fact::kSamlVersion,      &fact::kSamlAssertionId,   &fact::kSamlIssuer,
    &fact::kSamlIssueInstant, &fact::kSamlAudience,      &fact::kSamlNotBefore,
    &fact::kSamlNotOnOrAfter, &fact::kSamlNameId,        &fact::kSamlNameIdFormat,
    &fact::kSamlAuthnMethod,  &fact::kSamlAttributeName, &fact::kSamlUpn,
    &fact::kSamlImmutableId,  &fact::kSamlSigned,        &fact::kSamlSignatureAlgorithm,
    &fact::kSamlEncrypted,
};

// `assertion` is an Assertion element of either version; any other states nothing.
void state_saml_summary(XmlNode assertion, Facts& facts);

}  // namespace exotap
