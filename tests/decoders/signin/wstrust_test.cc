#include "decoders/signin/wstrust.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/coded_bytes.h"
#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_declared;
using testing::expect_facts;
using testing::expect_never_told;
using testing::ExpectedFacts;
using testing::listing;
using testing::sample;
using testing::stated_by;
using testing::value_of;
using testing::values_of;

constexpr std::string_view kTrust13 = "http://docs.oasis-open.org/ws-sx/ws-trust/200512";
constexpr std::string_view kTrust2005 = "http://schemas.xmlsoap.org/ws/2005/02/trust";
constexpr std::string_view kMixed = "/adfs/services/trust/13/UsernameMixed";

std::string post(std::string_view path, std::string_view body) {
  return "POST " + std::string(path) +
         " HTTP/1.1\nHost: sts.contoso.com\nContent-Type: application/soap+xml; charset=utf-8\n\n" +
         std::string(body);
}

std::string rst(std::string_view space, std::string_view security) {
  const std::string uri(space);
  return "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' xmlns:wsa='w' "
         "xmlns:wsu='u'><s:Header><wsa:Action>" +
         uri +
         "/RST/Issue</wsa:Action><wsa:To>"
         "https://sts.contoso.com/x</wsa:To><wsse:Security xmlns:wsse='e'><wsu:Timestamp>"
         "<wsu:Created>2026-01-01T00:00:00Z</wsu:Created><wsu:Expires>2026-01-01T00:10:00Z"
         "</wsu:Expires></wsu:Timestamp>" +
         std::string(security) +
         "</wsse:Security></s:Header><s:Body><t:RequestSecurityToken xmlns:t='" + uri +
         "'><p:AppliesTo xmlns:p='p'><wsa:EndpointReference><wsa:Address>"
         "urn:federation:MicrosoftOnline</wsa:Address></wsa:EndpointReference></p:AppliesTo>"
         "<t:KeyType>" +
         uri + "/Bearer</t:KeyType><t:RequestType>" + uri +
         "/Issue</t:RequestType></t:RequestSecurityToken></s:Body></s:Envelope>";
}

constexpr std::string_view kUser =
    "<wsse:UsernameToken><wsse:Username>mara@contoso.com</wsse:Username><wsse:Password "
    "Type='x#PasswordText'>CANARY-password</wsse:Password><wsse:Nonce>CANARY</wsse:Nonce>"
    "</wsse:UsernameToken>";

constexpr std::string_view kDenied =
    "HTTP/1.1 500 Internal Server Error\nContent-Type: application/soap+xml\n\n"
    "<s:Envelope xmlns:s='x'><s:Body><s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode>"
    "<s:Value xmlns:a='http://docs.oasis-open.org/ws-sx/ws-trust/200512'>a:FailedAuthentication"
    "</s:Value></s:Subcode></s:Code><s:Reason><s:Text>ID3242: not authenticated</s:Text></s:Reason>"
    "</s:Fault></s:Body></s:Envelope>";

Facts of(std::string_view path, std::string_view request_body, std::string_view answer = "") {
  return stated_by(kWsTrustDecoder, testing::exchange(post(path, request_body), answer));
}

TEST(WsTrustPath, IsKnownOfAdfsAndEntra) {
  EXPECT_TRUE(is_ws_trust_path("/adfs/services/trust/2005/usernamemixed"));
  EXPECT_TRUE(is_ws_trust_path("/ADFS/Services/Trust/13/WindowsTransport"));
  EXPECT_TRUE(is_ws_trust_path("/contoso.com/winauth/trust/2005/usernamemixed"));
  EXPECT_TRUE(is_ws_trust_path("/RST2.srf"));
  EXPECT_TRUE(is_ws_trust_path("/extSTS.srf"));
  EXPECT_TRUE(is_ws_trust_path("/idp/sts.wst"));
  EXPECT_FALSE(is_ws_trust_path("/adfs/services/trust/mex"));
  EXPECT_FALSE(is_ws_trust_path("/adfs/ls/"));
  EXPECT_FALSE(is_ws_trust_path("/common/oauth2/token"));
  EXPECT_FALSE(is_ws_trust_path(""));
}

