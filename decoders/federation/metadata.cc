#include "decoders/federation/metadata.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "decoders/answer_failure.h"
#include "decoders/answer_origin.h"
#include "decoders/ascii.h"
#include "decoders/body.h"
#include "decoders/federation/signing_certificate.h"
#include "decoders/http_date.h"
#include "decoders/secret_query.h"
#include "decoders/url_parts.h"
#include "decoders/xml.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxRoles = 16;
constexpr std::size_t kMaxKeys = 64;
constexpr std::size_t kMaxAddresses = 16;     // of one kind
constexpr std::size_t kMaxCertificates = 16;  // described; more are counted
constexpr std::size_t kMaxName = 512;
constexpr std::int64_t kSecondsPerDay = 86400;

void add_name(const FactSpec& spec, std::string_view text, Facts& facts) {
  if (text.size() <= kMaxName) facts.add_if(spec, text);
}

bool ends_as_descriptor(std::string_view name) { return name.ends_with("Descriptor"); }

// Of "fed:SecurityTokenServiceType" the word, else the element's name.
std::string role_name(XmlNode role) {
  const std::string type = role.attribute("type");
  return type.empty() ? std::string(role.name()) : type.substr(type.rfind(':') + 1);
}

std::vector<XmlNode> roles_of(XmlNode entity) {
  std::vector<XmlNode> roles;
  for (XmlNode at = entity.first_child(); at && roles.size() < kMaxRoles; at = at.next()) {
    if (ends_as_descriptor(at.name())) roles.push_back(at);
  }
  return roles;
}

// A value of the fact, unless it stands there already: roles repeat their addresses.
void add_once(const FactSpec& spec, const std::string& text, Facts& facts) {
  std::size_t values = 0;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].spec != &spec) continue;
    if (facts[i].text == text || ++values == kMaxAddresses) return;
  }
  add_name(spec, text, facts);
}

void add_addresses(const FactSpec& spec, XmlNode role, std::string_view element, Facts& facts) {
  for (const XmlNode endpoint : role.children(element)) {
    const XmlNode reference = endpoint.child("EndpointReference");
    add_once(spec, shown_url((reference ? reference : endpoint).text_of("Address")), facts);
  }
}

void add_locations(const FactSpec& spec, XmlNode role, std::string_view element, Facts& facts) {
  for (const XmlNode service : role.children(element)) {
    const std::string binding = service.attribute("Binding");
    std::string line = binding.substr(binding.rfind(':') + 1);
    line.append(" ").append(shown_url(service.attribute("Location")));
    add_once(spec, line, facts);
  }
}

void state_role(XmlNode role, Facts& facts) {
  add_name(fact::kMetadataRole, role_name(role), facts);
  add_addresses(fact::kMetadataPassiveUrl, role, "PassiveRequestorEndpoint", facts);
  add_addresses(fact::kMetadataActiveUrl, role, "SecurityTokenServiceEndpoint", facts);
  add_locations(fact::kMetadataSsoUrl, role, "SingleSignOnService", facts);
  add_locations(fact::kMetadataLogoutUrl, role, "SingleLogoutService", facts);
  add_locations(fact::kMetadataAcsUrl, role, "AssertionConsumerService", facts);
}

struct KnownCertificate {
  std::string base64;
  std::string use;
};

void note_certificate(std::vector<KnownCertificate>& known, XmlNode key, std::string_view use) {
  std::string base64 = key.find("X509Certificate").text();
  if (base64.empty()) return;
  const auto same = std::find_if(known.begin(), known.end(),
                                 [&](const KnownCertificate& one) { return one.base64 == base64; });
  if (same == known.end()) {
    known.push_back({std::move(base64), std::string(use)});
  } else if (use != "document" && same->use != use) {
    same->use = "both";
  }
}

constexpr CertificateFacts kCertificateFacts{
    fact::kMetadataCertificateSubject,    fact::kMetadataCertificateIssuer,
    fact::kMetadataCertificateNotBefore,  fact::kMetadataCertificateNotAfter,
    fact::kMetadataCertificateThumbprint, fact::kMetadataCertificateSha256};

std::int64_t whole_days(std::int64_t seconds) {
  return seconds >= 0 ? seconds / kSecondsPerDay
                      : -((-seconds + kSecondsPerDay - 1) / kSecondsPerDay);
}

