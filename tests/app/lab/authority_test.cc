#include "app/lab/authority.h"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

namespace exotap::lab {
namespace {

template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Context = std::unique_ptr<SSL_CTX, Deleter<SSL_CTX_free>>;
using Certificate = std::unique_ptr<X509, Deleter<X509_free>>;
using Store = std::unique_ptr<X509_STORE, Deleter<X509_STORE_free>>;
using Verification = std::unique_ptr<X509_STORE_CTX, Deleter<X509_STORE_CTX_free>>;

Certificate root_of(const Authority& authority) {
  const std::string pem = authority.root_pem();
  BIO* bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  Certificate root(PEM_read_bio_X509(bio, nullptr, nullptr, nullptr));
  BIO_free(bio);
  return root;
}

// What OpenSSL says of the chain that a host of that kind sends.
int verdict(const Authority& authority, CertificateKind kind, const char* host) {
  const Context context(SSL_CTX_new(TLS_server_method()));
  authority.equip(context.get(), "sts.contoso.com", kind);
  STACK_OF(X509)* chain = nullptr;
  SSL_CTX_get0_chain_certs(context.get(), &chain);
  const Store store(X509_STORE_new());
  const Certificate root = root_of(authority);
  X509_STORE_add_cert(store.get(), root.get());
  const Verification verification(X509_STORE_CTX_new());
  X509_STORE_CTX_init(verification.get(), store.get(), SSL_CTX_get0_certificate(context.get()),
                      chain);
  X509_VERIFY_PARAM* const parameters = X509_STORE_CTX_get0_param(verification.get());
  X509_VERIFY_PARAM_set1_host(parameters, host, 0);
  X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_SSL_SERVER);
  X509_verify_cert(verification.get());
  return X509_STORE_CTX_get_error(verification.get());
}

struct Expected {
  CertificateKind kind;
  int verdict;
};

class Leaf : public testing::TestWithParam<Expected> {};

TEST_P(Leaf, HasItsDefectAndNoOther) {
  const Authority authority;
  EXPECT_EQ(verdict(authority, GetParam().kind, "sts.contoso.com"), GetParam().verdict);
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, Leaf,
    testing::Values(Expected{CertificateKind::good, X509_V_OK},
                    Expected{CertificateKind::expired, X509_V_ERR_CERT_HAS_EXPIRED},
                    Expected{CertificateKind::not_yet_valid, X509_V_ERR_CERT_NOT_YET_VALID},
                    Expected{CertificateKind::wrong_name, X509_V_ERR_HOSTNAME_MISMATCH},
                    Expected{CertificateKind::self_signed, X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT},
                    Expected{CertificateKind::untrusted, X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN},
                    Expected{CertificateKind::incomplete,
                             X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY}));

TEST(Authority, ItsLeavesAreGoodForTheirOwnNameOnly) {
  const Authority authority;
  EXPECT_EQ(verdict(authority, CertificateKind::good, "sts.fabrikam.com"),
            X509_V_ERR_HOSTNAME_MISMATCH);
}

TEST(Authority, AGatewayShowsTheSameCertificateForEveryName) {
  const Authority authority;
  for (const auto kind : {CertificateKind::router, CertificateKind::portal}) {
    const Context one(SSL_CTX_new(TLS_server_method()));
    const Context other(SSL_CTX_new(TLS_server_method()));
    authority.equip(one.get(), "sts.contoso.com", kind);
    authority.equip(other.get(), "autodiscover.fabrikam.com", kind);
    EXPECT_EQ(X509_cmp(SSL_CTX_get0_certificate(one.get()), SSL_CTX_get0_certificate(other.get())),
              0);
  }
}

TEST(Authority, OnlyPublicLeavesNameThePlaceOfTheirIssuer) {
  const Authority authority;
  const auto names_it = [&](CertificateKind kind) {
    const Context context(SSL_CTX_new(TLS_server_method()));
    authority.equip(context.get(), "sts.contoso.com", kind);
    return X509_get_ext_by_NID(SSL_CTX_get0_certificate(context.get()), NID_info_access, -1) >= 0;
  };
  EXPECT_TRUE(names_it(CertificateKind::good));
  EXPECT_TRUE(names_it(CertificateKind::incomplete));
  EXPECT_FALSE(names_it(CertificateKind::untrusted));
  EXPECT_FALSE(names_it(CertificateKind::router));
}

TEST(Authority, EveryRunMakesItsOwnRoot) {
  EXPECT_NE(Authority().root_pem(), Authority().root_pem());
}

}  // namespace
}  // namespace exotap::lab