TEST(WsTrustRequest, TellsWhoAsksForWhat) {
  const Facts facts = of(kMixed, rst(kTrust13, kUser));
  expect_facts(facts, {{"wstrust.endpoint", "usernamemixed"},
                       {"wstrust.version", "1.3"},
                       {"wstrust.action", std::string(kTrust13) + "/RST/Issue"},
                       {"wstrust.to", "https://sts.contoso.com/x"},
                       {"wstrust.user", "mara@contoso.com"},
                       {"wstrust.password_present", "true"},
                       {"wstrust.credential", "username"},
                       {"wstrust.timestamp_created", "2026-01-01T00:00:00Z"},
                       {"wstrust.timestamp_expires", "2026-01-01T00:10:00Z"},
                       {"wstrust.applies_to", "urn:federation:MicrosoftOnline"},
                       {"wstrust.key_type", std::string(kTrust13) + "/Bearer"},
                       {"wstrust.request_type", std::string(kTrust13) + "/Issue"}});
  EXPECT_EQ(value_of(facts, "wstrust.response"), "(absent)");
  expect_never_told(facts, "CANARY");
  expect_declared(facts, kWsTrustDecoder);
}

TEST(WsTrustRequest, TellsCredentialsApart) {
  const auto credential = [](std::string_view security) {
    return value_of(of(kMixed, rst(kTrust2005, security)), "wstrust.credential");
  };
  EXPECT_EQ(credential("<BinarySecurityToken ValueType='x#GSS_Kerberosv5_AP_REQ'>C"
                       "</BinarySecurityToken>"),
            "kerberos");
  EXPECT_EQ(credential("<BinarySecurityToken ValueType='x#X509v3'>C</BinarySecurityToken>"),
            "certificate");
  EXPECT_EQ(credential("<BinarySecurityToken>C</BinarySecurityToken>"), "binary");
  EXPECT_EQ(credential("<a:Assertion xmlns:a='x'/>"), "saml");
  EXPECT_EQ(credential(""), "none");
  const Facts none = of(kMixed, rst(kTrust2005,
                                    "<UsernameToken><Username>m</Username><Password/>"
                                    "</UsernameToken>"));
  expect_facts(none, {{"wstrust.password_present", "false"}, {"wstrust.credential", "username"}});
}

TEST(WsTrustRequest, MayAskForSeveralTokens) {
  const Facts facts = of(
      "/RST2.srf",
      "<s:Envelope xmlns:s='x'><s:Header/><s:Body><ps:RequestMultipleSecurityTokens xmlns:ps='y'>"
      "<t:RequestSecurityToken xmlns:t='http://schemas.xmlsoap.org/ws/2005/02/trust'><AppliesTo>"
      "<Address>http://Passport.NET/tb</Address></AppliesTo></t:RequestSecurityToken>"
      "<t:RequestSecurityToken xmlns:t='http://schemas.xmlsoap.org/ws/2005/02/trust'><AppliesTo>"
      "<Address>outlook.office365.com</Address></AppliesTo></t:RequestSecurityToken>"
      "</ps:RequestMultipleSecurityTokens></s:Body></s:Envelope>");
  EXPECT_EQ(values_of(facts, "wstrust.applies_to"),
            (std::vector<std::string>{"http://Passport.NET/tb", "outlook.office365.com"}));
  expect_facts(facts, {{"wstrust.endpoint", "rst2.srf"}, {"wstrust.version", "2005"}});
}

TEST(WsTrustExchange, TellsTheFaultBesideTheRequest) {
  const Facts facts = of(kMixed, rst(kTrust13, kUser), kDenied);
  expect_facts(facts, {{"wstrust.user", "mara@contoso.com"},
                       {"wstrust.response", "fault"},
                       {"wstrust.fault.subcode", "FailedAuthentication"},
                       {"wstrust.fault.subcode_prefix", "wst"},
                       {"wstrust.fault.id", "ID3242"}});
  expect_declared(facts, kWsTrustDecoder);
}

