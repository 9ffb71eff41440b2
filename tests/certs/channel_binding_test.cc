#include "certs/channel_binding.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace exotap {
namespace {

// Certificates that `openssl req -x509` made, in Base64. What they must hash to was computed with
// Python's hashlib, not with this code.
constexpr std::string_view kSignedWithSha256 =
    "MIIBbjCCARWgAwIBAgIUO84qGs3JqlfAimLjzOzGJZtlS+QwCgYIKoZIzj0EAwIwDDEKMAgGA1UEAwwBYTAgFw0yNj"
    "ExMjIxNjM4NDhaGA8yMDgxMDgyNTE2Mzg0OFowDDEKMAgGA1UEAwwBYTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IA"
    "BAuuPGC+NXyAWaE8RyYgpVdhNblwXZHj2wr6YHhxJ627ia6/tfN+P0CFF1tkpg2gey2rvZOHlWTTeBgX8c5k1R2jUz"
    "BRMB0GA1UdDgQWBBSpD6JAWQvDml7w795s4/ZZoUlWLjAfBgNVHSMEGDAWgBSpD6JAWQvDml7w795s4/ZZoUlWLjAP"
    "BgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCIF7PiDx6Q2t/CZhdC3uuLs8ZCPnYBz+KeaSIYOCiFdkTAi"
    "Bfg+ukv9TW/dkvsWZX3DRLtiF3mWA9YkEx5HjF36/Uqw==";
constexpr std::string_view kSignedWithSha384 =
    "MIIBbjCCARWgAwIBAgIUcQ4qcl8dQlTc+PbX8mGCqD8jZ48wCgYIKoZIzj0EAwMwDDEKMAgGA1UEAwwBYTAgFw0yNj"
    "ExMjIxNjM4NDhaGA8yMDgxMDgyNTE2Mzg0OFowDDEKMAgGA1UEAwwBYTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IA"
    "BJEmHlPCkZJzd/4M+GIHGvfOl2CBFrirp5LnczJZ6tEJKvyXzR93b7K8xewVnxW222canUQfvLP3NH14rrt2CQSjUz"
    "BRMB0GA1UdDgQWBBQNYN/3bC/ZmaKOy/jq+Dbh64xAJzAfBgNVHSMEGDAWgBQNYN/3bC/ZmaKOy/jq+Dbh64xAJzAP"
    "BgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMDA0cAMEQCIDeBLX57z7BLiiDCcRfpKwwFIYbMD85Aimg6H5crCl0zAi"
    "A+e9+kE0/B7KC5OtyjyxrKF6nbS22ASTBnRGJNOwjZXQ==";
constexpr std::string_view kSignedWithSha1 =
    "MIIBbDCCARSgAwIBAgIUZWPzJIRYWA4FgdUNfS46J4HW120wCQYHKoZIzj0EATAMMQowCAYDVQQDDAFhMCAXDTI2MT"
    "EyMjE2Mzg0OFoYDzIwODEwODI1MTYzODQ4WjAMMQowCAYDVQQDDAFhMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE"
    "dLo3q3Y+xMc37sWme3a4EQ+AHjhnCZ8Po8L0klaE13oEfMgbp5gtKyvylTRJTlztbBKtr4I8LLeXQ+aDk8d/cKNTMF"
    "EwHQYDVR0OBBYEFJBAafPo9lMZaVG1kMJJ7GRefxx8MB8GA1UdIwQYMBaAFJBAafPo9lMZaVG1kMJJ7GRefxx8MA8G"
    "A1UdEwEB/wQFMAMBAf8wCQYHKoZIzj0EAQNHADBEAiB7lDWZCKnGmtgdeuYeGMCisBxOuF+y6OICZHT+V3ZZwgIgNg"
    "ZKLYKxtgy+oWoR2QILogEopg84eI52LsjFyoyKDTA=";
constexpr std::string_view kSignedWithEd25519 =
    "MIIBLjCB4aADAgECAhQ7RLV9CB6fEGUsvwl6WYmYib53lTAFBgMrZXAwDDEKMAgGA1UEAwwBYTAgFw0yNjExMjIxNj"
    "M4NDhaGA8yMDgxMDgyNTE2Mzg0OFowDDEKMAgGA1UEAwwBYTAqMAUGAytlcAMhALAJ6gD9hboXzEfjYsJ3ihnWj0Of"
    "Jy/THWP0Bg9ds31so1MwUTAdBgNVHQ4EFgQU8ric7JsEgLHMr8D/xo2dI7leJRkwHwYDVR0jBBgwFoAU8ric7JsEgL"
    "HMr8D/xo2dI7leJRkwDwYDVR0TAQH/BAUwAwEB/zAFBgMrZXADQQBM9ewwQFEwFLYhZv5ds34MWX6Btmz5L23u6T+W"
    "avZHK/FpxNJ76oLUg7oZlO6bO//SCl3JSGVmMGCdIr2jVXYD";
constexpr std::string_view kSignedWithPssOfSha512 =
    "MIICXjCCAZOgAwIBAgIUFJdkgdUIqnzuu/7cfYoWXjThAX8wQQYJKoZIhvcNAQEKMDSgDzANBglghkgBZQMEAgMFAK"
    "EcMBoGCSqGSIb3DQEBCDANBglghkgBZQMEAgMFAKIDAgE+MAwxCjAIBgNVBAMMAWEwIBcNMjYxMTIyMTYzODQ4WhgP"
    "MjA4MTA4MjUxNjM4NDhaMAwxCjAIBgNVBAMMAWEwgZ8wDQYJKoZIhvcNAQEBBQADgY0AMIGJAoGBALi383tyTI3Wx5"
    "hdyKBM8QD6LNpWKojDtp02MpeySmL7orY1cCDUhER8MgPgoHwFOCOfzVJChgR+ppK4jcRT58vVheld7KZYCJ48vSW6"
    "JN3Kr0I27lM1WQ36W1aeO7Tr4xn2FojRbGB9BT/l3QBvSEGRvonFM9sgA1Xga+X/TdthAgMBAAGjUzBRMB0GA1UdDg"
    "QWBBRTF1Og1+0gvQ1eHESr8nHtVFANljAfBgNVHSMEGDAWgBRTF1Og1+0gvQ1eHESr8nHtVFANljAPBgNVHRMBAf8E"
    "BTADAQH/MEEGCSqGSIb3DQEBCjA0oA8wDQYJYIZIAWUDBAIDBQChHDAaBgkqhkiG9w0BAQgwDQYJYIZIAWUDBAIDBQ"
    "CiAwIBPgOBgQAZdUZM+9n67A59ECTn/4KQ4KKdCCDrqdyxhYayNGsi8Jy2KZvLdZIV/IarRf5J1PdxZZOx+DTrjhoC"
    "bWY1Hr1bjgPPIx67MEy13zF3/zDIwiZqTbnqQyt40tbgNsxeYpIkGCdBdB70MvHi1utZ8MG/7JWJIqHob31YKycyQD"
    "NDBQ==";

X509Ptr certificate(std::string_view base64) {
  std::string der(base64.size(), '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(der.data()),
                                   reinterpret_cast<const unsigned char*>(base64.data()),
                                   static_cast<int>(base64.size()));
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  return X509Ptr(d2i_X509(nullptr, &at, size));
}

template <class Bytes>
std::string hex(const Bytes& bytes) {
  std::string digits;
  for (const std::uint8_t byte : bytes) {
    digits += "0123456789abcdef"[byte >> 4U];
    digits += "0123456789abcdef"[byte & 15U];
  }
  return digits;
}

std::string end_point_of(std::string_view base64) {
  const auto found = server_end_point(certificate(base64).get());
  return found ? hex(*found) : "undefined";
}

std::string binding_of(std::string_view base64) {
  const auto found = channel_binding(certificate(base64).get());
  return found ? hex(*found) : "undefined";
}

TEST(ServerEndPoint, IsTheHashOfTheCertificatesOwnSignature) {
  EXPECT_EQ(end_point_of(kSignedWithSha256),
            "81e5804d5fc75b0616884fee26a35629a20e585d1ce3ecd92b087d7c6aeccdc7");
  EXPECT_EQ(end_point_of(kSignedWithSha384),
            "b506954927c34632b25215b96a297d7895b8b75d20b63eb64fe14981a23cba34"
            "c51c1cb5c33257a265b04ecdbba41696");
  EXPECT_EQ(end_point_of(kSignedWithPssOfSha512),
            "17fbaa50a5a8d15d22376cde97a8e22f92f45d0e198ed9f24509ca10743ad8d5"
            "67fa0c70a0fd65870a5b34d9cfde5352705ae12e6647983257068a25e2ec44b1");
}

TEST(ServerEndPoint, Sha1GivesWayToSha256) {
  EXPECT_EQ(end_point_of(kSignedWithSha1),
            "cd5fb3d185c9c036802ff46dc694b22ca4548e422e6621e2e0b98b3bb69e6357");
}

TEST(ServerEndPoint, ASignatureWithoutAHashOfItsOwnHasNone) {
  EXPECT_EQ(end_point_of(kSignedWithEd25519), "undefined");
  EXPECT_EQ(binding_of(kSignedWithEd25519), "undefined");
}

// The worked example Microsoft's Open Specifications team published for NTLM's channel bindings.
TEST(GssBinding, ThePublishedExample) {
  constexpr std::uint8_t kEndPoint[] = {0xea, 0x05, 0xfe, 0xfe, 0xcc, 0x6b, 0x0b, 0xd5,
                                        0x71, 0xdb, 0xbc, 0x5b, 0xaa, 0x3e, 0xd4, 0x53,
                                        0x86, 0xd0, 0x44, 0x68, 0x35, 0xf7, 0xb7, 0x4c,
                                        0x85, 0x62, 0x1b, 0x99, 0x83, 0x47, 0x5f, 0x95};
  const auto binding = gss_binding(kEndPoint);
  ASSERT_TRUE(binding);
  EXPECT_EQ(hex(*binding), "6586e99d81c2fc984e47172fd4dd0310");
}

TEST(ChannelBinding, OfACertificate) {
  EXPECT_EQ(binding_of(kSignedWithSha256), "03e32c7f4756fae2a7201e80bee14146");
  EXPECT_EQ(binding_of(kSignedWithSha384), "d06b36f9ffd01c2bb4df3daf826f9c0b");
  EXPECT_EQ(binding_of(kSignedWithSha1), "515b90a47b1cee33f87118746ef13a6b");
  EXPECT_EQ(binding_of(kSignedWithPssOfSha512), "43109b130974982f81cbcfe63a215c7c");
}

TEST(ChannelBinding, WithoutACertificateThereIsNone) { EXPECT_FALSE(channel_binding(nullptr)); }

}  // namespace
}  // namespace exotap
