#include "decoders/autodiscover/soap_settings.h"

#include <gtest/gtest.h>

#include "tests/decoders/autodiscover/soap_texts.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_facts;
using testing::user_setting;
using testing::value_of;
using testing::values_of;

Facts of(const std::string& settings) {
  const XmlDocument document("<UserSettings xmlns:i='x'>" + settings + "</UserSettings>");
  Facts facts;
  SoapSettings read(facts);
  read.state(document.root(), "UserSetting");
  return facts;
}

TEST(SoapSettings, HaveTheNamesOfTheOtherFlavours) {
  const Facts facts =
      of(user_setting("UserDisplayName", "Ada Example") + user_setting("UserDN", "/o=x/cn=ada") +
         user_setting("AutoDiscoverSMTPAddress", "ada@contoso.com") +
         user_setting("UserMSOnline", "True") + user_setting("MapiHttpEnabled", "True") +
         user_setting("ExternalEwsUrl", "https://mail.contoso.com/EWS?token=T") +
         user_setting("CasVersion", "15.20.1"));
  expect_facts(
      facts, {{"autodiscover.display_name", "Ada Example"},
              {"autodiscover.legacy_dn", "/o=x/cn=ada"},
              {"autodiscover.smtp_address", "ada@contoso.com"},
              {"autodiscover.microsoft_online", "True"},
              {"autodiscover.mapi_http", "true"},
              {"autodiscover.url", "ExternalEwsUrl=https://mail.contoso.com/EWS?token=[redacted]"},
              {"autodiscover.setting", "CasVersion=15.20.1"}});
  EXPECT_EQ(values_of(facts, "autodiscover.setting"),
            (std::vector<std::string>{"MapiHttpEnabled=True", "CasVersion=15.20.1"}));
}

TEST(SoapSettings, AreReadInTheirCollections) {
  expect_facts(
      of("<UserSetting><Name>ExternalWebClientUrls</Name><WebClientUrls><WebClientUrl>"
         "<AuthenticationMethods>Fba</AuthenticationMethods><Url>https://h/owa/</Url>"
         "</WebClientUrl></WebClientUrls></UserSetting>"
         "<UserSetting><Name>ExternalImap4Connections</Name><ProtocolConnections>"
         "<ProtocolConnection><EncryptionMethod>SSL</EncryptionMethod><Hostname>h</Hostname>"
         "<Port>993</Port></ProtocolConnection></ProtocolConnections></UserSetting>"
         "<UserSetting><Name>AlternateMailboxes</Name><AlternateMailboxes><AlternateMailbox><Type>"
         "Archive</Type><DisplayName>Ada</DisplayName></AlternateMailbox></AlternateMailboxes>"
         "</UserSetting><UserSetting><Name>DocumentSharingLocations</Name>"
         "<DocumentSharingLocations/><Value>x</Value></UserSetting>"),
      {{"autodiscover.url", "ExternalWebClientUrls=https://h/owa/"},
       {"autodiscover.protocol.summary", "ExternalImap4Connections server=h:993 encryption=SSL"},
       {"autodiscover.alternate_mailbox", "Archive"}});
}

TEST(SoapSettings, HoldTheirBounds) {
  std::string many;
  for (int i = 0; i < 300; ++i) many += user_setting("S" + std::to_string(i), "v");
  EXPECT_EQ(values_of(of(many), "autodiscover.setting").size(), kMaxSoapSettings);
  const Facts facts = of(user_setting(
      "Long", std::string(64, 'a') + " " + std::string(900, ' ') + std::string(300, '.')));
  EXPECT_EQ(value_of(facts, "autodiscover.setting").size(), 5 + kMaxSettingText);
  std::string connections;
  for (int i = 0; i < 30; ++i) connections += "<ProtocolConnection/>";
  EXPECT_EQ(values_of(of("<UserSetting><Name>P</Name><ProtocolConnections>" + connections +
                         "</ProtocolConnections></UserSetting>"),
                      "autodiscover.protocol.summary")
                .size(),
            kMaxSettingConnections);
}

}  // namespace
}  // namespace exotap
