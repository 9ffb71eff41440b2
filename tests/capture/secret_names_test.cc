#include "capture/secret_names.h"

#include <gtest/gtest.h>

#include <string>

namespace exotap {
namespace {

Secrecy of(std::string_view name) { return secrecy_of(PlainName(name)); }

TEST(SecretNames, PasswordsAndTokensInAnySpelling) {
  for (const char* name : {"password",
                           "Passwd",
                           "PWD",
                           "NewPassword",
                           "client_secret",
                           "clientSecret",
                           "assertion",
                           "client_assertion",
                           "refresh_token",
                           "access_token",
                           "accessToken",
                           "Access-Token",
                           "id_token",
                           "SAMLResponse",
                           "SAMLart",
                           "wresultptr",
                           "SAMLRequest",
                           "wresult",
                           "flowToken",
                           "sFT",
                           "sCtx",
                           "PPFT",
                           "user_code",
                           "canary",
                           "X-OWA-CANARY",
                           "apiCanary",
                           "device_code",
                           "ESTSAUTHPERSISTENT",
                           "MSISAuth1",
                           "x-ms-RefreshTokenCredential",
                           "SignInStateCookie",
                           "__RequestVerificationToken"}) {
    EXPECT_GE(of(name), Secrecy::value) << name;
  }
}

TEST(SecretNames, WholeHeaderFields) {
  for (const char* name : {"Authorization", "proxy-authorization", "Cookie", "Set-Cookie"}) {
    EXPECT_EQ(of(name), Secrecy::line) << name;
  }
}

TEST(SecretNames, EverydayWordsAreSecretAsParametersOnly) {
  for (const char* name : {"code", "ctx", "wctx", "sig", "Signature", "RelayState"}) {
    EXPECT_EQ(of(name), Secrecy::parameter) << name;
  }
}

TEST(SecretNames, WhatDiagnosisNeedsIsNoSecret) {
  for (const char* name : {"login",
                           "username",
                           "login_hint",
                           "client_id",
                           "redirect_uri",
                           "token_type",
                           "TokenType",
                           "client_assertion_type",
                           "grant_type",
                           "error",
                           "error_description",
                           "authorization_uri",
                           "resource",
                           "wa",
                           "wtrealm",
                           "X-FEServer",
                           "x-ms-diagnostics",
                           "token_types",
                           "o",
                           "cn",
                           ""}) {
    EXPECT_EQ(of(name), Secrecy::none) << name;
  }
}

TEST(SecretNames, ElementsOfWsSecurityAndSaml) {
  for (const char* name :
       {"Password", "BinarySecurityToken", "Assertion", "EncryptedData", "CipherValue",
        "SignatureValue", "BinarySecret", "RequestedSecurityToken", "RequestedProofToken", "Nonce",
        "AccessToken"}) {
    EXPECT_TRUE(is_secret_element(PlainName(name))) << name;
  }
  for (const char* name : {"Username", "EMailAddress", "Audience", "TokenType", "code", "Code"}) {
    EXPECT_FALSE(is_secret_element(PlainName(name))) << name;
  }
}

TEST(SecretNames, LongNamesAreKnownByTheirEnd) {
  EXPECT_EQ(of(std::string(500, 'x') + "_access_token"), Secrecy::value);
  EXPECT_EQ(of(std::string(500, 'x')), Secrecy::none);
}

TEST(SecretNames, SchemesThatCredentialsFollow) {
  for (const char* name : {"Basic", "bearer", "NTLM", "Negotiate"}) {
    EXPECT_TRUE(is_credential_scheme(PlainName(name))) << name;
  }
  EXPECT_FALSE(is_credential_scheme(PlainName("modern")));
}

}  // namespace
}  // namespace exotap
