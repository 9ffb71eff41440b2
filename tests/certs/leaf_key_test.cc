#include "certs/leaf_key.h"

#include <gtest/gtest.h>
#include <openssl/ec.h>

namespace exotap {
namespace {

TEST(MakeLeafKey, IsANewP256KeyThatACertificateTakes) {
  const KeyPtr one = make_leaf_key();
  const KeyPtr two = make_leaf_key();
  ASSERT_TRUE(one && two);
  EXPECT_EQ(EVP_PKEY_get_base_id(one.get()), EVP_PKEY_EC);
  EXPECT_EQ(EVP_PKEY_get_bits(one.get()), 256);
  EXPECT_NE(EVP_PKEY_eq(one.get(), two.get()), 1);
  const X509Ptr certificate(X509_new());
  ASSERT_EQ(X509_set_pubkey(certificate.get(), one.get()), 1);
  EXPECT_EQ(X509_check_private_key(certificate.get(), one.get()), 1);
}

}  // namespace
}  // namespace exotap
