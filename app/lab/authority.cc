#include "app/lab/authority.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <stdexcept>

namespace exotap::lab {
namespace {

template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Deleter<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Deleter<X509_EXTENSION_free>>;
using Bio = std::unique_ptr<BIO, Deleter<BIO_free_all>>;

constexpr long kDay = 24L * 60 * 60;

void check(bool good, const char* what) {
  if (good) return;
  std::array<char, 256> reason{};
  ERR_error_string_n(ERR_get_error(), reason.data(), reason.size());
  throw std::runtime_error(std::string("the lab's certificates: ") + what + ": " + reason.data());
}

Key new_key() {
  Key key(EVP_EC_gen("P-256"));
  check(key != nullptr, "making a key");
  return key;
}

struct Wanted {
  std::string common_name;
  std::string organization;
  std::string alternative_name;  // the name for subjectAltName; empty for none
  bool authority = false;
  // Public authorities name the place of their own certificate (AIA caIssuers, RFC 5280 section
  // 4.2.2.1). Nothing is there; that it is named tells a public chain that was cut short from a
  // private one.
  bool published = false;
  long from_days = -30;
  long to_days = 60;
};

void add_extension(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
  check(extension != nullptr, "an extension");
  check(X509_add_ext(certificate, extension.get(), -1) == 1, "adding an extension");
}

void add_name(X509_NAME* name, const char* field, const std::string& value) {
  if (value.empty()) return;
  check(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char*>(value.c_str()), -1, -1,
                                   0) == 1,
        "a name");
}

void set_serial(X509* certificate) {
  std::array<unsigned char, 16> bytes{};
  check(RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1, "a serial number");
  bytes[0] = static_cast<unsigned char>((bytes[0] & 0x3FU) | 0x40U);  // positive, full length
  BIGNUM* number = BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr);
  const bool good = number != nullptr &&
                    BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nullptr;
  BN_free(number);
  check(good, "a serial number");
}

