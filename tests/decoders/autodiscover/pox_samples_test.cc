// Real messages of the XML form, and the least that must come out of each.
#include <gtest/gtest.h>

#include <string>

#include "decoders/autodiscover/pox.h"
#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_declared;
using testing::expect_facts;
using testing::ExpectedFacts;
using testing::sample;
using testing::stated_by;
using testing::value_of;
using testing::values_of;

constexpr std::string_view kAsk =
    "POST /autodiscover/autodiscover.xml HTTP/1.1\nHost: autodiscover.contoso.com\n"
    "Content-Type: text/xml\n\n";
constexpr std::string_view kXml = "HTTP/1.1 200 OK\nContent-Type: text/xml; charset=utf-8\n\n";

Facts of_document(const std::string& document) {
  return stated_by(kPoxDecoder, testing::exchange(kAsk, std::string(kXml) + document));
}

Facts of_request(const std::string& document) {
  return stated_by(kPoxDecoder, testing::exchange(std::string(kAsk) + document, ""));
}

struct Sample {
  std::string_view file;
  bool is_request;
  ExpectedFacts expected;
};

const Sample kSamples[] = {
    {"ad-eas-mobilesync-redirect.xml",
     false,
     {{"autodiscover.flavour", "eas"},
      {"autodiscover.response.action", "redirectAddr"},
      {"autodiscover.redirect_address", "user@other.example.com"}}},
    {"ad-eas-mobilesync-settings.xml",
     false,
     {{"autodiscover.flavour", "eas"},
      {"autodiscover.response.action", "settings"},
      {"autodiscover.smtp_address", "user@example.com"},
      {"autodiscover.protocol.type", "MobileSync"},
      {"autodiscover.url", "Url=https://eas.example.com/Microsoft-Server-ActiveSync"}}},
    {"ad-pox-error-600.xml",
     false,
     {{"autodiscover.error.code", "600"},
      {"autodiscover.error.message", "Invalid Request"},
      {"autodiscover.error.time", "21:25:04.8897083"},
      {"autodiscover.error.id", "4130155072"}}},
    {"ad-pox-redirectaddr.xml",
     false,
     {{"autodiscover.response.action", "redirectAddr"},
      {"autodiscover.redirect_address", "elvin@mail.contoso.com"}}},
    {"ad-pox-request.xml",
     true,
     {{"autodiscover.request.email", "mara@contoso.com"},
      {"autodiscover.request.schema",
       "https://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"}}},
    {"ad-pox-response-exo-legacy.xml",
     false,
     {{"autodiscover.smtp_address", "blumbergh@initech.local"},
      {"autodiscover.legacy_dn",
       "/o=ExchangeLabs/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/"
       "cn=asdfasdfasdfasdfasdfadf-Bill Lumb"},
      {"autodiscover.response.action", "settings"},
      {"autodiscover.microsoft_online", "True"},
      {"autodiscover.protocol.summary",
       "EXCH server=22222222-2222-2222-2222-222222222222@initech.local auth=Anonymous"},
      {"autodiscover.protocol.summary", "EXPR server=outlook.office365.com auth=Basic"},
      {"autodiscover.protocol.ews_url", "https://outlook.office365.com/EWS/Exchange.asmx"}}},
    {"ad-pox-response-settings.xml",
     false,
     {{"autodiscover.smtp_address", "mara@contoso.com"},
      {"autodiscover.legacy_dn",
       "/o=First Organization/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/"
       "cn=f5eeabead90d4b6fb51d6379474692cd-Mara"},
      {"autodiscover.response.action", "settings"},
      {"autodiscover.microsoft_online", "False"},
      {"autodiscover.protocol.summary",
       "EXCH server=5f76be3c-9138-4f66-85e0-21bc23ca35f0@contoso.com"},
      {"autodiscover.protocol.summary", "EXPR server=mail.contoso.com auth=Ntlm"},
      {"autodiscover.protocol.ews_url", "https://mail.contoso.com/EWS/Exchange.asmx"}}},
};

TEST(PoxSamples, TellAtLeastWhatTheIndexLists) {
  for (const Sample& known : kSamples) {
    SCOPED_TRACE(known.file);
    const auto text = sample(known.file);
    if (!text) GTEST_SKIP() << "no sample " << known.file << " under " EXOTAP_SAMPLES;
    const Facts facts = known.is_request ? of_request(*text) : of_document(*text);
    expect_facts(facts, known.expected);
    expect_declared(facts, kPoxDecoder);
    EXPECT_EQ(value_of(facts, "decode.pox.error"), "(absent)");
    EXPECT_EQ(value_of(facts, "autodiscover.answered_by"),
              known.is_request ? "(absent)" : "exchange");
  }
}

TEST(PoxSamples, KeepTheOrderOfProtocols) {
  const std::pair<std::string_view, std::vector<std::string>> known[] = {
      {"ad-pox-response-exo-legacy.xml", {"EXCH", "EXPR", "WEB", "EXCH", "EXPR"}},
      {"ad-pox-response-settings.xml", {"EXCH", "EXPR", "WEB", "EXCH"}}};
  for (const auto& [file, types] : known) {
    const auto text = sample(file);
    if (!text) GTEST_SKIP() << "no sample " << file << " under " EXOTAP_SAMPLES;
    EXPECT_EQ(values_of(of_document(*text), "autodiscover.protocol.type"), types);
  }
}

}  // namespace
}  // namespace exotap
