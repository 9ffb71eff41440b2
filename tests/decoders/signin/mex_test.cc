#include "decoders/signin/mex.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/signin/metadata_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::binding;
using testing::expect_declared;
using testing::expect_facts;
using testing::expect_never_told;
using testing::kTrust13Issue;
using testing::kTrust2005Issue;
using testing::kUsernameToken;
using testing::listing;
using testing::metadata;
using testing::policy;
using testing::port;
using testing::sample;
using testing::stated_by;
using testing::value_of;
using testing::values_of;

constexpr std::string_view kAsk = "GET /adfs/services/trust/mex HTTP/1.1\nHost: sts.contoso.com\n";

Facts of(std::string_view document, std::string_view head = "HTTP/1.1 200 OK\n\n") {
  return stated_by(kMexDecoder, testing::exchange(kAsk, std::string(head) + std::string(document)));
}

TEST(MexPath, IsKnownOfSeveralServers) {
  EXPECT_TRUE(is_mex_path("/adfs/services/trust/mex"));
  EXPECT_TRUE(is_mex_path("/adfs/services/trust/MEX/"));
  EXPECT_TRUE(is_mex_path("/pf/sts_mex.ping"));
  EXPECT_FALSE(is_mex_path("/adfs/services/trust/13/usernamemixed"));
  EXPECT_FALSE(is_mex_path("/index"));
  EXPECT_FALSE(is_mex_path("/cmex"));
  EXPECT_FALSE(is_mex_path(""));
}

TEST(MexDecoder, RecognisesOthersPathsByWhatComesBack) {
  const std::string_view ask = "GET /sso/description HTTP/1.1\n";
  const auto answered = [&](std::string_view head) {
    return kMexDecoder.recognises(testing::exchange(ask, head));
  };
  EXPECT_TRUE(answered("HTTP/1.1 200 OK\nContent-Type: application/soap+xml; charset=utf-8\n"));
  EXPECT_FALSE(answered("HTTP/1.1 200 OK\nContent-Type: text/xml\n"));
  EXPECT_FALSE(answered("HTTP/1.1 500 X\nContent-Type: application/soap+xml\n"));
  EXPECT_FALSE(kMexDecoder.recognises(Exchange{}));
  const Facts facts =
      stated_by(kMexDecoder,
                testing::exchange(ask, "HTTP/1.1 200 OK\nContent-Type: application/soap+xml\n\n" +
                                           testing::usual_metadata()));
  expect_facts(facts, {{"mex.path", "false"}, {"mex.available", "true"}});
}

TEST(MexAnswer, ListsWhereOneCanSignIn) {
  const Facts facts = of(testing::usual_metadata());
  expect_facts(
      facts, {{"mex.path", "true"},
              {"mex.available", "true"},
              {"mex.is_html", "false"},
              {"mex.endpoint_count", "3"},
              {"mex.username_url", "https://sts.contoso.com/adfs/services/trust/13/usernamemixed"},
              {"mex.integrated_url",
               "https://sts.contoso.com/adfs/services/trust/2005/windowstransport"}});
  EXPECT_EQ(values_of(facts, "mex.endpoint"),
            (std::vector<std::string>{
                "username 2005 https://sts.contoso.com/adfs/services/trust/2005/usernamemixed",
                "windows 2005 https://sts.contoso.com/adfs/services/trust/2005/windowstransport",
                "username 1.3 https://sts.contoso.com/adfs/services/trust/13/usernamemixed"}));
  EXPECT_EQ(values_of(facts, "mex.versions"), (std::vector<std::string>{"1.3", "2005"}));
  EXPECT_EQ(value_of(facts, "mex.insecure_address"), "(absent)");
  EXPECT_EQ(value_of(facts, "decode.mex.error"), "(absent)");
  expect_declared(facts, kMexDecoder);
}

TEST(MexAnswer, WithoutAUsableEndpointCountsNone) {
  const Facts facts =
      of(metadata(policy("X", testing::kX509Token) + binding("B", "X", kTrust13Issue),
                  port("B", "https://sts/certificatemixed")));
  expect_facts(facts, {{"mex.available", "true"}, {"mex.endpoint_count", "0"}});
  EXPECT_EQ(value_of(facts, "mex.username_url"), "(absent)");
  EXPECT_EQ(value_of(facts, "mex.integrated_url"), "(absent)");
}

TEST(MexAnswer, ChoosesTlsBeforeTheNewerVersion) {
  const Facts facts =
      of(metadata(policy("U", kUsernameToken) + policy("M", kUsernameToken, false) +
                      binding("M13", "M", kTrust13Issue) + binding("U05", "U", kTrust2005Issue),
                  port("M13", "https://sts/13/username") + port("U05", "https://sts/05/mixed")));
  EXPECT_EQ(value_of(facts, "mex.username_url"), "https://sts/05/mixed");
}

