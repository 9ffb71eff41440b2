#include "certs/leaf_mint.h"

#include <openssl/err.h>

#include <algorithm>

#include "certs/authority_making.h"
#include "certs/leaf_key.h"
#include "certs/ocsp_staple.h"
#include "certs/revocation_list.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxCommonName = 64;  // RFC 5280 appendix A.1, ub-common-name
constexpr unsigned kWeakBits = 1024;
// An arc that ITU-T gives out for examples: no client knows what it stands for.
constexpr const char* kKnownToNobody = "2.999.1";
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

ExtensionPtr make_unknown_extension() {
  const std::unique_ptr<ASN1_OBJECT, OpensslFree<ASN1_OBJECT_free>> name(
      OBJ_txt2obj(kKnownToNobody, 1));
  const std::unique_ptr<ASN1_OCTET_STRING, OpensslFree<ASN1_OCTET_STRING_free>> value(
      ASN1_OCTET_STRING_new());
  constexpr unsigned char kNull[] = {0x05, 0x00};
  if (!name || !value || ASN1_OCTET_STRING_set(value.get(), kNull, sizeof kNull) != 1) {
    return nullptr;
  }
  return ExtensionPtr(X509_EXTENSION_create_by_OBJ(nullptr, name.get(), 1, value.get()));
}

// The same name and key under an issuer that nobody has ever seen.
X509Ptr make_unrooted(const X509* root, EVP_PKEY* key) {
  X509Ptr made(X509_dup(root));
  const X509NamePtr nobody(X509_NAME_new());
  constexpr const char* kName = "exotap: a root that is nowhere";
  if (!made || !nobody ||
      X509_NAME_add_entry_by_NID(nobody.get(), NID_commonName, MBSTRING_ASC,
                                 reinterpret_cast<const unsigned char*>(kName), -1, -1, 0) != 1) {
    return nullptr;
  }
  X509_EXTENSION_free(X509_delete_ext(
      made.get(), X509_get_ext_by_NID(made.get(), NID_authority_key_identifier, -1)));
  const bool good = X509_set_issuer_name(made.get(), nobody.get()) == 1 &&
                    X509_sign(made.get(), key, EVP_sha256()) > 0;
  return good ? std::move(made) : nullptr;
}

void damage_signature(X509* leaf) {
  const ASN1_BIT_STRING* signature = nullptr;
  X509_get0_signature(&signature, nullptr, leaf);
  // The last byte belongs to a number, not to the encoding around it.
  if (signature != nullptr && signature->length > 0) signature->data[signature->length - 1] ^= 1U;
}

}  // namespace

Leaf share(const Leaf& leaf) {
  return {share(leaf.certificate.get()),
          share(leaf.sent_issuer.get()),
          leaf.sound,
          leaf.weak,
          share(leaf.key.get()),
          leaf.staple};
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
  if (mint.stranger_) {
    mint.unrooted_ = make_unrooted(mint.stranger_.get(), mint.stranger_key_.get());
  }
  mint.weak_key_ = std::make_unique<WeakKey>();
  const X509Ptr any(X509_new());  // what the key's identifier is made from
  if (mint.unrooted_ && any && X509_set_pubkey(any.get(), mint.leaf_key_.get()) == 1) {
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
    mint.signs_no_handshakes_ = make_extension(NID_key_usage, "critical,keyCertSign");
    mint.known_to_nobody_ = make_unknown_extension();
  }
  const bool good = mint.no_authority_ && mint.key_usage_ && mint.for_servers_ &&
                    mint.for_clients_ && mint.key_id_ && mint.signed_by_issuing_ &&
                    mint.signed_by_stranger_ && mint.signs_no_handshakes_ && mint.known_to_nobody_;
  if (!good) return Outcome<LeafMint>::failed("making the leaf key: " + openssl_error());
  return mint;
}

void LeafMint::publish_at(const std::string& base_url) {
  const std::string where = base_url + published_path(issuing_.get());
  revocation_list_ = make_extension(NID_crl_distribution_points, "URI:" + where + ".crl");
  issuer_url_ = make_extension(NID_info_access, "caIssuers;URI:" + where + ".cer");
}

EVP_PKEY* LeafMint::key_for(const LeafShape& shape) const {
  if (!shape.weak_key) return leaf_key_.get();
  std::call_once(weak_key_->once, [this] { weak_key_->key.reset(EVP_RSA_gen(kWeakBits)); });
  return weak_key_->key.get();
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
         X509_set_pubkey(leaf, key_for(shape)) == 1;
}

bool LeafMint::add_extensions(X509* leaf, std::string_view host, const LeafShape& shape) const {
  std::vector<std::string> own_name;
  if (shape.dns_names.empty()) own_name.emplace_back(host);
  const std::vector<std::string>& names = shape.dns_names.empty() ? own_name : shape.dns_names;
  const bool good =
      (shape.common_name_only || add(leaf, make_alternative_names(names))) &&
      add(leaf, no_authority_) &&
      add(leaf, shape.signs_handshakes ? key_usage_ : signs_no_handshakes_) &&
      add(leaf, shape.server_usage ? for_servers_ : for_clients_) &&
      (shape.weak_key ? add(leaf, make_extension(NID_subject_key_identifier, "hash", nullptr, leaf))
                      : add(leaf, key_id_)) &&
      (!shape.unknown_extension || add(leaf, known_to_nobody_));
  if (!good || shape.signer == LeafSigner::itself) return good;
  if (shape.signer == LeafSigner::stranger) return add(leaf, signed_by_stranger_);
  return add(leaf, signed_by_issuing_) && (!revocation_list_ || add(leaf, revocation_list_)) &&
         (!shape.names_its_issuer || !issuer_url_ || add(leaf, issuer_url_));
}

bool LeafMint::sign(X509* leaf, const LeafShape& shape) const {
  X509* issuer = leaf;
  EVP_PKEY* key = key_for(shape);
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
  if (shape.damaged_signature) damage_signature(leaf);
  made.sound = shape.sound();
  made.weak = shape.weak_signature || shape.weak_key;
  if (shape.weak_key) made.key = share(key_for(shape));
  if (shape.revoked) {
    made.staple =
        make_revoked_staple(leaf, issuing_.get(), issuing_key_.get(), *shape.revoked, now);
  }
  if (shape.chain == LeafChain::leaf_only) return made;
  if (shape.signer == LeafSigner::authority) made.sent_issuer = share(issuing_.get());
  if (shape.signer == LeafSigner::stranger) {
    const bool rooted = shape.chain == LeafChain::complete;
    made.sent_issuer = share(rooted ? stranger_.get() : unrooted_.get());
  }
  return made;
}

}  // namespace exotap
