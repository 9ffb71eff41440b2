#include "decoders/windows_sign_in.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "decoders/authentication.h"
#include "tests/decoders/auth_messages.h"
#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using namespace testing;
using namespace fact;
using ::testing::ElementsAre;

constexpr ChannelBinding kExotaps = {'e', 'e', 'e', 'e', 'e', 'e', 'e', 'e',
                                     'e', 'e', 'e', 'e', 'e', 'e', 'e', 'e'};
constexpr ChannelBinding kServers = {'s', 's', 's', 's', 's', 's', 's', 's',
                                     's', 's', 's', 's', 's', 's', 's', 's'};

Exchange signing_in(const std::string& credentials, const std::string& answered = "") {
  Exchange made = testing::exchange(
      "GET /EWS HTTP/1.1\nHost: mail.contoso.com\nAuthorization: " + credentials + "\n\n",
      "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: " + (answered.empty() ? "NTLM" : answered) +
          "\n\n");
  made.sequence = 2;
  made.tls.shown_binding = kExotaps;
  made.tls.server_binding = kServers;
  return made;
}

Facts stated(const Exchange& exchange) {
  Facts facts = stated_by(kWindowsSignInDecoder, exchange);
  expect_declared(facts, kWindowsSignInDecoder);
  expect_never_told(facts, "ZZZZ");
  return facts;
}

std::string third(std::string_view pairs) {
  return authenticate_message({.response = v2_response(pairs)});
}

std::string bound(std::string_view binding) { return third(av_pair(10, binding) + kAvEnd); }

std::string bindings(const std::string& message) {
  return value_of(stated(signing_in("NTLM " + base64(message))), "auth.channel_bindings");
}

TEST(ChannelBindings, AreCompared) {
  EXPECT_EQ(bindings(bound(std::string(16, 'e'))), "exotap");
  EXPECT_EQ(bindings(bound(std::string(16, 's'))), "server");
  EXPECT_EQ(bindings(bound(std::string(16, 'x'))), "other");
}

TEST(ChannelBindings, OfAllZeroOrAbsentOrInNtlmV1AreNone) {
  EXPECT_EQ(bindings(bound(std::string(16, '\0'))), "none");
  EXPECT_EQ(bindings(third(kAvEnd)), "none");
  EXPECT_EQ(bindings(authenticate_message({.response = std::string(24, 'Z')})), "none");
}

TEST(ChannelBindings, AreNotGuessed) {
  EXPECT_EQ(bindings(bound("short")), "(absent)") << "broken";
  EXPECT_EQ(bindings(ntlm(1)), "(absent)") << "nothing is proven yet";
  EXPECT_EQ(bindings(authenticate_message({.response = "", .user = "", .lm = ""})), "(absent)");
  Exchange unknown = signing_in("NTLM " + base64(bound(std::string(16, 'e'))));
  unknown.tls = {};
  EXPECT_EQ(value_of(stated(unknown), "auth.channel_bindings"), "(absent)");
  EXPECT_EQ(value_of(stated(unknown), "tls.channel_binding.exotap"), "(absent)");
}

TEST(ChannelBindings, OfBothSidesStandBesideThem) {
  expect_facts(stated(signing_in("NTLM " + base64(bound(std::string(16, 'e'))))),
               {{"tls.channel_binding.exotap", "65656565656565656565656565656565"},
                {"tls.channel_binding.server", "73737373737373737373737373737373"},
                {"ntlm.channel_bindings", "65656565656565656565656565656565"}});
}

TEST(ChannelBindings, OfKerberosAreHidden) {
  const Facts facts =
      stated(signing_in("Negotiate " + base64(spnego_init(ap_req("mail.contoso.com")))));
  EXPECT_EQ(facts.text(kAuthChannelBindings), "hidden");
}

TEST(WindowsSignIn, TheThirdMessageSaysWho) {
  const std::string pairs =
      av_pair(6, little_endian(2, 4)) + av_pair(9, wide("HTTP/mail.contoso.com")) + kAvEnd;
  // 2026-03-02T08:00:00Z as FILETIME.
  const std::string message =
      authenticate_message({.response = v2_response(pairs, 134169120000000000ULL)});
  const Facts facts = stated(signing_in("NTLM " + base64(message)));
  expect_facts(facts, {{"ntlm.user", "anna"},
                       {"ntlm.domain", "CONTOSO"},
                       {"ntlm.workstation", "PC7"},
                       {"http.auth.user", "CONTOSO\\anna"},
                       {"ntlm.response", "v2"},
                       {"ntlm.client_version", "10.0.19041"},
                       {"ntlm.target_name", "HTTP/mail.contoso.com"},
                       {"ntlm.integrity_code", "true"},
                       {"ntlm.timestamp", "2026-03-02T08:00:00Z"}});
  EXPECT_THAT(values_of(facts, "ntlm.flag"),
              ElementsAre("unicode", "request_target", "ntlm", "always_sign",
                          "extended_session_security", "target_info", "version", "128", "56"));
  EXPECT_FALSE(facts.has(kDecodeWindowsSignInError));
}

