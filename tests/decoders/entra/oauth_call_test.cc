#include "decoders/entra/oauth_call.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

constexpr std::string_view kEntra = "login.microsoftonline.com";
constexpr std::string_view kAdfs = "sts.contoso.com";

TEST(OAuthCall, IsKnownByThePathOnAnyHost) {
  EXPECT_EQ(oauth_call(kEntra, "/common/oauth2/v2.0/token"), OAuthCall::token);
  EXPECT_EQ(oauth_call(kEntra, "/Common/OAuth2/Token"), OAuthCall::token);
  EXPECT_EQ(oauth_call(kEntra, "/contoso.com/oauth2/authorize"), OAuthCall::authorize);
  EXPECT_EQ(oauth_call(kEntra, "/organizations/oauth2/v2.0/devicecode"), OAuthCall::device_code);
  EXPECT_EQ(oauth_call(kEntra, "/common/oauth2/logout"), OAuthCall::logout);
  EXPECT_EQ(oauth_call(kEntra, "/common/v2.0/.well-known/openid-configuration"),
            OAuthCall::discovery);
  EXPECT_EQ(oauth_call(kEntra, "/common/discovery/v2.0/keys"), OAuthCall::keys);
  EXPECT_EQ(oauth_call(kEntra, "/common/discovery/instance"), OAuthCall::instance_discovery);
  EXPECT_EQ(oauth_call(kAdfs, "/adfs/oauth2/token"), OAuthCall::token);
  EXPECT_EQ(oauth_call(kAdfs, "/adfs/oauth2/token/"), OAuthCall::token);
  EXPECT_EQ(oauth_call(kAdfs, "/adfs/oauth2/authorize/"), OAuthCall::authorize);
  EXPECT_EQ(oauth_call(kAdfs, "/adfs/.well-known/openid-configuration"), OAuthCall::discovery);
  EXPECT_EQ(oauth_call(kAdfs, "/adfs/discovery/keys"), OAuthCall::keys);
  EXPECT_EQ(oauth_call("login.live.com", "/oauth20_token.srf"), OAuthCall::token);
}

TEST(OAuthCall, TakesTheRestOfASignInHostForPages) {
  EXPECT_EQ(oauth_call(kEntra, "/common/login"), OAuthCall::page);
  EXPECT_EQ(oauth_call(kEntra, "/kmsi"), OAuthCall::page);
  EXPECT_EQ(oauth_call(kEntra, "/"), OAuthCall::page);
  EXPECT_EQ(oauth_call(kEntra, ""), OAuthCall::page);
  EXPECT_EQ(oauth_call("autologon.microsoftazuread-sso.com", "/contoso.com/winauth/sso"),
            OAuthCall::seamless_sso);
}

TEST(OAuthCall, IsNoneElsewhere) {
  for (const std::string_view path :
       {"/mapi/emsmdb/", "/EWS/Exchange.asmx", "/token", "/xoauth2/token", "/oauth2/token2",
        "/oauth2/v3.0/token", "/keys", "/discovery/keysx", "/x/oauth20_token.srf", "", "/",
        "/adfs/ls/", "/adfs/services/trust/mex", "token"}) {
    EXPECT_EQ(oauth_call("mail.contoso.com", path), OAuthCall::none) << path;
  }
}

TEST(OAuthCall, HasAWordForEach) {
  EXPECT_EQ(to_string(OAuthCall::none), "");
  EXPECT_EQ(to_string(OAuthCall::token), "token");
  EXPECT_EQ(to_string(OAuthCall::device_code), "devicecode");
  EXPECT_EQ(to_string(OAuthCall::instance_discovery), "instance_discovery");
}

TEST(OAuthTenant, IsTheFirstSegment) {
  EXPECT_EQ(oauth_tenant("/common/oauth2/token"), "common");
  EXPECT_EQ(oauth_tenant("/contoso.com/oauth2/v2.0/token"), "contoso.com");
  EXPECT_EQ(oauth_tenant("/adfs/oauth2/token"), "");
  EXPECT_EQ(oauth_tenant("/oauth2/token"), "");
  EXPECT_EQ(oauth_tenant("/kmsi"), "");
  EXPECT_EQ(oauth_tenant(""), "");
}

}  // namespace
}  // namespace exotap
