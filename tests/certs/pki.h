// Certificates of every sort and TLS connections in memory, for the tests of this folder.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "certs/authority_making.h"
#include "certs/extensions.h"
#include "certs/openssl.h"

namespace exotap::pki {

inline constexpr std::int64_t kDay = 24 * 60 * 60;

inline std::int64_t now() {
  return std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
}

// A folder of this test's own, gone when it ends.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "exotap-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void write_file(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

struct Issued {
  X509Ptr certificate;
  KeyPtr key;
};

// What a certificate is to be like; as it stands, a sound one of a server.
struct Wish {
  std::string common_name = "server";
  std::vector<std::string> dns_names;
  std::int64_t not_before = now() - kDay;
  std::int64_t not_after = now() + 30 * kDay;
  bool authority = false;
  std::string usage = "serverAuth";
  std::string alternative_names;  // in OpenSSL's words, in place of dns_names
  std::string issuer_url;
  bool timestamped = false;  // as certificates of public authorities are (RFC 6962)
  int rsa_bits = 0;          // 0: P-256
  const EVP_MD* digest = EVP_sha256();
};

inline Issued issue(const Wish& wish, const Issued* issuer = nullptr) {
  Issued made;
  made.key.reset(wish.rsa_bits > 0 ? EVP_RSA_gen(static_cast<unsigned>(wish.rsa_bits))
                                   : EVP_EC_gen("P-256"));
  made.certificate.reset(X509_new());
  X509* raw = made.certificate.get();
  EXPECT_EQ(X509_set_version(raw, X509_VERSION_3), 1);
  EXPECT_TRUE(set_random_serial(raw));
  X509_NAME_add_entry_by_txt(X509_get_subject_name(raw), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(wish.common_name.c_str()), -1,
                             -1, 0);
  ASN1_TIME_set(X509_getm_notBefore(raw), wish.not_before);
  ASN1_TIME_set(X509_getm_notAfter(raw), wish.not_after);
  X509_set_pubkey(raw, made.key.get());
  X509* by = issuer == nullptr ? raw : issuer->certificate.get();
  if (wish.authority) {
    EXPECT_TRUE(add(raw, make_extension(NID_basic_constraints, "critical,CA:TRUE")));
    EXPECT_TRUE(add(raw, make_extension(NID_key_usage, "critical,keyCertSign")));
  } else if (!wish.usage.empty()) {
    EXPECT_TRUE(add(raw, make_extension(NID_ext_key_usage, wish.usage)));
  }
  if (!wish.dns_names.empty()) {
    EXPECT_TRUE(add(raw, make_alternative_names(wish.dns_names)));
  }
  if (!wish.alternative_names.empty()) {
    EXPECT_TRUE(add(raw, make_extension(NID_subject_alt_name, wish.alternative_names)));
  }
  if (!wish.issuer_url.empty()) {
    EXPECT_TRUE(add(raw, make_extension(NID_info_access, "caIssuers;URI:" + wish.issuer_url)));
  }
  if (wish.timestamped) {
    std::unique_ptr<ASN1_OCTET_STRING, OpensslFree<ASN1_OCTET_STRING_free>> list(
        ASN1_OCTET_STRING_new());
    ASN1_OCTET_STRING_set(list.get(), reinterpret_cast<const unsigned char*>("\x04\x00"), 2);
    EXPECT_TRUE(add(raw, ExtensionPtr(X509_EXTENSION_create_by_NID(nullptr, NID_ct_precert_scts, 0,
                                                                   list.get()))));
  }
  EXPECT_TRUE(add(raw, make_extension(NID_subject_key_identifier, "hash", by, raw)));
  EXPECT_TRUE(add(raw, make_extension(NID_authority_key_identifier, "keyid", by, raw)));
  X509_set_issuer_name(raw, X509_get_subject_name(by));
  EXPECT_GT(X509_sign(raw, issuer == nullptr ? made.key.get() : issuer->key.get(), wish.digest), 0);
  return made;
}

inline Issued issue_authority(const std::string& name, const Issued* issuer = nullptr) {
  Wish wish;
  wish.common_name = name;
  wish.authority = true;
  return issue(wish, issuer);
}

// A server's context that sends this leaf and these certificates behind it, whatever they are.
inline SslCtxPtr server_context(const Issued& leaf, const std::vector<const Issued*>& chain = {}) {
  SslCtxPtr context(SSL_CTX_new(TLS_server_method()));
  SSL_CTX_set_security_level(context.get(), 0);
  SSL_CTX_set_mode(context.get(), SSL_MODE_NO_AUTO_CHAIN);
  EXPECT_EQ(SSL_CTX_use_certificate(context.get(), leaf.certificate.get()), 1);
  EXPECT_EQ(SSL_CTX_use_PrivateKey(context.get(), leaf.key.get()), 1);
  for (const Issued* one : chain) {
    EXPECT_EQ(SSL_CTX_add1_chain_cert(context.get(), one->certificate.get()), 1);
  }
  return context;
}

// A plain OpenSSL client, as curl or Outlook's counterpart would be: trusts one root.
inline SslCtxPtr trusting_client(X509* root) {
  SslCtxPtr context(SSL_CTX_new(TLS_client_method()));
  X509_STORE_add_cert(SSL_CTX_get_cert_store(context.get()), root);
  // The handshake goes on, so that the verdict can be read; it is the first error found.
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr);
  return context;
}

struct Connection {
  SslPtr client;
  SslPtr server;
};

inline Connection connect(SSL_CTX* client, SSL_CTX* server) {
  Connection made{SslPtr(SSL_new(client)), SslPtr(SSL_new(server))};
  BIO* near = nullptr;
  BIO* far = nullptr;
  EXPECT_EQ(BIO_new_bio_pair(&near, 0, &far, 0), 1);
  SSL_set_bio(made.client.get(), near, near);
  SSL_set_bio(made.server.get(), far, far);
  SSL_set_connect_state(made.client.get());
  SSL_set_accept_state(made.server.get());
  return made;
}

// True when both sides are through.
inline bool shake_hands(Connection& between) {
  for (int turn = 0; turn < 20; ++turn) {
    const int client = SSL_do_handshake(between.client.get());
    const int server = SSL_do_handshake(between.server.get());
    if (client == 1 && server == 1) return true;
  }
  return false;
}

// Lets what a server sends after its handshake (session tickets) arrive.
inline void read_tickets(Connection& between) {
  char byte = 0;
  EXPECT_EQ(SSL_write(between.server.get(), "x", 1), 1);
  EXPECT_EQ(SSL_read(between.client.get(), &byte, 1), 1);
}

}  // namespace exotap::pki
