#include "decoders/auth/kerberos_names.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

TEST(KerberosErrorName, IsTheSpecifications) {
  EXPECT_EQ(kerberos_error_name(0), "KDC_ERR_NONE");
  EXPECT_EQ(kerberos_error_name(25), "KDC_ERR_PREAUTH_REQUIRED");
  EXPECT_EQ(kerberos_error_name(37), "KRB_AP_ERR_SKEW");
  EXPECT_EQ(kerberos_error_name(68), "KDC_ERR_WRONG_REALM");
  EXPECT_EQ(kerberos_error_name(93), "KDC_ERR_UNKNOWN_CRITICAL_FAST_OPTIONS");
}

TEST(KerberosErrorName, EveryNumberFindsItsOwn) {
  int named = 0;
  for (int code = -1; code < 100; ++code) named += kerberos_error_name(code).empty() ? 0 : 1;
  EXPECT_EQ(named, 77) << "a table that is out of order loses some";
  for (const int code : {-1, 30, 43, 53, 94}) EXPECT_EQ(kerberos_error_name(code), "") << code;
}

TEST(KerberosEncryptionName, IsItsNumberWhereItHasNone) {
  EXPECT_EQ(kerberos_encryption_name(1), "des-cbc-crc");
  EXPECT_EQ(kerberos_encryption_name(18), "aes256-cts-hmac-sha1-96");
  EXPECT_EQ(kerberos_encryption_name(26), "camellia256-cts-cmac");
  EXPECT_EQ(kerberos_encryption_name(-128), "-128");
}

}  // namespace
}  // namespace exotap
