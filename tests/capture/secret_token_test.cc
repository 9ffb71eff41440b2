#include "capture/secret_token.h"

#include <gtest/gtest.h>

#include <string>

namespace exotap {
namespace {

std::string secret_in(std::string_view text) {
  return std::string(token_run(text, 0).secret.of(text));
}

std::string credentials_in(std::string_view text) {
  return std::string(credentials(text, 0).of(text));
}

// Made up: base64 of the bytes 0, 37, 74, ... and so without meaning.
constexpr std::string_view kBlob =
    "ACVKb5S53gMoTXKXvOEGK1B1mr/kCS5TeJ3C5wwxVnugxeoPNFl+o8jtEjdcgabL8BU6X4Sp";

TEST(SecretToken, JsonWebTokensWholeOrTorn) {
  const std::string jwt = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl";
  EXPECT_EQ(secret_in(jwt), jwt);
  EXPECT_EQ(secret_in(jwt + " is expired"), jwt);
  EXPECT_EQ(secret_in("eyJhbGciOiJub25lIn0.eyJ"), "eyJhbGciOiJub25lIn0.eyJ");
  EXPECT_EQ(secret_in("eyJhbGci"), "");
}

TEST(SecretToken, NtlmMessages) {
  EXPECT_EQ(secret_in("TlRMTVNTUAADAAAAGAAYAHIA"), "TlRMTVNTUAADAAAAGAAYAHIA");
}

TEST(SecretToken, LongOrPaddedBase64) {
  EXPECT_EQ(secret_in(kBlob), kBlob);
  EXPECT_EQ(secret_in("c2VjcmV0IHRoYXQgaXM="), "c2VjcmV0IHRoYXQgaXM=");
  EXPECT_EQ(secret_in("Zm9vYmFyMTIzNDU2Nzg5MA%3D%3D&x"), "Zm9vYmFyMTIzNDU2Nzg5MA%3D%3D");
}

TEST(SecretToken, OfAPathOnlyTheBlob) {
  EXPECT_EQ(secret_in("/api/me/AAMkAGI2TG93AAA4ZjQ0b2FzZGp3MTIzNDU2Nw/messages"),
            "AAMkAGI2TG93AAA4ZjQ0b2FzZGp3MTIzNDU2Nw");
}

TEST(SecretToken, LongHexadecimalIsAMessageNotADigest) {
  EXPECT_EQ(secret_in(std::string(64, 'a')), "");
  EXPECT_EQ(secret_in(std::string(66, 'a')), std::string(66, 'a'));
}

TEST(SecretToken, NamesPathsAndIdsAreLeftAlone) {
  for (const std::string text :
       {"4f9be0c1-1a60-4a52-9a3e-0a9d1c1bb0b2",
        "B1F0E2D3C4B5A69788796A5B4C3D2E1F0A1B2C3D4E5F60718293A4B5C6D7E8F9",
        "/Microsoft-Server-ActiveSync/default", "/autodiscover/autodiscover",
        "/Autodiscover/AutodiscoverV2Service/Exchange2019/Mailbox/SettingsProvider",
        "/adfs/services/trust/13/usernamemixed", "BN6PR13MB1234", "AM0PR01MB5678-eurprd01",
        "ECDHE-ECDSA-AES128-GCM-SHA256", "TLS_AES_256_GCM_SHA384", "Recipients",
        "0d8b7e7a3f2c4b51a1b2c3d4e5f60718-ada", "donaudampfschifffahrtsgesellschaftskapitaen",
        "ExcludeHttpsAutoDiscoverDomainForOffice365Mailboxes", "MSIS7068", "FYDIBOHF23SPDLT"}) {
    EXPECT_EQ(secret_in(text), "") << text;
  }
}

TEST(SecretToken, EqualSignsPartNames) { EXPECT_EQ(token_run("cn=Recipients", 0).run_end, 2U); }

TEST(SecretToken, CredentialsBehindAScheme) {
  EXPECT_EQ(credentials_in("dXNlcjpXaW50ZXIyMDI2"), "dXNlcjpXaW50ZXIyMDI2");
  EXPECT_EQ(credentials_in("dTpw"), "dTpw");  // u:p
  EXPECT_EQ(credentials_in("YIIFhwYGKwYBBQUCoII"), "YIIFhwYGKwYBBQUCoII");
  EXPECT_EQ(credentials_in("EwBIA8l6BAAU.token~x12, next"), "EwBIA8l6BAAU.token~x12");
}

TEST(SecretToken, ProseAndParametersBehindAScheme) {
  for (const char* text :
       {"authentication", "Authentication is off", "auth", "over HTTPS", "realm=\"contoso\"",
        "authorization_uri=\"https://x\"", "client_id=00000002-0000-0ff1-ce00-000000000000", ""}) {
    EXPECT_EQ(credentials_in(text), "") << text;
  }
}

}  // namespace
}  // namespace exotap
