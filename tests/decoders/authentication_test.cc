#include "decoders/authentication.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/decoders/auth_messages.h"
#include "tests/decoders/exchange_from_text.h"

namespace exotap {
namespace {

using namespace testing;
using namespace fact;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Facts decoded(const Exchange& exchange) {
  Facts facts;
  if (kAuthenticationDecoder.recognises(exchange)) kAuthenticationDecoder.decode(exchange, facts);
  return facts;
}

Facts sent(const std::string& authorization) {
  return decoded(exchange("GET / HTTP/1.1\nHost: h\nAuthorization: " + authorization + "\n\n",
                          "HTTP/1.1 200 OK\n\n"));
}

Facts answered(const std::string& fields) {
  return decoded(
      exchange("GET / HTTP/1.1\nHost: h\n\n", "HTTP/1.1 401 Unauthorized\n" + fields + "\n\n"));
}

std::vector<std::string> all(const Facts& facts, const FactSpec& spec) {
  std::vector<std::string> values;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].spec == &spec) values.emplace_back(facts[i].text);
  }
  return values;
}

std::string everything(const Facts& facts) {
  std::string text;
  for (std::size_t i = 0; i < facts.size(); ++i) text.append(facts[i].text).append("\n");
  return text;
}

TEST(Authorization, BasicStatesTheUserAndNeverThePassword) {
  const Facts facts = sent("Basic " + base64("user@contoso.com:s3cr3t:t00"));
  EXPECT_EQ(facts.text(kHttpAuthScheme), "basic");
  EXPECT_EQ(facts.text(kHttpAuthMechanism), "basic");
  EXPECT_EQ(facts.text(kHttpAuthUser), "user@contoso.com");
  EXPECT_THAT(everything(facts), Not(HasSubstr("s3cr3t")));
}

TEST(Authorization, BasicWithoutAColonMayBeAPasswordAlone) {
  const Facts facts = sent("Basic " + base64("s3cr3t"));
  EXPECT_FALSE(facts.has(kHttpAuthUser));
  EXPECT_TRUE(facts.has(kDecodeAuthenticationError));
  EXPECT_THAT(everything(facts), Not(HasSubstr("s3cr3t")));
}

TEST(Authorization, ABearerTokenIsNeverShown) {
  const Facts facts = sent("Bearer eyJ0eXAi.eyJhdWQi.sIgNaTuRe");
  EXPECT_EQ(facts.text(kHttpAuthMechanism), "bearer");
  EXPECT_THAT(everything(facts), Not(HasSubstr("eyJ0eXAi")));
}

TEST(Authorization, ItsLengthIsToldWhereItIsLong) {
  EXPECT_FALSE(sent("Negotiate " + std::string(8000, 'A')).has(kHttpAuthBytes));
  EXPECT_EQ(sent("Negotiate " + std::string(16384, 'A')).number(kHttpAuthBytes), 16394);
}

TEST(Authorization, AnEmptyBearerIsAProbe) {
  EXPECT_EQ(sent("Bearer").text(kHttpAuthMechanism), "bearer_empty");
  EXPECT_EQ(sent("Bearer ").text(kHttpAuthMechanism), "bearer_empty");
}

TEST(Authorization, NtlmByItsMessage) {
  EXPECT_EQ(sent("NTLM " + base64(ntlm(1))).text(kHttpAuthMechanism), "ntlm_negotiate");
  EXPECT_EQ(sent("NTLM " + base64(ntlm(3))).text(kHttpAuthMechanism), "ntlm_authenticate");
  EXPECT_EQ(sent("NTLM broken").text(kHttpAuthMechanism), "ntlm");
}

TEST(Authorization, NegotiateInItsThreeShapes) {
  EXPECT_EQ(sent("Negotiate " + base64(ntlm(1))).text(kHttpAuthMechanism), "ntlm_negotiate");
  EXPECT_EQ(sent("Negotiate " + base64(kerberos())).text(kHttpAuthMechanism), "kerberos");
  const Facts spnego = sent("Negotiate " + base64(spnego_init(kerberos())));
  EXPECT_EQ(spnego.text(kHttpAuthScheme), "negotiate");
  EXPECT_EQ(spnego.text(kHttpAuthMechanism), "spnego");
  EXPECT_EQ(spnego.text(kHttpAuthInnerMechanism), "kerberos");
}

