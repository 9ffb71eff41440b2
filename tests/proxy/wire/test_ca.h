// Certificates for scripted servers: a root made for the test run, and leaves under it with
// whatever is to be wrong with them.
#pragma once

#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <filesystem>
#include <string>

#include "certs/openssl.h"

namespace exotap::test {

struct LeafWish {
  std::string name = "mail.contoso.com";
  long begins_in = -3600;  // seconds from now
  long ends_in = 24L * 3600;
  bool self_signed = false;
  bool rsa = false;          // the key; the authority's stays ECDSA
  bool by_stranger = false;  // signed by a root that nobody was told about
};

class TestCa {
 public:
  TestCa()
      : key_(EVP_EC_gen("P-256")), root_(make("exotap test root", nullptr, key_.get(), {}, true)) {}

  [[nodiscard]] std::filesystem::path write_root(const std::filesystem::path& file) const {
    FILE* out = std::fopen(file.c_str(), "w");
    PEM_write_X509(out, root_.get());
    std::fclose(out);
    return file;
  }

  // A server context with such a leaf; TLS 1.2 and 1.3.
  [[nodiscard]] SslCtxPtr server(const LeafWish& wish) const {
    KeyPtr key(wish.rsa ? EVP_RSA_gen(2048U) : EVP_EC_gen("P-256"));
    const KeyPtr stranger_key(EVP_EC_gen("P-256"));
    const X509Ptr stranger = make("stranger root", nullptr, stranger_key.get(), {}, true);
    X509* issuer = wish.by_stranger ? stranger.get() : root_.get();
    EVP_PKEY* issuer_key = wish.by_stranger ? stranger_key.get() : key_.get();
    X509Ptr leaf = wish.self_signed ? make(wish.name, nullptr, key.get(), wish, false)
                                    : make(wish.name, issuer, key.get(), wish, false, issuer_key);
    SslCtxPtr context(SSL_CTX_new(TLS_server_method()));
    SSL_CTX_use_certificate(context.get(), leaf.get());
    SSL_CTX_use_PrivateKey(context.get(), key.get());
    return context;
  }

 private:
  static X509Ptr make(const std::string& name, X509* issuer, EVP_PKEY* key, const LeafWish& wish,
                      bool ca, EVP_PKEY* issuer_key = nullptr) {
    static long serial = 1;
    X509Ptr made(X509_new());
    X509* x = made.get();
    X509_set_version(x, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(x), wish.begins_in);
    X509_gmtime_adj(X509_getm_notAfter(x), wish.ends_in);
    X509_set_pubkey(x, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    X509_set_issuer_name(x, X509_get_subject_name(issuer != nullptr ? issuer : x));
    add(x, NID_basic_constraints, ca ? "critical,CA:TRUE" : "CA:FALSE");
    if (!ca) add(x, NID_subject_alt_name, "DNS:" + name);
    X509_sign(x, issuer_key != nullptr ? issuer_key : key, EVP_sha256());
    return made;
  }
  static void add(X509* x, int nid, const std::string& value) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str());
    X509_add_ext(x, extension, -1);
    X509_EXTENSION_free(extension);
  }

  KeyPtr key_;
  X509Ptr root_;
};

}  // namespace exotap::test
