#include "decoders/signin/saml_summary.h"

#include <string>
#include <string_view>

#include "capture/message.h"
#include "decoders/federation/signing_certificate.h"
#include "decoders/secret_query.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxAudiences = 8;
constexpr std::size_t kMaxAttributes = 64;
// A name longer than this is none: it may be a token in the wrong place.
constexpr std::size_t kMaxName = 256;

void add_name(const FactSpec& spec, std::string_view name, Facts& facts) {
  if (name.size() <= kMaxName) facts.add_if(spec, name);
}

std::string first_of(std::string a, std::string b) { return a.empty() ? b : a; }

// What follows the "#" or the last "/" of an algorithm's or claim's URI.
std::string_view short_name(std::string_view uri) {
  const std::size_t mark = uri.find_last_of("#/");
  return mark == std::string_view::npos ? uri : uri.substr(mark + 1);
}

void state_head(XmlNode assertion, Facts& facts) {
  const std::string major = assertion.attribute("MajorVersion");
  const std::string version = major.empty() ? assertion.attribute("Version")
                                            : major + "." + assertion.attribute("MinorVersion");
  facts.add_if(fact::kSamlVersion, version);
  facts.add_if(fact::kSamlAssertionId,
               first_of(assertion.attribute("AssertionID"), assertion.attribute("ID")));
  facts.add_if(fact::kSamlIssuer,
               first_of(assertion.attribute("Issuer"), assertion.text_of("Issuer")));
  facts.add_if(fact::kSamlIssueInstant, assertion.attribute("IssueInstant"));
}

void state_conditions(XmlNode conditions, Facts& facts) {
  facts.add_if(fact::kSamlNotBefore, conditions.attribute("NotBefore"));
  facts.add_if(fact::kSamlNotOnOrAfter, conditions.attribute("NotOnOrAfter"));
  std::size_t count = 0;
  for (const XmlNode audience : conditions.all("Audience")) {
    if (count++ == kMaxAudiences) break;
    facts.add_if(fact::kSamlAudience, audience.text());
  }
}

void state_subject(XmlNode assertion, Facts& facts) {
  XmlNode name = assertion.find("NameIdentifier");
  if (!name) name = assertion.find("NameID");
  add_name(fact::kSamlNameId, name.text(), facts);
  facts.add_if(fact::kSamlNameIdFormat, name.attribute("Format"));
  facts.add_if(fact::kSamlAuthnMethod,
               first_of(assertion.find("AuthenticationStatement").attribute("AuthenticationMethod"),
                        assertion.find("AuthnContextClassRef").text()));
  facts.add_if(
      fact::kSamlAuthnInstant,
      first_of(assertion.find("AuthenticationStatement").attribute("AuthenticationInstant"),
               assertion.find("AuthnStatement").attribute("AuthnInstant")));
}

void state_confirmation(XmlNode confirmation, Facts& facts) {
  const std::string method =
      first_of(confirmation.attribute("Method"), confirmation.text_of("ConfirmationMethod"));
  facts.add_if(fact::kSamlConfirmation, std::string_view(method).substr(method.rfind(':') + 1));
  const XmlNode data = confirmation.child("SubjectConfirmationData");
  facts.add_if(fact::kSamlRecipient, shown_url(data.attribute("Recipient")));
  facts.add_if(fact::kSamlConfirmedUntil, data.attribute("NotOnOrAfter"));
  facts.add_if(fact::kSamlConfirmedRequest, data.attribute("InResponseTo"));
}

void state_attributes(XmlNode assertion, Facts& facts) {
  std::size_t count = 0;
  for (const XmlNode attribute : assertion.all("Attribute")) {
    if (count++ == kMaxAttributes) break;
    const std::string name =
        first_of(attribute.attribute("AttributeName"), attribute.attribute("Name"));
    facts.add_if(fact::kSamlAttributeName, name);
    const std::string_view claim = short_name(name);
    if (equal_ignoring_case(claim, "UPN") || equal_ignoring_case(claim, "IDPEmail")) {
      add_name(fact::kSamlUpn, attribute.text_of("AttributeValue"), facts);
    } else if (equal_ignoring_case(claim, "ImmutableID")) {
      add_name(fact::kSamlImmutableId, attribute.text_of("AttributeValue"), facts);
    }
  }
}

constexpr CertificateFacts kCertificateFacts{
    fact::kSamlCertificateSubject,    fact::kSamlCertificateIssuer,
    fact::kSamlCertificateNotBefore,  fact::kSamlCertificateNotAfter,
    fact::kSamlCertificateThumbprint, fact::kSamlCertificateSha256};

}  // namespace

void state_saml_signature(XmlNode signature, Facts& facts) {
  if (!signature || facts.has(fact::kSamlSignatureAlgorithm)) return;
  facts.add_if(fact::kSamlSignatureAlgorithm,
               short_name(signature.find("SignatureMethod").attribute("Algorithm")));
  state_certificate(kCertificateFacts, signature.child("KeyInfo").find("X509Certificate").text(),
                    facts);
}

void state_saml_summary(XmlNode assertion, Facts& facts) {
  if (assertion.name() != "Assertion") return;
  state_head(assertion, facts);
  state_conditions(assertion.child("Conditions"), facts);
  state_subject(assertion, facts);
  state_confirmation(assertion.find("SubjectConfirmation"), facts);
  state_attributes(assertion, facts);
  const XmlNode signature = assertion.child("Signature");
  facts.add(fact::kSamlSigned, static_cast<bool>(signature));
  state_saml_signature(signature, facts);
}

}  // namespace exotap