void state_certificates(const std::vector<KnownCertificate>& known, WallTime now, Facts& facts) {
  std::int64_t signing = 0;
  std::optional<std::int64_t> last_expiry;
  std::size_t described = 0;
  for (const KnownCertificate& one : known) {
    const bool signs = one.use == "signing" || one.use == "both";
    if (signs) ++signing;
    if (described == kMaxCertificates) continue;
    Facts about;
    if (!state_certificate(kCertificateFacts, one.base64, about)) {
      facts.add(fact::kDecodeFederationMetadataError, "a certificate cannot be read");
      continue;
    }
    ++described;
    facts.add(fact::kMetadataCertificateUse, one.use);
    for (std::size_t i = 0; i < about.size(); ++i) facts.add(*about[i].spec, about[i].text);
    const auto expiry = parse_rfc3339(about.text(fact::kMetadataCertificateNotAfter));
    if (signs && expiry) last_expiry = std::max(last_expiry.value_or(*expiry), *expiry);
  }
  facts.add(fact::kMetadataSigningCount, signing);
  if (!last_expiry) return;
  TimeText buffer{};
  facts.add_if(fact::kMetadataSigningNotAfter, rfc3339(*last_expiry, buffer));
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch();
  facts.add(fact::kMetadataSigningDaysLeft, whole_days(*last_expiry - seconds.count()));
}

void state_entity(XmlNode entity, WallTime now, Facts& facts) {
  add_name(fact::kMetadataEntity, entity.attribute("entityID"), facts);
  add_name(fact::kMetadataValidUntil, entity.attribute("validUntil"), facts);
  std::vector<KnownCertificate> known;
  std::size_t keys = 0;
  for (const XmlNode role : roles_of(entity)) {
    state_role(role, facts);
    if (!facts.has(fact::kMetadataDisplayName)) {
      add_name(fact::kMetadataDisplayName, role.attribute("ServiceDisplayName"), facts);
    }
    for (const XmlNode key : role.children("KeyDescriptor")) {
      if (++keys > kMaxKeys) break;
      const std::string use = key.attribute("use");
      note_certificate(known, key, use.empty() ? "both" : use == "signing" ? use : "encryption");
    }
  }
  const XmlNode signature = entity.child("Signature");
  note_certificate(known, signature, "document");
  facts.add(fact::kMetadataKeyCount, static_cast<std::int64_t>(keys));
  facts.add(fact::kMetadataCertificateCount,
            static_cast<std::int64_t>(entity.all("X509Certificate").size()));
  facts.add(fact::kMetadataSigned, static_cast<bool>(signature));
  state_certificates(known, now, facts);
}

// Servers other than AD FS name it differently: /sso/saml/metadata, /saml2/idp/metadata.php,
// /pf/federation_metadata.ping. What is no metadata states nothing then.
bool recognises(const Exchange& exchange) {
  const std::string_view name = last_segment(path_of(exchange.request.head));
  return find_ignoring_case(name, "metadata") != std::string_view::npos;
}

void decode_exchange(const Exchange& exchange, Facts& facts) {
  if (!has_server_answer(exchange) || exchange.answer.head.status != 200) return;
  const DecodedBody body(exchange.answer);
  const bool known = is_federation_metadata_path(path_of(exchange.request.head));
  if (!known && body.text().find("EntityDescriptor") == std::string_view::npos) return;
  if (!body.error().empty()) facts.add(fact::kDecodeFederationMetadataError, body.error());
  if (begins_as_html(body.text())) {
    facts.add(kAnswerFailure, "a web page where federation metadata was due");
    return;
  }
  if (!begins_as_xml(body.text())) {
    if (!body.empty()) facts.add(fact::kDecodeFederationMetadataError, "the answer is no XML");
    return;
  }
  const XmlDocument document(body.text());
  if (!document.ok()) facts.add(fact::kDecodeFederationMetadataError, document.error());
  const XmlNode entity = document.find("EntityDescriptor");
  if (entity) state_entity(entity, exchange.started, facts);
}

constexpr const FactSpec* kEmits[] = {
    &fact::kMetadataEntity,
    &fact::kMetadataRole,
    &fact::kMetadataDisplayName,
    &fact::kMetadataPassiveUrl,
    &fact::kMetadataActiveUrl,
    &fact::kMetadataSsoUrl,
    &fact::kMetadataLogoutUrl,
    &fact::kMetadataAcsUrl,
    &fact::kMetadataValidUntil,
    &fact::kMetadataKeyCount,
    &fact::kMetadataCertificateCount,
    &fact::kMetadataSigningCount,
    &fact::kMetadataSigned,
    &fact::kMetadataCertificateUse,
    &fact::kMetadataCertificateSubject,
    &fact::kMetadataCertificateIssuer,
    &fact::kMetadataCertificateNotBefore,
    &fact::kMetadataCertificateNotAfter,
    &fact::kMetadataCertificateThumbprint,
    &fact::kMetadataCertificateSha256,
    &fact::kMetadataSigningNotAfter,
    &fact::kMetadataSigningDaysLeft,
    &kAnswerFailure,
    &fact::kDecodeFederationMetadataError,
};

}  // namespace

bool is_federation_metadata_path(std::string_view path) {
  return equals_lower(last_segment(path), "federationmetadata.xml");
}

constinit const Decoder kFederationMetadataDecoder{"federation_metadata", kEmits, recognises,
                                                   decode_exchange};

}  // namespace exotap