TEST(MexAnswer, NamesAddressesThatLostTheirTls) {
  const Facts facts =
      of(metadata(policy("U", kUsernameToken) + policy("M", kUsernameToken, false) +
                      binding("U13", "U", kTrust13Issue) + binding("M05", "M", kTrust2005Issue),
                  port("U13", "http://sts/13/usernamemixed") + port("M05", "http://sts/username")));
  EXPECT_EQ(values_of(facts, "mex.insecure_address"),
            std::vector<std::string>{"http://sts/13/usernamemixed"})
      << "an endpoint that secures its messages itself may do without TLS";
}

TEST(MexAnswer, NamesMissingPolicies) {
  const Facts facts = of(metadata(binding("B", "Gone", kTrust13Issue), port("B", "https://h")));
  EXPECT_EQ(value_of(facts, "mex.missing_policy"), "Gone");
}

TEST(MexAnswer, ThatIsAWebPageSaysSo) {
  expect_facts(of("<!DOCTYPE html><html></html>"),
               {{"mex.is_html", "true"}, {"mex.available", "false"}});
  expect_facts(of("Blocked", "HTTP/1.1 503 X\nContent-Type: text/html\n\n"),
               {{"mex.is_html", "true"}, {"mex.available", "false"}});
}

TEST(MexAnswer, OfAnotherStatusIsNotAvailable) {
  expect_facts(of(testing::usual_metadata(), "HTTP/1.1 500 X\n\n"), {{"mex.available", "false"}});
  expect_facts(of("", "HTTP/1.1 404 Not Found\n\n"), {{"mex.available", "false"}});
  expect_facts(of(""), {{"mex.available", "false"}});
  expect_facts(of("<s:Envelope xmlns:s='x'/>"), {{"mex.available", "false"}});
}

TEST(MexAnswer, NotSeenWholeIsNotCalledUnavailable) {
  Exchange cut = testing::exchange(kAsk, "HTTP/1.1 200 OK\n\n<w:definitions><w:types>");
  cut.answer.body_size = 60000;
  const Facts facts = stated_by(kMexDecoder, cut);
  EXPECT_EQ(value_of(facts, "mex.available"), "(absent)");
  EXPECT_NE(value_of(facts, "decode.mex.error"), "(absent)");
  EXPECT_EQ(value_of(stated_by(kMexDecoder, testing::exchange(kAsk, "")), "mex.available"),
            "(absent)");
}

TEST(MexAnswer, OfExotapItselfSaysNothingAboutTheServer) {
  Exchange refused = testing::exchange(kAsk, "HTTP/1.1 403 Forbidden\n\n<html>");
  refused.handling = Handling::refused;
  EXPECT_EQ(value_of(stated_by(kMexDecoder, refused), "mex.is_html"), "(absent)");
}

TEST(MexSecrets, AreNeverTold) {
  const Facts facts =
      stated_by(kMexDecoder,
                testing::exchange(
                    "GET /adfs/services/trust/mex?token=CANARY HTTP/1.1\nCookie: CANARY\n",
                    "HTTP/1.1 200 OK\nSet-Cookie: CANARY\n\n" +
                        metadata("<BinarySecret>CANARY</BinarySecret>" +
                                     policy("U", kUsernameToken) + binding("B", "U", kTrust13Issue),
                                 port("B", "http://u:CANARY@sts/?code=CANARY"))));
  EXPECT_TRUE(facts.has(fact::kMexInsecureAddress)) << listing(facts);
  expect_never_told(facts, "CANARY");
}

// Where a name repeats, every value has to be there, in this order.
struct Sample {
  std::string_view file;
  std::string_view policies, bindings, ports;
  std::vector<std::string> endpoints;
};

