#include "certs/client_context.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/certs/pki.h"

namespace exotap {
namespace {

using testing::HasSubstr;

std::string root_file(const pki::ScratchFolder& scratch, const pki::Issued& root) {
  const auto file = scratch.path() / "root.pem";
  pki::write_file(file, certificate_pem(root.certificate.get()));
  return file.string();
}

TEST(ClientContext, OffersTheCheapestStrongCipherFirst) {
  Outcome<SslCtxPtr> context = make_client_context({}, false);
  ASSERT_TRUE(context);
  const STACK_OF(SSL_CIPHER)* ciphers = SSL_CTX_get_ciphers(context->get());
  ASSERT_GT(sk_SSL_CIPHER_num(ciphers), 3);
  EXPECT_STREQ(SSL_CIPHER_get_name(sk_SSL_CIPHER_value(ciphers, 0)), "TLS_AES_128_GCM_SHA256");
  EXPECT_STREQ(SSL_CIPHER_get_name(sk_SSL_CIPHER_value(ciphers, 1)), "TLS_AES_256_GCM_SHA384");
}

TEST(ClientContext, AFileOfAnchorsMustBeReadableAndHoldSome) {
  const pki::ScratchFolder scratch;
  const std::string absent = (scratch.path() / "absent.pem").string();
  const auto without = make_client_context(std::vector{absent});
  EXPECT_FALSE(without);
  EXPECT_THAT(without.error, HasSubstr(absent));
  EXPECT_THAT(without.error, HasSubstr("--upstream-ca"));
  EXPECT_THAT(without.error, HasSubstr("cannot be read"));
  const std::string empty = (scratch.path() / "empty.pem").string();
  pki::write_file(empty, "no certificate at all\n");
  EXPECT_THAT(make_client_context(std::vector{empty}).error, HasSubstr("holds no certificate"));
}

TEST(ClientContext, NothingIsRecordedForASoundChain) {
  const pki::ScratchFolder scratch;
  const pki::Issued root = pki::issue_authority("Root");
  const pki::Issued leaf = pki::issue({}, &root);
  const auto client = make_client_context(std::vector{root_file(scratch, root)});
  ASSERT_TRUE(client) << client.error;
  const SslCtxPtr server = pki::server_context(leaf);
  pki::Connection between = pki::connect(client->get(), server.get());
  EXPECT_TRUE(pki::shake_hands(between));
  EXPECT_TRUE(verify_errors(between.client.get()).empty());
}

TEST(ClientContext, AnUnknownServerIsRecordedAndTheHandshakeGoesOn) {
  const pki::Issued root = pki::issue_authority("Root");
  pki::Wish wish;
  wish.not_after = pki::now() - pki::kDay;
  const pki::Issued leaf = pki::issue(wish, &root);
  const auto client = make_client_context({});
  const SslCtxPtr server = pki::server_context(leaf);
  pki::Connection between = pki::connect(client->get(), server.get());
  EXPECT_TRUE(pki::shake_hands(between));
  std::vector<int> codes;
  for (const VerifyError& error : verify_errors(between.client.get())) codes.push_back(error.code);
  EXPECT_THAT(codes, testing::IsSupersetOf({X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
                                            X509_V_ERR_CERT_HAS_EXPIRED}));
}

TEST(ClientContext, AnIntermediateGivenAsAnchorIsOne) {
  const pki::ScratchFolder scratch;
  const pki::Issued root = pki::issue_authority("Root");
  const pki::Issued middle = pki::issue_authority("Middle", &root);
  const pki::Issued leaf = pki::issue({}, &middle);
  const auto client = make_client_context(std::vector{root_file(scratch, middle)}, false);
  const SslCtxPtr server = pki::server_context(leaf);
  pki::Connection between = pki::connect(client->get(), server.get());
  EXPECT_TRUE(pki::shake_hands(between));
  EXPECT_TRUE(verify_errors(between.client.get()).empty());
}

TEST(ClientContext, SpeaksNothingBelowTls12) {
  const auto client = make_client_context({});
  const pki::Issued leaf = pki::issue({});
  const SslCtxPtr server = pki::server_context(leaf);
  SSL_CTX_set_min_proto_version(server.get(), TLS1_VERSION);
  SSL_CTX_set_max_proto_version(server.get(), TLS1_1_VERSION);
  pki::Connection between = pki::connect(client->get(), server.get());
  EXPECT_FALSE(pki::shake_hands(between));
}

}  // namespace
}  // namespace exotap
