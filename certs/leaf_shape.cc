#include "certs/leaf_shape.h"

#include <openssl/x509_vfy.h>

#include <algorithm>

#include "certs/authority.h"
#include "certs/names.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxMirroredNames = 20;
// Where the fault lies in a certificate we did not receive (an expired root of the store), the
// leaf is off by this much.
constexpr std::chrono::days kClearlyOff{1};
// A second name that no authority of ours may sign for (RFC 2606 section 2).
constexpr std::string_view kOutside = "outside-the-constraints.invalid";

bool has(const TlsRecord& tls, CertificateProblem problem) {
  return std::ranges::count(tls.problems, problem) > 0;
}

std::int64_t seconds(WallTime time) { return std::chrono::system_clock::to_time_t(time); }

void mirror_dates(const TlsRecord& tls, WallTime now, LeafShape& shape) {
  const CertificateRecord& leaf = tls.chain.front();
  const std::int64_t today = seconds(now);
  if (has(tls, CertificateProblem::expired)) {
    const auto first_to_end =
        std::ranges::min_element(tls.chain, {}, &CertificateRecord::not_after);
    shape.not_after = first_to_end->not_after;
    if (shape.not_after >= today || shape.not_after == 0) {
      shape.not_after = seconds(now - kClearlyOff);
    }
    shape.not_before = std::min(leaf.not_before, shape.not_after);
  } else if (has(tls, CertificateProblem::not_yet_valid)) {
    const auto last_to_begin =
        std::ranges::max_element(tls.chain, {}, &CertificateRecord::not_before);
    shape.not_before = std::max(last_to_begin->not_before, seconds(now + kClearlyOff));
    shape.not_after = std::max(leaf.not_after, shape.not_before);
  }
}

// What a wildcard stands before or in: "*.contoso.com", "mail*.contoso.com".
std::string_view without_star(std::string_view name) {
  const std::size_t star = name.find('*');
  const std::size_t dot = name.find('.');
  return star < dot && dot != std::string_view::npos ? name.substr(dot + 1) : name;
}

// The server's names where we may sign them; otherwise the same names below our own suffix, for a
// name outside the constraints would make clients complain about the constraints instead.
void mirror_names(const TlsRecord& tls, std::string_view host,
                  const std::vector<std::string>& permitted, LeafShape& shape) {
  const CertificateRecord& leaf = tls.chain.front();
  std::vector<std::string> names = leaf.dns_names;
  if (names.empty()) names.push_back(leaf.subject_common_name);
  const std::string suffix = "." + std::string(kWrongNameSuffix);
  for (const std::string& name : names) {
    if (shape.dns_names.size() == kMaxMirroredNames) break;
    if (!is_host_name(without_star(name))) continue;
    const bool may = covered(without_star(name), permitted);
    if (!may && name.size() + suffix.size() > kMaxHostName) continue;
    shape.dns_names.push_back(may ? normalise_host(name) : normalise_host(name) + suffix);
  }
  // Never the host itself: the fault was that the server's name is another.
  std::erase(shape.dns_names, host);
  if (shape.dns_names.empty()) shape.dns_names.emplace_back(kWrongNameSuffix);
  shape.common_name = leaf.subject_common_name;
  if (shape.common_name.empty() || equal_ignoring_case(shape.common_name, host)) {
    shape.common_name = std::string(kWrongNameSuffix);
  }
  // Without alternative names clients say another sentence, and the constraints hold for the common
  // name where that is a host's.
  if (!leaf.dns_names.empty() || !leaf.ip_addresses.empty()) return;
  shape.common_name_only = true;
  if (is_host_name(shape.common_name)) shape.common_name = shape.dns_names.front();
}

// What `other` is, where a leaf of ours can be the same. False where it cannot.
bool mirror_odd_one(const TlsRecord& tls, std::string_view host, LeafShape& shape) {
  switch (tls.verify_code) {
    case X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION:
      shape.unknown_extension = true;
      return true;
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
      shape.damaged_signature = true;
      return true;
    case X509_V_ERR_PERMITTED_VIOLATION:
    case X509_V_ERR_EXCLUDED_VIOLATION:
      shape.dns_names = {std::string(host), std::string(kOutside)};
      return true;
    default:
      return false;
  }
}

// Who signs, from the least to the most that a client would have objected to.
void mirror_issuer(const TlsRecord& tls, std::string_view host, LeafShape& shape) {
  if (has(tls, CertificateProblem::incomplete_chain)) {
    // With an address to fetch the missing piece from, clients of Windows mend it by themselves;
    // ours they know from sounder connections. Without one nobody can.
    const bool can_be_mended = tls.chain.back().has_issuer_url;
    shape.signer = can_be_mended ? LeafSigner::authority : LeafSigner::stranger;
    shape.names_its_issuer = can_be_mended;
    shape.chain = LeafChain::leaf_only;
  }
  const bool odd = has(tls, CertificateProblem::other) && !mirror_odd_one(tls, host, shape);
  if (odd || has(tls, CertificateProblem::untrusted_issuer) ||
      has(tls, CertificateProblem::revoked)) {
    shape.signer = LeafSigner::stranger;
    const bool root_was_sent = tls.chain.size() > 1 && tls.chain.back().self_signed;
    shape.chain = root_was_sent          ? LeafChain::complete
                  : tls.chain.size() > 1 ? LeafChain::unrooted
                                         : LeafChain::leaf_only;
  }
  if (has(tls, CertificateProblem::self_signed)) {
    shape.signer = LeafSigner::itself;
    shape.chain = LeafChain::leaf_only;
  }
}

bool says_revoked(const TlsRecord& tls) {
  return tls.staple && tls.staple->verified && tls.staple->status == "revoked";
}

std::string cache_key(const TlsRecord& tls) {
  std::string key = tls.chain.front().sha256;
  if (says_revoked(tls)) key += '!';
  for (const CertificateProblem problem : tls.problems) {
    key += static_cast<char>('a' + static_cast<int>(problem));
  }
  return key;
}

}  // namespace

LeafShape shape_like(const TlsRecord& tls, std::string_view host,
                     const std::vector<std::string>& permitted_names, WallTime now) {
  LeafShape shape;
  if (tls.problems.empty()) {
    if (tls.chain.empty()) return shape;
    shape.common_name_only = tls.chain.front().dns_names.empty();
    if (shape.common_name_only) shape.common_name = tls.chain.front().subject_common_name;
    if (says_revoked(tls)) shape.revoked = tls.staple;
    if (shape.common_name_only || shape.revoked) shape.key = cache_key(tls);
    return shape;
  }
  if (tls.chain.empty()) {  // contrary to the record's promise; a sound leaf would be worse
    shape.signer = LeafSigner::stranger;
    shape.key = "unknown";
    return shape;
  }
  mirror_issuer(tls, host, shape);
  mirror_dates(tls, now, shape);
  if (has(tls, CertificateProblem::wrong_name)) mirror_names(tls, host, permitted_names, shape);
  shape.signs_handshakes = tls.chain.front().signs_handshakes;
  shape.server_usage =
      !has(tls, CertificateProblem::wrong_usage) || !tls.chain.front().signs_handshakes;
  if (has(tls, CertificateProblem::weak)) {
    shape.weak_signature = tls.verify_code == X509_V_ERR_CA_MD_TOO_WEAK;
    shape.weak_key = !shape.weak_signature;
  }
  shape.key = cache_key(tls);
  return shape;
}

}  // namespace exotap