TEST(WsTrustExchange, FlagsEntrasSilentFailure) {
  const Facts facts = of(
      "/RST2.srf", rst(kTrust2005, kUser),
      "HTTP/1.1 200 OK\nContent-Type: text/xml\n\n<S:Envelope xmlns:S='x'><S:Header><psf:pp "
      "xmlns:psf='http://schemas.microsoft.com/Passport/SoapServices/SOAPFault'><psf:reqstatus>"
      "0x8004882c</psf:reqstatus><psf:errorstatus>0x80045b00</psf:errorstatus></psf:pp></S:Header>"
      "<S:Body><wst:RequestSecurityTokenResponse xmlns:wst='http://schemas.xmlsoap.org/ws/2005/02/"
      "trust'><wst:TokenType>urn:passport:compact</wst:TokenType></"
      "wst:RequestSecurityTokenResponse>"
      "</S:Body></S:Envelope>");
  expect_facts(facts, {{"wstrust.response", "RSTR"},
                       {"wstrust.token_present", "false"},
                       {"wstrust.psf.reqstatus", "0x8004882c"},
                       {"wstrust.psf.errorstatus", "0x80045b00"},
                       {"wstrust.psf.name", "PPCRL_REQUEST_E_INVALID_POLICY"},
                       {"answer.failure", "PPCRL_REQUEST_E_INVALID_POLICY"}});
  EXPECT_EQ(value_of(facts, "wstrust.fault.code"), "(absent)");
}

TEST(WsTrustExchange, SaysInsideA200WhatFailed) {
  const std::string fault =
      "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body><s:Fault><s:Code>"
      "<s:Value>s:Sender</s:Value></s:Code></s:Fault></s:Body></s:Envelope>";
  EXPECT_EQ(
      value_of(of(kMixed, rst(kTrust13, kUser), "HTTP/1.1 200 OK\n\n" + fault), "answer.failure"),
      "SOAP fault");
  EXPECT_EQ(value_of(of(kMixed, rst(kTrust13, kUser), "HTTP/1.1 500 Error\n\n" + fault),
                     "answer.failure"),
            "(absent)")
      << "the status says it";
  EXPECT_EQ(value_of(of(kMixed, rst(kTrust13, kUser),
                        "HTTP/1.1 200 OK\n\n<t:RequestSecurityTokenResponse xmlns:t='http://docs."
                        "oasis-open.org/ws-sx/ws-trust/200512'/>"),
                     "answer.failure"),
            "a response without a token");
}

TEST(WsTrustExchange, OfAnAnswerThatIsNeitherSaysNone) {
  EXPECT_EQ(value_of(of(kMixed, rst(kTrust13, kUser),
                        "HTTP/1.1 503 X\nContent-Type: text/html\n\n<html>"),
                     "wstrust.response"),
            "none");
  EXPECT_EQ(value_of(of(kMixed, rst(kTrust13, kUser), "HTTP/1.1 200 OK\n\n"), "wstrust.response"),
            "none");
  Exchange cut = testing::exchange(post(kMixed, rst(kTrust13, kUser)),
                                   "HTTP/1.1 200 OK\n\n<s:Envelope xmlns:s='x'>");
  cut.answer.body_size = 100000;
  EXPECT_EQ(value_of(stated_by(kWsTrustDecoder, cut), "wstrust.response"), "(absent)");
}

TEST(WsTrustExchange, OfALookAtTheEndpointIsNoAnswer) {
  const Facts facts =
      stated_by(kWsTrustDecoder,
                testing::exchange("GET /adfs/services/trust/2005/usernamemixed HTTP/1.1\n",
                                  "HTTP/1.1 400 Bad Request\nContent-Type: text/html\n\n<html>"));
  EXPECT_EQ(value_of(facts, "wstrust.endpoint"), "usernamemixed");
  EXPECT_EQ(value_of(facts, "wstrust.version"), "2005");
  EXPECT_EQ(value_of(facts, "wstrust.response"), "(absent)");
}

TEST(WsTrustExchange, AtAnotherPathIsKnownByWhatIsInside) {
  expect_facts(of("/sso/own", rst(kTrust13, kUser), kDenied),
               {{"wstrust.endpoint", "own"}, {"wstrust.response", "fault"}});
  EXPECT_TRUE(of("/powershell", "<s:Envelope xmlns:s='x'><s:Body/></s:Envelope>", kDenied).empty());
  EXPECT_TRUE(of("/adfs/services/trust/mex", rst(kTrust13, kUser)).empty());
  EXPECT_FALSE(kWsTrustDecoder.recognises(Exchange{}));
  EXPECT_FALSE(kWsTrustDecoder.recognises(
      testing::exchange("POST /ews/exchange.asmx HTTP/1.1\nContent-Type: text/xml\n\n<x/>", "")));
}