TEST(WindowsSignIn, AUserWithoutADomainStandsAlone) {
  const std::string message = authenticate_message(
      {.response = v2_response(kAvEnd), .user = wide("anna@contoso.com"), .domain = ""});
  EXPECT_EQ(stated(signing_in("NTLM " + base64(message))).text(kHttpAuthUser), "anna@contoso.com");
}

TEST(WindowsSignIn, NobodyIsAnonymous) {
  const std::string message = authenticate_message({.response = "", .user = "", .lm = ""});
  const Facts facts = stated(signing_in("NTLM " + base64(message)));
  EXPECT_EQ(facts.text(kNtlmResponse), "anonymous");
  EXPECT_FALSE(facts.has(kHttpAuthUser));
}

TEST(WindowsSignIn, NamesHoldNoControlCharacters) {
  const std::string message = authenticate_message(
      {.response = v2_response(kAvEnd), .user = wide("an\x1b[31mna"), .domain = ""});
  EXPECT_EQ(stated(signing_in("NTLM " + base64(message))).text(kNtlmUser), "an?[31mna");
}

TEST(WindowsSignIn, AnAnswerToNoChallengeOfItsConnectionIsTold) {
  Exchange exchange = signing_in("NTLM " + base64(third(kAvEnd)));
  EXPECT_FALSE(stated(exchange).has(kNtlmWithoutChallenge));
  exchange.sequence = 1;  // after the CONNECT
  EXPECT_TRUE(stated(exchange).is_true(kNtlmWithoutChallenge));
  exchange.handling = Handling::clear;
  EXPECT_FALSE(stated(exchange).has(kNtlmWithoutChallenge));
  exchange.sequence = 0;
  EXPECT_TRUE(stated(exchange).is_true(kNtlmWithoutChallenge));
  Exchange opening = signing_in("NTLM " + base64(ntlm(1)));
  opening.sequence = 1;
  EXPECT_FALSE(stated(opening).has(kNtlmWithoutChallenge));
}

TEST(WindowsSignIn, TheChallengeDescribesTheServer) {
  const std::string pairs = av_pair(2, wide("CONTOSO")) + av_pair(1, wide("MAIL")) +
                            av_pair(4, wide("contoso.com")) + av_pair(3, wide("mail.contoso.com")) +
                            av_pair(5, wide("forest.contoso.com")) +
                            av_pair(7, little_endian(134169120000000000ULL, 8)) + kAvEnd;
  const std::string challenge = challenge_message(wide("CONTOSO"), pairs);
  for (const std::string& answered :
       {"NTLM " + base64(challenge), "Negotiate " + base64(spnego_response(1, challenge))}) {
    const Facts facts = stated(signing_in("NTLM " + base64(ntlm(1).substr(0, 16)), answered));
    expect_facts(facts, {{"ntlm.server.target", "CONTOSO"},
                         {"ntlm.server.netbios_domain", "CONTOSO"},
                         {"ntlm.server.netbios_name", "MAIL"},
                         {"ntlm.server.dns_domain", "contoso.com"},
                         {"ntlm.server.dns_name", "mail.contoso.com"},
                         {"ntlm.server.forest", "forest.contoso.com"},
                         {"ntlm.server.version", "10.0.20348"},
                         {"ntlm.server.timestamp", "2026-03-02T08:00:00Z"}});
  }
}

TEST(WindowsSignIn, SpnegoOffersAndIsAnswered) {
  const Facts facts = stated(signing_in("Negotiate " + base64(spnego_init(ap_req("sts"))),
                                        "Negotiate " + base64(spnego_response(2, krb_error(41)))));
  EXPECT_THAT(values_of(facts, "spnego.mechanism"), ElementsAre("kerberos", "ntlm"));
  expect_facts(facts, {{"spnego.state", "reject"},
                       {"kerberos.service", "HTTP/sts"},
                       {"kerberos.realm", "CONTOSO.COM"},
                       {"kerberos.ticket_encryption", "aes256-cts-hmac-sha1-96"},
                       {"kerberos.authenticator", "true"},
                       {"kerberos.error.code", "41"},
                       {"kerberos.error.name", "KRB_AP_ERR_MODIFIED"}});
}

