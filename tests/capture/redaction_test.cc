#include "capture/redaction.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "decoders/decoder.h"
#include "decoders/http.h"
#include "tests/capture/known_key.h"

namespace exotap {
namespace {

// Every canary has this in it, so that not even a part of it may come through.
constexpr std::string_view kCanary = "Can4ry";

Redaction plain() { return {false, known_pseudonyms()}; }
Redaction with_pseudonyms() { return {true, known_pseudonyms()}; }

std::string text(std::string_view given) { return std::string(plain().text(given)); }

const FactSpec& spec(std::string_view name) {
  const FactSpec* found = find_fact(name);
  EXPECT_NE(found, nullptr) << name;
  static const FactSpec kNone{"none", FactType::text, ""};
  return found == nullptr ? kNone : *found;
}

TEST(Redaction, NoCanaryComesThroughInAnyPlace) {
  for (const char* given : {
           // headers as text
           "Authorization: Basic Q2FuNHJ5OkNhbjRyeQ==Can4ry",
           "Authorization: Bearer Can4ry12",
           "Proxy-Authorization: NTLM TlRMTVNTUAADCan4ry",
           "Cookie: MSISAuth=Can4ry; x=Can4ry",
           "Set-Cookie: ESTSAUTH=Can4ry; path=/",
           "X-OWA-CANARY: Can4ry.1",
           "X-Access-Token: Can4ry1",
           "X-MS-RefreshTokenCredential: Can4ry1",
           "Authorization: Can4ry and more Can4ry\r\nHost: x",
           // queries and forms
           "password=Can4ry",
           "a=1&passwd=Can4ry&b=2",
           "client_secret=Can4ry%26Can4ry",
           "assertion=Can4ry",
           "client_assertion=Can4ry",
           "refresh_token=Can4ry",
           "access_token=Can4ry",
           "id_token=Can4ry",
           "https://x/cb?code=Can4ry&state=1",
           "https://x/cb#access_token=Can4ry",
           "SAMLResponse=Can4ry",
           "https://x/?SAMLart=Can4ry",
           "https://x/?SAMLRequest=Can4ry&RelayState=Can4ry&SigAlg=x&Signature=Can4ry",
           "SAMLRequest=Can4ry",
           "wa=wsignin1.0&wresult=%3CAssertion%3ECan4ry",
           "https://x/?x=1&wctx=Can4ry",
           "user[password]=Can4ry",
           "https://ada:Can4ry@proxy:8080/",
           "redirect_uri=https%3A%2F%2Fx%2F%3Faccess_token%3DCan4ry%26y%3D1",
           "a=https%253A%252F%252Fx%252F%253Fpassword%253DCan4ry",
           // JSON
           R"({"access_token":"Can4ry"})",
           R"({"refresh_token" : "Can4ry\"Can4ry"})",
           R"({"Password":["Can4ry","Can4ry"]})",
           R"({"sFT":"Can4ry"})",
           R"({"pwd":Can4ry})",
           R"({\"id_token\":\"Can4ry\"})",
           R"({"flowToken":"Can4ry)",
           R"({'password':'Can4ry'})",
           // XML
           "<o:Password Type=\"x\">Can4ry</o:Password>",
           "<wsse:Password>Can4ry",
           "<saml:Assertion ID=\"_1\"><a b=\"Can4ry\">Can4ry</a></saml:Assertion>",
           "<wsse:BinarySecurityToken>Can4ry</wsse:BinarySecurityToken>",
           "<t:RequestedSecurityToken><x>Can4ry</x></t:RequestedSecurityToken>",
           "<e:CipherValue>Can4ry</e:CipherValue>",
           "<a password=\"Can4ry\"/>",
           "&lt;Password&gt;Can4ry&lt;/Password&gt;",
           "<Password><![CDATA[Can4ry]]></Password>",
           // by shape, in sentences
           "token eyJCan4ry1234567890123456.x was refused",
           "sent Bearer Can4ry7abcdef twice",
           "blob ACVKb5S53gMoTXKXvOEGK1B1Can4ryC5TeJ3C5wwxVnugxeoPNFl is too long",
           "NTLM TlRMTVNTUAADAAAACan4ry",
           "Password: Can4ry was wrong",
           "password = Can4ry",
       }) {
    EXPECT_EQ(text(given).find(kCanary), std::string::npos) << given << "\n-> " << text(given);
  }
}

