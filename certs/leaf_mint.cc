#include "certs/leaf_mint.h"

#include <openssl/err.h>

#include <algorithm>

#include "certs/authority_making.h"
#include "certs/leaf_key.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxCommonName = 64;  // RFC 5280 appendix A.1, ub-common-name
// What an ASN.1 time can say: 1950 to 9999 (RFC 5280 section 4.1.2.5).
constexpr std::int64_t kFirstTime = -631'152'000;
constexpr std::int64_t kLastTime = 253'402'300'799;

std::int64_t seconds(WallTime time) { return std::chrono::system_clock::to_time_t(time); }

bool set_time(ASN1_TIME* field, std::int64_t when) {
  return ASN1_TIME_set(field, std::clamp(when, kFirstTime, kLastTime)) != nullptr;
}

bool set_subject(X509* leaf, std::string_view common_name) {
  X509_NAME* name = X509_get_subject_name(leaf);
  const auto entry = [&](int nid, std::string_view value) {
    return X509_NAME_add_entry_by_NID(name, nid, MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char*>(value.data()),
                                      static_cast<int>(value.size()), -1, 0) == 1;
  };
  // A subject must not be empty; the names that count are the alternative ones.
  if (!common_name.empty() && common_name.size() <= kMaxCommonName &&
      entry(NID_commonName, common_name)) {
    return true;
  }
  return entry(NID_organizationName, "exotap");
}

}  // namespace

Leaf share(const Leaf& leaf) {
  return {share(leaf.certificate.get()), share(leaf.sent_issuer.get()), leaf.sound, leaf.weak};
}

Outcome<LeafMint> LeafMint::make(const Authority& authority) {
  LeafMint mint;
  mint.issuing_ = share(authority.issuing());
  mint.issuing_key_ = share(authority.issuing_key());
  mint.issuing_not_after_ = seconds(authority.not_after());
  mint.leaf_key_ = make_leaf_key();
  mint.stranger_key_ = make_leaf_key();
  if (mint.leaf_key_ && mint.stranger_key_) {
    mint.stranger_ = make_root(mint.stranger_key_.get(), "exotap: an issuer that is not trusted",
                               std::chrono::system_clock::now());
  }
  const X509Ptr any(X509_new());  // what the key's identifier is made from
  if (mint.stranger_ && any && X509_set_pubkey(any.get(), mint.leaf_key_.get()) == 1) {
    X509* issuing = mint.issuing_.get();
    mint.no_authority_ = make_extension(NID_basic_constraints, "critical,CA:FALSE");
    mint.key_usage_ = make_extension(NID_key_usage, "critical,digitalSignature");
    mint.for_servers_ = make_extension(NID_ext_key_usage, "serverAuth");
    mint.for_clients_ = make_extension(NID_ext_key_usage, "clientAuth");
    mint.key_id_ = make_extension(NID_subject_key_identifier, "hash", nullptr, any.get());
    mint.signed_by_issuing_ =
        make_extension(NID_authority_key_identifier, "keyid:always", issuing, any.get());
    mint.signed_by_stranger_ = make_extension(NID_authority_key_identifier, "keyid:always",
                                              mint.stranger_.get(), any.get());
  }
  const bool good = mint.no_authority_ && mint.key_usage_ && mint.for_servers_ &&
                    mint.for_clients_ && mint.key_id_ && mint.signed_by_issuing_ &&
                    mint.signed_by_stranger_;
  if (!good) return Outcome<LeafMint>::failed("making the leaf key: " + openssl_error());
  return mint;
}

bool LeafMint::fill(X509* leaf, std::string_view host, const LeafShape& shape, WallTime now) const {
  const std::int64_t not_before =
      shape.not_before != 0 ? shape.not_before : seconds(now - kBackdated);
  const std::int64_t not_after = shape.not_after != 0
                                     ? shape.not_after
                                     : std::min(seconds(now + kLeafLife), issuing_not_after_);
  return X509_set_version(leaf, X509_VERSION_3) == 1 && set_random_serial(leaf) &&
         set_subject(leaf, shape.common_name.empty() ? host : shape.common_name) &&
         set_time(X509_getm_notBefore(leaf), not_before) &&
         set_time(X509_getm_notAfter(leaf), not_after) &&
         X509_set_pubkey(leaf, leaf_key_.get()) == 1;
}

bool LeafMint::add_extensions(X509* leaf, std::string_view host, const LeafShape& shape) const {
  std::vector<std::string> own_name;
  if (shape.dns_names.empty()) own_name.emplace_back(host);
  const std::vector<std::string>& names = shape.dns_names.empty() ? own_name : shape.dns_names;
  const bool good = add(leaf, make_alternative_names(names)) && add(leaf, no_authority_) &&
                    add(leaf, key_usage_) &&
                    add(leaf, shape.server_usage ? for_servers_ : for_clients_) &&
                    add(leaf, key_id_);
  if (!good || shape.signer == LeafSigner::itself) return good;
  return add(leaf,
             shape.signer == LeafSigner::authority ? signed_by_issuing_ : signed_by_stranger_);
}

bool LeafMint::sign(X509* leaf, const LeafShape& shape) const {
  X509* issuer = leaf;
  EVP_PKEY* key = leaf_key_.get();
  if (shape.signer == LeafSigner::authority) {
    issuer = issuing_.get();
    key = issuing_key_.get();
  } else if (shape.signer == LeafSigner::stranger) {
    issuer = stranger_.get();
    key = stranger_key_.get();
  }
  return X509_set_issuer_name(leaf, X509_get_subject_name(issuer)) == 1 &&
         X509_sign(leaf, key, shape.weak_signature ? EVP_sha1() : EVP_sha256()) > 0;
}

Leaf LeafMint::mint(std::string_view host, const LeafShape& shape, WallTime now) const {
  Leaf made;
  made.certificate.reset(X509_new());
  X509* leaf = made.certificate.get();
  if (leaf == nullptr || !fill(leaf, host, shape, now) || !add_extensions(leaf, host, shape) ||
      !sign(leaf, shape)) {
    return {};
  }
  ERR_clear_error();  // of a name that did not fit
  made.sound = shape.sound();
  made.weak = shape.weak_signature;
  if (shape.chain == LeafChain::complete) {
    if (shape.signer == LeafSigner::authority) made.sent_issuer = share(issuing_.get());
    if (shape.signer == LeafSigner::stranger) made.sent_issuer = share(stranger_.get());
  }
  return made;
}

}  // namespace exotap