TEST(Authorization, AValueWithoutASchemeIsASecretItself) {
  for (const char* value :
       {"eyJ0eXAiOiJKV1QiLCJhbGciOi", "s3cr3t", "Passw0rd more", "averylongwordthatisnoscheme x"}) {
    const Facts facts = sent(value);
    EXPECT_EQ(facts.text(kHttpAuthScheme), "other") << value;
    EXPECT_EQ(facts.text(kHttpAuthMechanism), "other") << value;
  }
}

TEST(Authorization, AnUnknownSchemeWithCredentialsIsNamed) {
  EXPECT_EQ(sent("Hawk id=\"1\"").text(kHttpAuthScheme), "hawk");
}

TEST(Authorization, OfTheProxyOnlyTheScheme) {
  const Facts facts = decoded(exchange(
      "GET / HTTP/1.1\nHost: h\nProxy-Authorization: Basic " + base64("u:s3cr3t") + "\n\n",
      "HTTP/1.1 407 Proxy Authentication Required\nProxy-Authenticate: Negotiate, NTLM\n\n"));
  EXPECT_EQ(facts.text(kHttpProxyAuthScheme), "basic");
  EXPECT_FALSE(facts.has(kHttpAuthScheme));
  EXPECT_FALSE(facts.has(kHttpAuthUser));
  EXPECT_THAT(all(facts, kHttpProxyAuthChallenge), ElementsAre("negotiate", "ntlm"));
  EXPECT_FALSE(facts.has(kHttpAuthChallenge));
}

TEST(Authorization, OfTheProxyTheKindOfItsMessages) {
  const auto said = [](const std::string& sent, const std::string& offered) {
    return decoded(exchange("GET / HTTP/1.1\nHost: h\nProxy-Authorization: " + sent + "\n\n",
                            "HTTP/1.1 407 No\nProxy-Authenticate: " + offered + "\n\n"));
  };
  const std::string first = "NTLM " + base64(std::string("NTLMSSP\0\1\0\0\0", 12));
  const std::string second = "NTLM " + base64(std::string("NTLMSSP\0\2\0\0\0", 12));
  const Facts middle = said(first, second);
  EXPECT_EQ(middle.text(kHttpProxyAuthMechanism), "ntlm_negotiate");
  EXPECT_EQ(middle.text(kHttpProxyAuthChallengeToken), "ntlm_challenge");
  EXPECT_FALSE(middle.has(kHttpAuthChallengeToken));
  const Facts anew = said(first, "NTLM");
  EXPECT_FALSE(anew.has(kHttpProxyAuthChallengeToken));
  EXPECT_EQ(said("Basic " + base64("u:s3cr3t"), "Basic realm=x").text(kHttpProxyAuthMechanism),
            "basic");
}

TEST(Challenge, SchemesOfAllLinesInOrderEachOnce) {
  const Facts facts = answered(
      "WWW-Authenticate: Bearer realm=\"x\",Basic Realm=\"\",Basic Realm=\"\"\n"
      "www-authenticate: Negotiate\nWWW-AUTHENTICATE: NTLM");
  EXPECT_THAT(all(facts, kHttpAuthChallenge), ElementsAre("bearer", "basic", "negotiate", "ntlm"));
  EXPECT_THAT(all(facts, kHttpAuthRealm), ElementsAre("x"));
  EXPECT_FALSE(facts.has(kHttpAuthChallengeToken));
}

