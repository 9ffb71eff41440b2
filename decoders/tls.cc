#include "decoders/tls.h"

#include <algorithm>
#include <chrono>

#include "decoders/http_date.h"

namespace exotap {
namespace {

using namespace fact;

// CDN certificates carry hundreds of names; past this many they no longer help a person, and the
// verdict on the name is already among the problems.
constexpr std::size_t kMaxNames = 128;
constexpr std::size_t kMaxProblems = 16;

constexpr const FactSpec* kEmits[] = {
    &kTlsEstablished,
    &kTlsVersion,
    &kTlsCipher,
    &kTlsNextProtocol,
    &kTlsResumed,
    &kTlsAlert,
    &kTlsClientServerName,
    &kTlsClientMaxVersion,
    &kTlsClientAlert,
    &kTlsCertificateReceived,
    &kTlsCertificateProblem,
    &kTlsCertificateDetail,
    &kTlsCertificateChainLength,
    &kTlsCertificateSelfSigned,
    &kTlsCertificateIsCa,
    &kTlsCertificateDaysLeft,
    &kTlsOcspStatus,
    &kTlsOcspVerified,
    &kTlsOcspThisUpdate,
    &kTlsOcspNextUpdate,
    &kTlsOcspRevokedAt,
    &kTlsOcspReason,
    &kX509SubjectCommonName,
    &kX509SubjectOrganization,
    &kX509IssuerCommonName,
    &kX509IssuerOrganization,
    &kX509IssuerDistinguishedName,
    &kX509AlternativeNames,
    &kX509NotBefore,
    &kX509NotAfter,
    &kX509SerialNumber,
    &kX509PublicKeyAlgorithm,
    &kX509PublicKeySize,
    &kX509SignatureAlgorithm,
    &kTlsServerHashSha256,
};

std::string_view word(CertificateProblem problem) {
  switch (problem) {
    case CertificateProblem::expired:
      return "expired";
    case CertificateProblem::not_yet_valid:
      return "not_yet_valid";
    case CertificateProblem::wrong_name:
      return "wrong_name";
    case CertificateProblem::self_signed:
      return "self_signed";
    case CertificateProblem::untrusted_issuer:
      return "untrusted_issuer";
    case CertificateProblem::incomplete_chain:
      return "incomplete_chain";
    case CertificateProblem::wrong_usage:
      return "wrong_usage";
    case CertificateProblem::weak:
      return "weak";
    case CertificateProblem::revoked:
      return "revoked";
    case CertificateProblem::other:
      return "other";
  }
  return "other";
}

// Rounded down, so that a certificate one hour past its end has -1 days left, not 0.
std::int64_t days_left(std::int64_t not_after, WallTime now) {
  constexpr std::int64_t kSecondsPerDay = 86400;
  const std::int64_t seconds =
      std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  constexpr std::int64_t kFarthest = std::int64_t{1} << 60;  // keeps the difference in range
  const std::int64_t left = std::clamp(not_after, -kFarthest, kFarthest) - seconds;
  return left >= 0 ? left / kSecondsPerDay : -((-left + kSecondsPerDay - 1) / kSecondsPerDay);
}

void add_names(const CertificateRecord& leaf, Facts& facts) {
  std::size_t stated = 0;
  for (const std::string& name : leaf.dns_names) {
    if (++stated > kMaxNames) return;
    facts.add(kX509AlternativeNames, name);
  }
  for (const std::string& address : leaf.ip_addresses) {
    if (++stated > kMaxNames) return;
    facts.add(kX509AlternativeNames, address);
  }
}

void add_leaf(const CertificateRecord& leaf, WallTime now, Facts& facts) {
  facts.add(kTlsCertificateSelfSigned, leaf.self_signed);
  facts.add(kTlsCertificateIsCa, leaf.is_ca);
  facts.add(kTlsCertificateDaysLeft, days_left(leaf.not_after, now));
  facts.add_if(kX509SubjectCommonName, leaf.subject_common_name);
  facts.add_if(kX509SubjectOrganization, leaf.subject_organization);
  facts.add_if(kX509IssuerCommonName, leaf.issuer_common_name);
  facts.add_if(kX509IssuerOrganization, leaf.issuer_organization);
  facts.add_if(kX509IssuerDistinguishedName, leaf.issuer);
  TimeText buffer;
  facts.add_if(kX509NotBefore, rfc3339(leaf.not_before, buffer));
  facts.add_if(kX509NotAfter, rfc3339(leaf.not_after, buffer));
  facts.add_if(kX509SerialNumber, leaf.serial);
  facts.add_if(kX509PublicKeyAlgorithm, leaf.key_type);
  if (leaf.key_bits != 0) facts.add(kX509PublicKeySize, leaf.key_bits);
  facts.add_if(kX509SignatureAlgorithm, leaf.signature_algorithm);
  facts.add_if(kTlsServerHashSha256, leaf.sha256);
  add_names(leaf, facts);
}

void add_problems(const TlsRecord& tls, Facts& facts) {
  for (std::size_t i = 0; i < tls.problems.size() && i < kMaxProblems; ++i) {
    facts.add(kTlsCertificateProblem, word(tls.problems[i]));
  }
  facts.add_if(kTlsCertificateDetail, tls.verify_detail);
}

void add_time(const FactSpec& spec, std::int64_t when, Facts& facts) {
  TimeText buffer;
  if (when != 0) facts.add_if(spec, rfc3339(when, buffer));
}

void add_staple(const StapleRecord& staple, Facts& facts) {
  facts.add_if(kTlsOcspStatus, staple.status);
  if (staple.status == "revoked") facts.add(kTlsOcspVerified, staple.verified);
  add_time(kTlsOcspThisUpdate, staple.this_update, facts);
  add_time(kTlsOcspNextUpdate, staple.next_update, facts);
  add_time(kTlsOcspRevokedAt, staple.revoked_at, facts);
  facts.add_if(kTlsOcspReason, staple.reason);
}

// Later exchanges of a connection carry no chain though its handshake had one: they say nothing
// about it, so that "no certificate came" is only ever said where it is known.
bool tells_handshake(const Exchange& exchange) {
  return exchange.is_connect || exchange.sequence == 0 || !exchange.tls.chain.empty();
}

bool recognises(const Exchange& exchange) {
  const TlsRecord& tls = exchange.tls;
  return tls.attempted || !tls.client_sni.empty() || !tls.client_max_version.empty() ||
         !tls.client_alpn.empty() || !tls.client_alert.empty() || !tls.chain.empty();
}

void decode_tls(const Exchange& exchange, Facts& facts) {
  const TlsRecord& tls = exchange.tls;
  facts.add_if(kTlsVersion, tls.version);
  facts.add_if(kTlsCipher, tls.cipher);
  facts.add_if(kTlsNextProtocol, tls.alpn);
  facts.add_if(kTlsClientServerName, tls.client_sni);
  facts.add_if(kTlsClientMaxVersion, tls.client_max_version);
  facts.add_if(kTlsAlert, tls.alert_received);
  facts.add_if(kTlsClientAlert, tls.client_alert);
  facts.add(kTlsEstablished, tls.established);
  if (tls.established) facts.add(kTlsResumed, tls.resumed);
  if (!tells_handshake(exchange)) return;
  facts.add(kTlsCertificateReceived, !tls.chain.empty());
  if (tls.chain.empty()) return;
  facts.add(kTlsCertificateChainLength, static_cast<std::int64_t>(tls.chain.size()));
  add_problems(tls, facts);
  add_leaf(tls.chain.front(), exchange.started, facts);
  if (tls.staple) add_staple(*tls.staple, facts);
}

}  // namespace

constinit const Decoder kTlsDecoder{"tls", kEmits, recognises, decode_tls};

}  // namespace exotap