TEST(WsTrustExchange, OfExotapItselfSaysNothingAboutTheServer) {
  Exchange refused =
      testing::exchange(post(kMixed, rst(kTrust13, kUser)), "HTTP/1.1 403 Forbidden\n\n<html>");
  refused.handling = Handling::refused;
  EXPECT_EQ(value_of(stated_by(kWsTrustDecoder, refused), "wstrust.response"), "(absent)");
}

TEST(WsTrustMessage, ThatBrokeOffKeepsWhatCame) {
  const std::string whole = rst(kTrust13, kUser);
  const Facts facts = of(kMixed, whole.substr(0, whole.find("<t:KeyType>")));
  EXPECT_EQ(value_of(facts, "wstrust.applies_to"), "urn:federation:MicrosoftOnline");
  EXPECT_NE(value_of(facts, "decode.wstrust.error").find("request: "), std::string::npos);
  const Facts garbled = of(kMixed, "", "HTTP/1.1 200 OK\nContent-Encoding: br\n\n\xFF\xFF");
  EXPECT_NE(value_of(garbled, "decode.wstrust.error").find("answer: br"), std::string::npos);
}

TEST(WsTrustMessage, EveryPrefixIsReadWithoutHarmOrSecret) {
  const std::string request = rst(kTrust13, kUser);
  const std::string denied(kDenied);
  for (std::size_t size = 0; size < request.size(); size += 3) {
    expect_never_told(of(kMixed, request.substr(0, size)), "CANARY");
  }
  for (std::size_t size = 0; size < denied.size(); size += 3) {
    of(kMixed, request, denied.substr(0, size));
  }
}

TEST(WsTrustSecrets, AreNeverTold) {
  const std::string blob = "CANARY" + std::string(100, 'A') + "//" + std::string(100, 'b');
  const std::string jwt = "eyJDQU5BUlkiOiJDQU5BUlkifQ.CANARY.CANARY";
  const std::string security =
      std::string(kUser) +
      "<wsse:BinarySecurityToken>CANARY</wsse:BinarySecurityToken>"
      "<saml:Assertion xmlns:saml='x'><saml:NameID>CANARY</saml:NameID><SignatureValue>CANARY"
      "</SignatureValue></saml:Assertion><Signature><SignatureValue>CANARY</SignatureValue>"
      "</Signature>";
  std::string request = rst(kTrust13, security);
  request.replace(request.find("https://sts.contoso.com/x"), 25,
                  "https://u:CANARY@sts/x?password=CANARY");
  request.insert(
      request.find("<t:KeyType>"),
      "<t:Entropy><t:BinarySecret>CANARY</t:BinarySecret></t:Entropy><t:OnBehalfOf>CANARY"
      "</t:OnBehalfOf><t:ActAs>CANARY</t:ActAs>");
  const std::string answers[] = {
      "<E><H><pp><reqstatus>0x0</reqstatus><signChallenge>CANARY</signChallenge><browserCookies>"
      "CANARY</browserCookies></pp></H><B><RequestSecurityTokenResponse>"
      "<RequestedSecurityToken><Assertion ID='1'><Signature><SignatureValue>CANARY</SignatureValue>"
      "</Signature><AttributeStatement><Attribute Name='x'><AttributeValue>CANARY</AttributeValue>"
      "</Attribute></AttributeStatement></Assertion></RequestedSecurityToken><RequestedProofToken>"
      "<BinarySecret>CANARY</BinarySecret></RequestedProofToken></RequestSecurityTokenResponse></B>"
      "</E>",
      "<E><B><RequestSecurityTokenResponse><RequestedSecurityToken><BinarySecurityToken>t=CANARY"
      "</BinarySecurityToken></RequestedSecurityToken></RequestSecurityTokenResponse></B></E>",
      "<E><B><Fault><Code><Value>s:Sender</Value><Subcode><Value>" + blob +
          "</Value></Subcode></Code><Reason><Text>refused " + blob + " and " + jwt +
          "</Text></Reason><Detail><error><value>" + blob + "</value><internalerror><code>" + blob +
          "</code><text>" + jwt + "</text></internalerror></error></Detail></Fault></B></E>"};
  for (const std::string& answer : answers) {
    const Facts facts = of("/adfs/services/trust/13/usernamemixed?token=CANARY", request,
                           "HTTP/1.1 200 OK\nSet-Cookie: CANARY\n\n" + answer);
    EXPECT_TRUE(facts.has(fact::kWstrustPasswordPresent));
    EXPECT_NE(value_of(facts, "wstrust.response"), "none") << listing(facts);
    expect_never_told(facts, "CANARY");
    expect_never_told(facts, "eyJ");
    expect_declared(facts, kWsTrustDecoder);
  }
}