// `issuer` nullptr: signs itself.
Certificate make(const Wanted& wanted, EVP_PKEY* key, X509* issuer, EVP_PKEY* issuer_key) {
  Certificate certificate(X509_new());
  check(certificate != nullptr, "a certificate");
  X509* const x = certificate.get();
  X509_set_version(x, X509_VERSION_3);
  set_serial(x);
  X509_gmtime_adj(X509_getm_notBefore(x), wanted.from_days * kDay);
  X509_gmtime_adj(X509_getm_notAfter(x), wanted.to_days * kDay);
  add_name(X509_get_subject_name(x), "O", wanted.organization);
  add_name(X509_get_subject_name(x), "CN", wanted.common_name);
  X509* const signer = issuer == nullptr ? x : issuer;
  check(X509_set_issuer_name(x, X509_get_subject_name(signer)) == 1, "an issuer");
  check(X509_set_pubkey(x, key) == 1, "a public key");
  add_extension(x, signer, NID_subject_key_identifier, "hash");
  if (issuer != nullptr) add_extension(x, signer, NID_authority_key_identifier, "keyid:always");
  add_extension(x, signer, NID_basic_constraints,
                wanted.authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
  add_extension(x, signer, NID_key_usage,
                wanted.authority ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature");
  if (!wanted.authority) add_extension(x, signer, NID_ext_key_usage, "serverAuth");
  if (!wanted.alternative_name.empty()) {
    add_extension(x, signer, NID_subject_alt_name, "DNS:" + wanted.alternative_name);
  }
  if (wanted.published) {
    add_extension(x, signer, NID_info_access, "caIssuers;URI:http://pki.exotap-lab.example/ca.cer");
  }
  check(X509_sign(x, issuer == nullptr ? key : issuer_key, EVP_sha256()) > 0, "signing");
  return certificate;
}

Wanted authority_named(const char* name) {
  Wanted wanted;
  wanted.common_name = name;
  wanted.organization = "exotap lab";
  wanted.authority = true;
  wanted.from_days = -800;  // an expired leaf was valid under it once
  wanted.to_days = 90;
  return wanted;
}

Wanted leaf_for(std::string_view host, CertificateKind kind) {
  Wanted wanted;
  wanted.common_name = host;
  wanted.alternative_name = host;
  wanted.published = kind != CertificateKind::untrusted && kind != CertificateKind::self_signed;
  if (kind == CertificateKind::expired) {
    wanted.from_days = -400;
    wanted.to_days = -3;
  } else if (kind == CertificateKind::not_yet_valid) {
    wanted.from_days = 2;
  } else if (kind == CertificateKind::wrong_name) {
    wanted.common_name = "*.webhosting.example";
    wanted.alternative_name = wanted.common_name;
    wanted.organization = "Cheap Web Hosting";
  }
  return wanted;
}

}  // namespace

struct Authority::Pki {
  Key root_key = new_key();
  Key intermediate_key = new_key();
  Key stranger_key = new_key();
  Key leaf_key = new_key();
  Key router_key = new_key();
  Certificate root, intermediate, stranger, router, portal;
};

Authority::Authority() : pki_(std::make_unique<Pki>()) {
  Pki& p = *pki_;
  p.root = make(authority_named("exotap lab root"), p.root_key.get(), nullptr, nullptr);
  p.intermediate = make(authority_named("exotap lab intermediate"), p.intermediate_key.get(),
                        p.root.get(), p.root_key.get());
  Wanted stranger = authority_named("Company Internal Root");
  stranger.organization = "Company Internal";
  p.stranger = make(stranger, p.stranger_key.get(), nullptr, nullptr);
  Wanted router;
  router.common_name = "router.lan";
  router.organization = "HomeBox";
  router.alternative_name = "router.lan";
  router.to_days = 3650;
  p.router = make(router, p.router_key.get(), nullptr, nullptr);
  Wanted portal = leaf_for("welcome.guest-network.example", CertificateKind::untrusted);
  portal.organization = "Guest Network";
  p.portal = make(portal, p.router_key.get(), p.stranger.get(), p.stranger_key.get());
}

Authority::~Authority() = default;

std::string Authority::root_pem() const {
  const Bio bio(BIO_new(BIO_s_mem()));
  check(bio != nullptr && PEM_write_bio_X509(bio.get(), pki_->root.get()) == 1, "writing PEM");
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

void Authority::equip(SSL_CTX* context, std::string_view host, CertificateKind kind) const {
  const Pki& p = *pki_;
  if (kind == CertificateKind::router || kind == CertificateKind::portal) {
    X509* const gateway = (kind == CertificateKind::router ? p.router : p.portal).get();
    check(SSL_CTX_use_certificate(context, gateway) == 1, "a gateway's certificate");
    check(SSL_CTX_use_PrivateKey(context, p.router_key.get()) == 1, "a gateway's key");
    return;
  }
  X509* issuer = p.intermediate.get();
  EVP_PKEY* issuer_key = p.intermediate_key.get();
  X509* sent = issuer;
  if (kind == CertificateKind::untrusted) {
    issuer = sent = p.stranger.get();
    issuer_key = p.stranger_key.get();
  } else if (kind == CertificateKind::self_signed) {
    issuer = sent = nullptr;
    issuer_key = nullptr;
  } else if (kind == CertificateKind::incomplete) {
    sent = nullptr;
  }
  const Certificate leaf = make(leaf_for(host, kind), p.leaf_key.get(), issuer, issuer_key);
  check(SSL_CTX_use_certificate(context, leaf.get()) == 1, "a leaf");
  check(SSL_CTX_use_PrivateKey(context, p.leaf_key.get()) == 1, "a leaf's key");
  if (sent != nullptr) check(SSL_CTX_add1_chain_cert(context, sent) == 1, "a chain");
  // Without this OpenSSL would look for the intermediate itself and mend the defect.
  SSL_CTX_set_mode(context, SSL_MODE_NO_AUTO_CHAIN);
}

}  // namespace exotap::lab