TEST(Redaction, WhatDiagnosisNeedsComesThrough) {
  for (const char* given :
       {"outlook.office365.com",
        "/autodiscover/autodiscover.xml",
        "ada@contoso.com",
        "AADSTS50126: Error validating credentials due to invalid username or password.",
        "ID3242: The security token could not be authenticated or authorized.",
        "2000010;reason=\"ACS validation failed.\";error_category=\"invalid_token_or_issuer\"",
        "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
        "urn:oasis:names:tc:SAML:1.0:am:password",
        "http://docs.oasis-open.org/ws-sx/ws-trust/200512/RST/Issue",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36",
        "code=0x80072EE7",
        "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328; Pro)",
        "Bearer client_id=\"00000002-0000-0ff1-ce00-000000000000\", token_types=\"app_asserted\"",
        "/o=ExchangeLabs/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/"
        "cn=0d8b7e7a3f2c4b51a1b2c3d4e5f60718-ada",
        "Basic authentication is switched off",
        "Negotiate, NTLM",
        "grant_type=password&x=1",
        "The password: it may have expired. Token: none.",
        "username 1.3 https://sts/adfs/13",
        "https://login.microsoftonline.com/common/oauth2/authorize?client_id=4f9be0c1-1a60-4a52-"
        "9a3e-0a9d1c1bb0b2&login_hint=ada%40contoso.com",
        "C=US, O=DigiCert Inc, CN=DigiCert Global G2 TLS RSA SHA256 2020 CA1",
        "2026-11-22T12:31:07.000250Z",
        "BN6PR13MB1234.namprd13.prod.outlook.com",
        ""}) {
    EXPECT_EQ(text(given), given);
  }
}

TEST(Redaction, AQueryBeginsWithAParameter) {
  EXPECT_EQ(plain().query("code=abc&x=1"), "code=" + stand_in("abc") + "&x=1");
  EXPECT_EQ(plain().fact(fact::kUrlQuery, "code=abc&x=1"), "code=" + stand_in("abc") + "&x=1");
  EXPECT_EQ(plain().fact("url.query", "ctx=abc"), "ctx=" + stand_in("abc"));
}

TEST(Redaction, FingerprintsOfCertificatesAreNoSecrets) {
  const std::string digest = "9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08";
  for (const char* name :
       {"tls.server.hash.sha256", "saml.certificate.sha256", "saml.certificate.thumbprint",
        "federation.metadata.certificate.sha256", "federation.metadata.certificate.thumbprint"}) {
    EXPECT_EQ(plain().fact(spec(name), digest), digest) << name;
  }
  const std::string binding = "6586e99d81c2fc984e47172fd4dd0310";
  for (const char* name :
       {"ntlm.channel_bindings", "tls.channel_binding.exotap", "tls.channel_binding.server"}) {
    EXPECT_EQ(plain().fact(spec(name), binding), binding) << name;
  }
  EXPECT_EQ(plain().fact(spec("x509.serial_number"), "0aBc1D2e3F4g5H6i7J8k9L0m1N2o3P4q5R6s"),
            "0aBc1D2e3F4g5H6i7J8k9L0m1N2o3P4q5R6s");
}

TEST(Redaction, OfHeadersSchemesAndCookieNamesStay) {
  Redaction redaction = plain();
  EXPECT_EQ(redaction.header("Authorization", "Basic dTpw"), "Basic " + stand_in("dTpw"));
  EXPECT_EQ(redaction.header("proxy-authorization", "NTLM TlRM"), "NTLM " + stand_in("TlRM"));
  EXPECT_EQ(redaction.header("Authorization", "odd"), stand_in("odd"));
  EXPECT_EQ(redaction.header("Cookie", "a=1; b=2"), "a=" + stand_in("1") + "; b=" + stand_in("2"));
  EXPECT_EQ(redaction.header("Cookie", "nameless"), "[redacted]");
  EXPECT_EQ(redaction.header("Set-Cookie", "a=1; Path=/; HttpOnly; Expires=Thu; x=y"),
            "a=" + stand_in("1") + "; Path=/; HttpOnly; Expires=Thu; x=" + stand_in("y"));
  EXPECT_EQ(redaction.header("X-Access-Token", "abc"), stand_in("abc"));
  EXPECT_EQ(redaction.header("WWW-Authenticate", "Basic realm=\"x\""), "Basic realm=\"x\"");
  EXPECT_EQ(redaction.header("WWW-Authenticate", "NTLM TlRMTVNTUAACAAAA"),
            "NTLM " + stand_in("TlRMTVNTUAACAAAA"));
}

TEST(Redaction, UsersStayUnlessPseudonymsAreWanted) {
  EXPECT_EQ(plain().fact(spec("wstrust.user"), "ada@contoso.com"), "ada@contoso.com");
  EXPECT_EQ(with_pseudonyms().fact(spec("wstrust.user"), "ada@contoso.com"),
            user_stand_in("ada") + "@contoso.com");
}

TEST(Redaction, AnActiveSyncUrlHasTheSameStandInsAsItsFacts) {
  Redaction redaction = with_pseudonyms();
  const std::string user(redaction.fact("user.name", "ada"));
  const std::string device(redaction.fact("eas.device_id", "ApplDNQXK2"));
  EXPECT_EQ(user, user_stand_in("ada"));
  EXPECT_EQ(device, user_stand_in("ApplDNQXK2"));
  const std::string_view query = "Cmd=Ping&User=ada&DeviceId=ApplDNQXK2&DeviceType=iPhone";
  EXPECT_EQ(redaction.fact("url.query", query),
            "Cmd=Ping&User=" + user + "&DeviceId=" + device + "&DeviceType=iPhone");
  EXPECT_EQ(plain().fact("url.query", query), query);
}