TEST(Challenge, TheTokenOfAHandshakeIsNamed) {
  EXPECT_EQ(answered("WWW-Authenticate: NTLM " + base64(ntlm(2))).text(kHttpAuthChallengeToken),
            "ntlm_challenge");
  EXPECT_EQ(answered("WWW-Authenticate: Negotiate " + base64(spnego_response(1, ntlm(2))))
                .text(kHttpAuthChallengeToken),
            "spnego");
  EXPECT_EQ(answered("WWW-Authenticate: Negotiate " + base64(spnego_response(2, "")))
                .text(kHttpAuthChallengeToken),
            "spnego_reject");
  EXPECT_EQ(answered("WWW-Authenticate: Negotiate abcd").text(kHttpAuthChallengeToken), "other");
}

TEST(Challenge, BearerOfExchangeOnline) {
  const Facts facts = answered(
      "WWW-Authenticate: Bearer client_id=\"00000002-0000-0ff1-ce00-000000000000\", "
      "trusted_issuers=\"00000001-0000-0000-c000-000000000000@*\", "
      "authorization_uri=\"https://login.windows.net/common/oauth2/authorize?ctx=s3cr3t\", "
      "error=\"invalid_token\", error_description=\"token eyJ0eXAiOiJKV1QiLCJhbGc expired\"");
  EXPECT_EQ(facts.text(kOauthChallengeClientId), "00000002-0000-0ff1-ce00-000000000000");
  EXPECT_EQ(facts.text(kOauthChallengeTrustedIssuers), "00000001-0000-0000-c000-000000000000@*");
  EXPECT_EQ(facts.text(kOauthChallengeAuthorizationUri),
            "https://login.windows.net/common/oauth2/authorize?ctx=[redacted]");
  EXPECT_EQ(facts.text(kOauthChallengeError), "invalid_token");
  EXPECT_EQ(facts.text(kOauthChallengeErrorDescription), "token [redacted] expired");
  EXPECT_FALSE(facts.has(kOauthChallengeClaims));
}

TEST(Challenge, BearerMayDemandClaims) {
  const Facts facts = answered(
      "WWW-Authenticate: Bearer realm=\"\", error=\"insufficient_claims\", "
      "claims=\"eyJhY2Nlc3Mi\"");
  EXPECT_TRUE(facts.is_true(kOauthChallengeClaims));
  EXPECT_THAT(everything(facts), Not(HasSubstr("eyJhY2Nlc3Mi")));
}

TEST(Challenge, WhatIsBrokenIsSaidWithItsPlace) {
  const Facts facts = answered("WWW-Authenticate: NTLM, Basic realm=\"x");
  EXPECT_THAT(all(facts, kHttpAuthChallenge), ElementsAre("ntlm", "basic"));
  EXPECT_THAT(facts.text(kDecodeAuthenticationError), HasSubstr("offset 18"));
}

TEST(Diagnostics, OfExchangeAndOfItsBackEnd) {
  const Facts facts = answered(
      "x-ms-diagnostics: 2000003;reason=\"The audience is "
      "invalid.\";error_category=\"invalid_resource\"");
  EXPECT_EQ(facts.number(kExchangeDiagnosticsCode), 2000003);
  EXPECT_EQ(facts.text(kExchangeDiagnosticsReason), "The audience is invalid.");
  EXPECT_EQ(facts.text(kExchangeDiagnosticsCategory), "invalid_resource");
  EXPECT_EQ(answered("x-ms-diagnostics-from-backend: 2000002;reason=\"x\"")
                .number(kExchangeDiagnosticsCode),
            2000002);
}

TEST(Diagnostics, OfSeveralLinesAndJoinedOnes) {
  const Facts facts = answered(
      "x-ms-diagnostics: 2000003;reason=\"one\",2000008;reason=\"two\"\n"
      "X-MS-Diagnostics-From-Backend: 2000003;reason=\"one\"\n"
      "x-ms-diagnostics: 28020;source=\"sip.contoso.com\";reason=\"three\";"
      "faultcode=\"wsse:FailedAuthentication\"");
  EXPECT_THAT(all(facts, kExchangeDiagnosticsCode), ElementsAre("2000003", "2000008", "28020"));
  EXPECT_THAT(all(facts, kExchangeDiagnosticsReason), ElementsAre("one", "two", "three"));
  EXPECT_EQ(facts.text(kExchangeDiagnosticsSource), "sip.contoso.com");
  EXPECT_EQ(facts.text(kExchangeDiagnosticsFault), "wsse:FailedAuthentication");
}