TEST(WindowsSignIn, TheTokenMayStandInAnyChallengeOfAnyLine) {
  const std::string challenge = base64(challenge_message(wide("CONTOSO"), kAvEnd));
  for (const std::string& answered :
       {"Basic realm=\"a, NTLM b\", NTLM " + challenge + ", Negotiate",
        "Negotiate\nWWW-Authenticate: Basic realm=x\nwww-authenticate: NTLM " + challenge}) {
    const Facts facts = stated(signing_in("NTLM " + base64(ntlm(1)), answered));
    EXPECT_EQ(facts.text(kNtlmServerTarget), "CONTOSO") << answered;
  }
}

TEST(WindowsSignIn, TimesAreComparedWithTheAnswersDate) {
  // 2026-03-02T08:00:00Z as FILETIME; the answer says five minutes later.
  const std::uint64_t time = 134169120000000000ULL;
  const std::string answered =
      "NTLM " + base64(challenge_message("", av_pair(7, little_endian(time, 8)) + kAvEnd)) +
      "\nDate: Mon, 02 Mar 2026 08:05:00 GMT";
  const Facts facts = stated(signing_in(
      "NTLM " + base64(authenticate_message({.response = v2_response(kAvEnd, time)})), answered));
  EXPECT_EQ(facts.number(kNtlmClockSkew), -300);
  EXPECT_EQ(facts.number(kNtlmServerClockSkew), -300);
}

TEST(WindowsSignIn, AServerMayBeginOfItsOwnAccord) {
  const std::string hints = der('\xa3', der('\x30', der('\xa0', der('\x1b', "hint"))));
  const std::string offer = der(
      '\x60', kSpnegoOid + der('\xa0', der('\x30', der('\xa0', der('\x30', kNtlmOid)) + hints)));
  const Exchange unasked =
      testing::exchange("GET / HTTP/1.1\nHost: h\n\n",
                        "HTTP/1.1 401 No\nWWW-Authenticate: Negotiate " + base64(offer) + "\n\n");
  expect_facts(stated(unasked), {{"spnego.server_mechanism", "ntlm"}, {"spnego.hint", "hint"}});
  EXPECT_FALSE(stated(unasked).has(kTlsChannelBindingExotap));
}

TEST(WindowsSignIn, NegoexIsToldByItsMessages) {
  const std::string verify = "NEGOEXTS" + little_endian(6, 4) + little_endian(0, 4) +
                             little_endian(40, 4) + little_endian(40, 4) + std::string(16, 'c');
  const Facts facts = stated(signing_in("Negotiate " + base64(spnego_init(verify)),
                                        "Negotiate " + base64(spnego_response(1, verify + "x"))));
  expect_facts(facts, {{"negoex.message", "verify"},
                       {"negoex.server.message", "verify"},
                       {"decode.windows_sign_in.error", "malformed NEGOEX message"}});
}

TEST(WindowsSignIn, TicketsAsBigAsWindowsMakesThemAreRead) {
  std::string big = ap_req("sts");
  const std::string token =
      der('\x60',
          kSpnegoOid +
              der('\xa0', der('\x30', der('\xa2', der('\x04', big + std::string(40000, 'Z'))))));
  EXPECT_EQ(stated(signing_in("Negotiate " + base64(token))).text(kKerberosService), "HTTP/sts");
}

TEST(WindowsSignIn, WhatCannotBeReadIsTold) {
  EXPECT_EQ(stated(signing_in("NTLM " + base64(ntlm(3)))).text(kDecodeWindowsSignInError),
            "malformed NTLM message at offset 28");
  EXPECT_EQ(stated(signing_in("Negotiate " + base64(kerberos()))).text(kDecodeWindowsSignInError),
            "malformed Kerberos AP-REQ");
  EXPECT_EQ(
      stated(signing_in("Negotiate " + base64("\xa0\x03zzz"))).text(kDecodeWindowsSignInError),
      "malformed SPNEGO offer");
  EXPECT_EQ(stated(signing_in("Negotiate " + base64(spnego_init("")),
                              "Negotiate " + base64("\xa1\x03zzz")))
                .text(kDecodeWindowsSignInError),
            "malformed SPNEGO answer");
}

TEST(WindowsSignIn, OtherSchemesAreNotLookedAt) {
  EXPECT_TRUE(stated(signing_in("Basic YTpi", "Basic realm=x")).empty());
  EXPECT_FALSE(
      kWindowsSignInDecoder.recognises(testing::exchange("GET / HTTP/1.1\nHost: h\n\n", "")));
  EXPECT_TRUE(kWindowsSignInDecoder.recognises(signing_in("negotiate")));
  EXPECT_EQ(value_of(stated(signing_in("NTLM !!!")), "auth.channel_bindings"), "(absent)");
}

}  // namespace
}  // namespace exotap