TEST(Redaction, PseudonymsReachEveryPlaceAUserStands) {
  for (const char* given :
       {"ada@contoso.com", "/common/userrealm/ada%40contoso.com",
        "https://x/?login=ada@contoso.com",
        "AADSTS50034: The user account ada@contoso.com does not exist", "CONTOSO\\ada"}) {
    Redaction redaction = with_pseudonyms();
    for (const std::string_view shown :
         {redaction.text(given), redaction.query(given), redaction.sentence(given)}) {
      EXPECT_EQ(shown.find("ada"), std::string_view::npos) << shown;
    }
  }
}

TEST(Redaction, EveryFactOfAUserIsOne) {
  for (const char* name :
       {"autodiscover.request.email", "autodiscover.request.legacy_dn", "autodiscover.smtp_address",
        "autodiscover.redirect_address", "autodiscover.legacy_dn", "autodiscover.display_name",
        "realm.user", "wstrust.user", "wsfed.user", "saml.name_id", "saml.upn", "http.auth.user",
        "ntlm.user", "mapi.user_dn", "rpc.auth.user", "ews.impersonated.user", "ews.anchor_mailbox",
        "ews.request.mailbox", "kerberos.error.client"}) {
    EXPECT_EQ(with_pseudonyms().fact(name, "ada"), user_stand_in("ada")) << name;
    if (find_fact(name) != nullptr) {
      EXPECT_EQ(with_pseudonyms().fact(spec(name), "ada"), user_stand_in("ada")) << name;
    }
  }
}

TEST(Redaction, UsersWithoutADomainAreFoundAgainInSentences) {
  Redaction redaction = with_pseudonyms();
  Facts facts;
  facts.add(spec("wstrust.user"), "lovelace");
  redaction.learn_users(facts);
  EXPECT_EQ(redaction.sentence("Has lovelace a licence? lovelaces, lovelace."),
            "Has " + user_stand_in("lovelace") + " a licence? lovelaces, " +
                user_stand_in("lovelace") + ".");
  // Facts are no sentences: a user called "mail" must not change the name of a host.
  EXPECT_EQ(redaction.text("lovelace.contoso.com"), "lovelace.contoso.com");
}

TEST(Redaction, LearntUsersAreBounded) {
  Redaction redaction = with_pseudonyms();
  for (std::size_t i = 0; i <= Redaction::kMaxLearntUsers; ++i) {
    Facts facts;
    facts.add(spec("wstrust.user"), "user" + std::to_string(1000 + i));
    redaction.learn_users(facts);
  }
  EXPECT_EQ(redaction.sentence("user1000"), "user1000");
  EXPECT_NE(redaction.sentence("user1064"), "user1064");
}

TEST(Redaction, SecretsGoEvenWherePseudonymsAreWanted) {
  EXPECT_EQ(with_pseudonyms().text("login=ada@x.com&password=Winter"),
            "login=" + user_stand_in("ada") + "@x.com&password=" + stand_in("Winter"));
}

// The JSON form of Autodiscover has the address in its path, its redirects in their query.
TEST(Redaction, WithPseudonymsAutodiscoversAddressesAreStandInsWhereverTheyStand) {
  Redaction redaction = with_pseudonyms();
  for (const auto& [name, value] : {
           std::pair("url.path", "/autodiscover/autodiscover.json/v1.0/ada@contoso.com"),
           std::pair("url.path", "/autodiscover/autodiscover.json/v1.0/ada%40contoso.com"),
           std::pair("url.query", "Email=ada%40contoso.com&Protocol=Ews"),
           std::pair("autodiscover.redirect_url",
                     "https://h/autodiscover/autodiscover.json?Email=ada%40contoso.com"),
           std::pair("autodiscover.redirect_address", "ada@contoso.mail.onmicrosoft.com"),
           std::pair("autodiscover.request.email", "ada@contoso.com"),
           std::pair("autodiscover.url", "ExternalUrl=https://h/mapi/?MailboxId=ada@contoso.com"),
           std::pair("autodiscover.error.message", "Invalid user: 'ada@contoso.com'"),
           std::pair("autodiscover.setting", "InternalMailboxServer=ada@contoso.com"),
       }) {
    const std::string told(redaction.fact(spec(name), value));
    EXPECT_EQ(told.find("ada"), std::string::npos) << name << " " << told;
    EXPECT_NE(told.find("contoso"), std::string::npos) << name << " " << told;
  }
}

}  // namespace
}  // namespace exotap
