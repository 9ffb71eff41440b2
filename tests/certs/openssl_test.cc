#include "certs/openssl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/err.h>

namespace exotap {
namespace {

TEST(OpensslError, TellsTheFirstErrorAndEmptiesTheQueue) {
  ERR_clear_error();
  ERR_raise_data(ERR_LIB_SSL, SSL_R_WRONG_VERSION_NUMBER, "seen %d", 7);
  ERR_raise(ERR_LIB_SSL, SSL_R_BAD_LENGTH);
  EXPECT_EQ(openssl_error(), "wrong version number (seen 7)");
  EXPECT_EQ(ERR_peek_error(), 0UL);
}

TEST(OpensslError, SaysSoWhereNothingWasQueued) {
  ERR_clear_error();
  EXPECT_EQ(openssl_error(), "unknown error");
}

TEST(OpensslError, NamesAFileThatIsNotThere) {
  const BioPtr in(BIO_new_file("/nowhere/at/all.pem", "r"));
  EXPECT_EQ(in, nullptr);
  EXPECT_THAT(openssl_error(), testing::HasSubstr("/nowhere/at/all.pem"));
}

TEST(Share, AddsAnOwner) {
  X509Ptr first(X509_new());
  X509* raw = first.get();
  const X509Ptr second = share(raw);
  first.reset();
  EXPECT_EQ(second.get(), raw);
  EXPECT_EQ(X509_set_version(raw, X509_VERSION_3), 1);  // still there; a sanitizer would say
  EXPECT_EQ(share(static_cast<X509*>(nullptr)), nullptr);
  EXPECT_EQ(share(static_cast<EVP_PKEY*>(nullptr)), nullptr);
  EXPECT_EQ(share(static_cast<SSL_CTX*>(nullptr)), nullptr);
}

}  // namespace
}  // namespace exotap