TEST(Challenge, SchemesSayHowTheyWantToBeAnswered) {
  const Facts facts = answered(
      "WWW-Authenticate: Digest realm=\"d\", qop=\"auth, auth-int\", algorithm=SHA-256, "
      "stale=TRUE, "
      "nonce=\"n0nce\", Digest realm=\"d\", algorithm=MD5, nonce=\"n0nce\"\n"
      "WWW-Authenticate: Basic realm=\"b\", charset=\"UTF-8\"");
  EXPECT_THAT(all(facts, kHttpAuthChallenge), ElementsAre("digest", "basic"));
  EXPECT_THAT(all(facts, kHttpAuthChallengeAlgorithm), ElementsAre("SHA-256", "MD5"));
  EXPECT_EQ(facts.text(kHttpAuthChallengeQop), "auth, auth-int");
  EXPECT_TRUE(facts.is_true(kHttpAuthChallengeStale));
  EXPECT_EQ(facts.text(kHttpAuthChallengeCharset), "UTF-8");
  EXPECT_FALSE(facts.has(kHttpAuthChallengeNonce)) << "every Digest has one";
  EXPECT_THAT(everything(facts), Not(HasSubstr("n0nce")));
  const Facts possession =
      answered("WWW-Authenticate: PoP nonce=\"n0nce\", error=\"invalid_token\"");
  EXPECT_TRUE(possession.is_true(kHttpAuthChallengeNonce));
  EXPECT_EQ(possession.text(kOauthChallengeError), "invalid_token");
  EXPECT_THAT(everything(possession), Not(HasSubstr("n0nce")));
}

TEST(Challenge, AProxyNamesItsRealm) {
  EXPECT_EQ(answered("Proxy-Authenticate: Negotiate, Basic realm=\"Contoso proxy\"")
                .text(kHttpProxyAuthChallengeRealm),
            "Contoso proxy");
}

TEST(Authorization, DigestNamesItsUserUnlessItHashesTheName) {
  const auto user = [](const std::string& more) {
    return std::string(decoded(exchange("GET / HTTP/1.1\nHost: h\nAuthorization: Digest "
                                        "username=\"CONTOSO\\\\anna\", response=\"s3cr3t\"" +
                                            more + "\n\n",
                                        ""))
                           .text(kHttpAuthUser));
  };
  EXPECT_EQ(user(""), "CONTOSO\\anna");
  EXPECT_EQ(user(", userhash=true"), "");
}

TEST(AutodiscoverErrorField, FederatedStsUnreachableComesWith503) {
  const Facts facts = decoded(exchange(
      "POST /autodiscover/autodiscover.xml HTTP/1.1\nHost: autodiscover-s.outlook.com\n\n",
      "HTTP/1.1 503 Service Unavailable\nRetry-After: 30\n"
      "X-AutoDiscovery-Error: LiveIdBasicAuth:FederatedStsUnreachable:<FEDERATED>closed\n\n"));
  EXPECT_EQ(facts.text(kAutodiscoverXErrorSource), "LiveIdBasicAuth");
  EXPECT_EQ(facts.text(kAutodiscoverXErrorResult), "FederatedStsUnreachable");
  EXPECT_EQ(facts.text(kAutodiscoverXErrorDetail), "<FEDERATED>closed");
}

TEST(Authentication, OrdinaryExchangesAreNotLookedInto) {
  const Exchange plain = exchange("GET / HTTP/1.1\nHost: h\nAccept: */*\n\n",
                                  "HTTP/1.1 200 OK\nServer: x\nContent-Type: text/xml\n\n");
  EXPECT_FALSE(kAuthenticationDecoder.recognises(plain));
  EXPECT_FALSE(kAuthenticationDecoder.recognises(Exchange{}));
}