struct Sample {
  std::string_view file;
  ExpectedFacts expected;
};

const Sample kRequests[] = {
    {"wst-rst13-usernametoken.xml",
     {{"wstrust.version", "1.3"},
      {"wstrust.action", "http://docs.oasis-open.org/ws-sx/ws-trust/200512/RST/Issue"},
      {"wstrust.to", "%WSTRUST_ENDPOINT%"},
      {"wstrust.user", "%USERNAME%"},
      {"wstrust.password_present", "true"},
      {"wstrust.request_type", "http://docs.oasis-open.org/ws-sx/ws-trust/200512/Issue"},
      {"wstrust.key_type", "http://docs.oasis-open.org/ws-sx/ws-trust/200512/Bearer"},
      {"wstrust.applies_to", "%APPLIES_TO%"}}},
    {"wst-rst2005-usernametoken.xml",
     {{"wstrust.version", "2005"},
      {"wstrust.action", "http://schemas.xmlsoap.org/ws/2005/02/trust/RST/Issue"},
      {"wstrust.to", "%WSTRUST_ENDPOINT%"},
      {"wstrust.user", "%USERNAME%"},
      {"wstrust.password_present", "true"},
      {"wstrust.request_type", "http://schemas.xmlsoap.org/ws/2005/02/trust/Issue"},
      {"wstrust.key_type", "http://schemas.xmlsoap.org/ws/2005/05/identity/NoProofKey"},
      {"wstrust.applies_to", "%APPLIES_TO%"}}},
};

TEST(WsTrustSamples, TellAtLeastWhatTheIndexListsOfRequests) {
  for (const Sample& known : kRequests) {
    SCOPED_TRACE(known.file);
    const auto text = sample(known.file);
    if (!text) GTEST_SKIP() << "no sample " << known.file << " under " EXOTAP_SAMPLES;
    const Facts facts = of("/adfs/services/trust/13/usernamemixed", *text);
    expect_facts(facts, known.expected);
    expect_never_told(facts, "PASSWORD");
    EXPECT_EQ(value_of(facts, "decode.wstrust.error"), "(absent)");
  }
}

TEST(WsTrustSamples, OfAnswersAreReadThroughTheDecoder) {
  for (const std::string_view file :
       {"wst-fault-adfs-msis3127.xml", "wst-fault-entra-50126.xml", "wst-rstr-notoken.xml",
        "wst-rstr-unrecognized-tokentype.xml", "wst-rstr13-adfs.xml", "wst-rstr13.xml"}) {
    SCOPED_TRACE(file);
    const auto text = sample(file);
    if (!text) GTEST_SKIP() << "no sample " << file << " under " EXOTAP_SAMPLES;
    Exchange coded = testing::exchange(post(kMixed, rst(kTrust13, kUser)),
                                       "HTTP/1.1 200 OK\nContent-Encoding: gzip\n\n");
    coded.answer.body = testing::gzipped(*text);
    coded.answer.body_size = coded.answer.body.size();
    const Facts facts = stated_by(kWsTrustDecoder, coded);
    EXPECT_NE(value_of(facts, "wstrust.response"), "none");
    EXPECT_EQ(value_of(facts, "decode.wstrust.error"), "(absent)");
    const bool issued = value_of(facts, "wstrust.token_present") == "true";
    EXPECT_EQ(value_of(facts, "answer.failure") == "(absent)", issued);
    expect_declared(facts, kWsTrustDecoder);
  }
}

}  // namespace
}  // namespace exotap