const Sample kSamples[] = {
    {"mex-2005.xml",
     "12",
     "10",
     "10",
     {"windows 2005 https://sts.usystech.net/adfs/services/trust/2005/windowstransport",
      "username 2005 http://sts.usystech.net/adfs/services/trust/2005/username",
      "username 2005 https://sts.usystech.net/adfs/services/trust/2005/usernamemixed"}},
    {"mex-archan.xml",
     "13",
     "13",
     "13",
     {"windows 2005 https://arvmserver2012.archan.us/adfs/services/trust/2005/windowstransport",
      "username 2005 https://arvmserver2012.archan.us/adfs/services/trust/2005/usernamemixed",
      "kerberos 2005 https://arvmserver2012.archan.us/adfs/services/trust/2005/kerberosmixed",
      "kerberos 1.3 https://arvmserver2012.archan.us/adfs/services/trust/13/kerberosmixed",
      "username 1.3 https://arvmserver2012.archan.us/adfs/services/trust/13/usernamemixed",
      "windows 1.3 https://arvmserver2012.archan.us/adfs/services/trust/13/windowstransport"}},
    {"mex-insecure-address.xml",
     "13",
     "13",
     "14",
     {"windows 2005 https://arvmserver2012.archan.us/adfs/services/trust/2005/windowstransport",
      "username 2005 http://arvmserver2012.archan.us/adfs/services/trust/2005/usernamemixed",
      "kerberos 2005 https://arvmserver2012.archan.us/adfs/services/trust/2005/kerberosmixed",
      "kerberos 1.3 https://arvmserver2012.archan.us/adfs/services/trust/13/kerberosmixed",
      "username 1.3 http://arvmserver2012.archan.us/adfs/services/trust/13/usernamemixed",
      "windows 1.3 http://arvmserver2012.archan.us/adfs/services/trust/13/windowstransport",
      "windows 1.3 https://arvmserver2012.archan.us/adfs/services/trust/13/windowstransport"}},
    {"mex-integrated.xml",
     "11",
     "11",
     "11",
     {"windows 2005 https://msft.sts.microsoft.com/adfs/services/trust/2005/windowstransport",
      "username 2005 https://msft.sts.microsoft.com/adfs/services/trust/2005/usernamemixed",
      "username 1.3 https://msft.sts.microsoft.com/adfs/services/trust/13/usernamemixed",
      "windows 1.3 https://msft.sts.microsoft.com/adfs/services/trust/13/windowstransport"}},
    {"mex-microsoft.xml",
     "12",
     "12",
     "12",
     {"windows 2005 https://corp.sts.microsoft.com/adfs/services/trust/2005/windowstransport",
      "username 2005 https://corp.sts.microsoft.com/adfs/services/trust/2005/usernamemixed",
      "kerberos 2005 https://corp.sts.microsoft.com/adfs/services/trust/2005/kerberosmixed",
      "kerberos 1.3 https://corp.sts.microsoft.com/adfs/services/trust/13/kerberosmixed",
      "username 1.3 https://corp.sts.microsoft.com/adfs/services/trust/13/usernamemixed",
      "windows 1.3 https://corp.sts.microsoft.com/adfs/services/trust/13/windowstransport"}},
    {"mex-thirdparty.xml",
     "13",
     "13",
     "13",
     {"windows 2005 https://msft.sts.microsoft.com/adfs/services/trust/2005/windowstransport",
      "username 2005 https://msft.sts.microsoft.com/adfs/services/trust/2005/usernamemixed",
      "kerberos 2005 https://msft.sts.microsoft.com/adfs/services/trust/2005/kerberosmixed",
      "kerberos 1.3 https://msft.sts.microsoft.com/adfs/services/trust/13/kerberosmixed",
      "username 1.3 https://msft.sts.microsoft.com/adfs/services/trust/13/usernamemixed",
      "windows 1.3 https://msft.sts.microsoft.com/adfs/services/trust/13/windowstransport"}},
    {"mex-usystech.xml",
     "12",
     "10",
     "10",
     {"windows 2005 https://sts.usystech.net/adfs/services/trust/2005/windowstransport",
      "username 2005 http://sts.usystech.net/adfs/services/trust/2005/username",
      "username 2005 https://sts.usystech.net/adfs/services/trust/2005/usernamemixed"}},
};

TEST(MexSamples, TellAtLeastWhatTheIndexLists) {
  for (const Sample& known : kSamples) {
    SCOPED_TRACE(known.file);
    const auto text = sample(known.file);
    if (!text) GTEST_SKIP() << "no sample " << known.file << " under " EXOTAP_SAMPLES;
    const Facts facts = of(*text);
    expect_facts(facts, {{"mex.available", "true"},
                         {"mex.policy_count", known.policies},
                         {"mex.binding_count", known.bindings},
                         {"mex.port_count", known.ports}});
    EXPECT_EQ(values_of(facts, "mex.endpoint"), known.endpoints);
    EXPECT_EQ(value_of(facts, "decode.mex.error"), "(absent)");
    EXPECT_EQ(value_of(facts, "mex.missing_policy"), "(absent)");
  }
}

TEST(MexSamples, TellWhichAddressesAreInsecure) {
  const auto insecure = sample("mex-insecure-address.xml");
  const auto sound = sample("mex-2005.xml");
  if (!insecure || !sound) GTEST_SKIP() << "no MEX samples under " EXOTAP_SAMPLES;
  EXPECT_EQ(values_of(of(*insecure), "mex.insecure_address").size(), 3U);
  EXPECT_EQ(value_of(of(*sound), "mex.insecure_address"), "(absent)");
  EXPECT_EQ(value_of(of(*sound), "mex.username_url"),
            "https://sts.usystech.net/adfs/services/trust/2005/usernamemixed");
}

}  // namespace
}  // namespace exotap