TEST(Authentication, StatesOnlyWhatItDeclares) {
  const Facts facts = decoded(exchange(
      "GET / HTTP/1.1\nHost: h\nAuthorization: Negotiate " + base64(spnego_init(ntlm(1))) + "\n\n",
      "HTTP/1.1 401 No\nWWW-Authenticate: Bearer claims=\"x\", error=\"e\"\n\n"));
  for (std::size_t i = 0; i < facts.size(); ++i) {
    EXPECT_THAT(kAuthenticationDecoder.emits, ::testing::Contains(facts[i].spec));
  }
}

// Line ends were lost in the source of this sample: its challenge is cut out by hand.
TEST(AuthenticationSamples, BearerChallengeWithDiagnostics) {
  const auto text = sample("http-401-bearer-2000004.txt");
  if (!text) GTEST_SKIP() << "no samples in " << EXOTAP_SAMPLES;
  const std::size_t challenge = text->find("WWW-Authenticate:");
  const std::size_t diagnostics = text->find("x-ms-diagnostics:");
  const std::size_t server = text->find("Server:");
  ASSERT_NE(challenge, std::string::npos);
  const Facts facts = answered(text->substr(diagnostics, server - diagnostics) + "\n" +
                               text->substr(challenge, text->find('\n', challenge) - challenge));
  EXPECT_THAT(all(facts, kHttpAuthChallenge), ElementsAre("bearer", "negotiate", "ntlm", "basic"));
  EXPECT_EQ(facts.text(kHttpAuthRealm), "autodiscover.contoso.com");
  EXPECT_EQ(facts.text(kOauthChallengeError), "invalid_token");
  EXPECT_EQ(facts.text(kOauthChallengeTrustedIssuers),
            "00000004-0000-0ff1-ce00-000000000000@contoso.com");
  EXPECT_EQ(facts.text(kOauthChallengeClientId), "00000002-0000-0ff1-ce00-000000000000");
  EXPECT_EQ(facts.text(kOauthChallengeTokenTypes),
            "app_asserted_user_v1service_asserted_app_v1");  // a blank was lost, too
  EXPECT_FALSE(facts.has(kOauthChallengeAuthorizationUri));
  EXPECT_EQ(facts.number(kExchangeDiagnosticsCode), 2000004);
  EXPECT_EQ(facts.text(kExchangeDiagnosticsReason),
            "The tenant for tenant guid 'contoso.com' does not exist.");
  EXPECT_EQ(facts.text(kExchangeDiagnosticsCategory), "invalid_tenant");
  EXPECT_FALSE(facts.has(kDecodeAuthenticationError));
}

TEST(AuthenticationSamples, ActiveSyncRefusesAKnownUser) {
  const auto text = sample("http-eas-401-known-user.txt");
  if (!text) GTEST_SKIP() << "no samples in " << EXOTAP_SAMPLES;
  const std::size_t answer = text->find("HTTP/1.1 401");
  ASSERT_NE(answer, std::string::npos);
  const Facts facts = decoded(testing::exchange(text->substr(0, answer), text->substr(answer)));
  EXPECT_EQ(facts.text(kHttpAuthUser), "valid_user@contoso.com");
  EXPECT_THAT(all(facts, kHttpAuthChallenge), ElementsAre("basic", "negotiate"));
  EXPECT_THAT(all(facts, kHttpAuthRealm), IsEmpty());
  EXPECT_THAT(everything(facts), Not(HasSubstr("Password1")));
}

TEST(AuthenticationSamples, RpcOverHttpBeginsWithNtlm) {
  const auto text = sample("http-rpc-in-data-ntlm.txt");
  if (!text) GTEST_SKIP() << "no samples in " << EXOTAP_SAMPLES;
  const Facts facts = decoded(testing::exchange(*text, ""));
  EXPECT_EQ(facts.text(kHttpAuthMechanism), "ntlm_negotiate");
}

}  // namespace
}  // namespace exotap
