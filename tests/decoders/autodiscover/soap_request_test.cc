#include "decoders/autodiscover/soap_request.h"

#include <gtest/gtest.h>

#include "tests/decoders/autodiscover/soap_texts.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_facts;
using testing::soap_envelope;
using testing::value_of;
using testing::values_of;

Facts of(const std::string& text) {
  const XmlDocument document(text);
  Facts facts;
  state_soap_request(document.root(), facts);
  return facts;
}

std::string operation(const std::string& text) {
  const XmlDocument document(text);
  return soap_operation(document.root());
}

TEST(SoapAutodiscoverOperation, IsTheBodysElseTheActions) {
  EXPECT_EQ(operation(soap_envelope("<GetUserSettingsRequestMessage/>")), "GetUserSettings");
  EXPECT_EQ(operation(soap_envelope("<x:GetDomainSettingsResponseMessage/>")), "GetDomainSettings");
  const std::string action =
      "<a:Action>http://schemas.microsoft.com/exchange/2010/\n  Autodiscover/Autodiscover/";
  EXPECT_EQ(operation(soap_envelope("", action + "GetFederationInformation </a:Action>")),
            "GetFederationInformation");
  EXPECT_EQ(operation(soap_envelope("<s:Fault/>", action + "GetUserSettingsResponse</a:Action>")),
            "GetUserSettings");
  EXPECT_EQ(operation(soap_envelope("")), "");
  EXPECT_EQ(operation("<html/>"), "");
}

TEST(SoapAutodiscoverRequest, TellsWhomAndWhatItAsksFor) {
  expect_facts(
      of(soap_envelope("<GetUserSettingsRequestMessage><Request><Users><User><Mailbox>ada@contoso"
                       ".com</Mailbox></User><User><Mailbox>bob@contoso.com</Mailbox></User>"
                       "</Users><RequestedSettings><Setting>UserDN</Setting><Setting>CasVersion"
                       "</Setting></RequestedSettings></Request></GetUserSettingsRequestMessage>",
                       "<RequestedServerVersion>Exchange2013</RequestedServerVersion>")),
      {{"autodiscover.operation", "GetUserSettings"},
       {"autodiscover.request.email", "ada@contoso.com"},
       {"autodiscover.request.email", "bob@contoso.com"},
       {"autodiscover.request.server_version", "Exchange2013"},
       {"autodiscover.request.settings", "UserDN, CasVersion"},
       {"autodiscover.request.setting_count", "2"}});
  expect_facts(of(soap_envelope("<GetFederationInformationRequestMessage><Request><Domain>"
                                "contoso.com</Domain></Request>"
                                "</GetFederationInformationRequestMessage>")),
               {{"autodiscover.operation", "GetFederationInformation"},
                {"autodiscover.request.domain", "contoso.com"}});
}

TEST(SoapAutodiscoverRequest, HoldsItsBounds) {
  std::string users;
  std::string settings;
  for (int i = 0; i < 500; ++i) {
    users += "<Mailbox>u" + std::to_string(i) + "@contoso.com</Mailbox>";
    settings += "<Setting>S" + std::to_string(i) + "</Setting>";
  }
  const Facts facts = of(soap_envelope("<GetUserSettingsRequestMessage>" + users + settings +
                                       "</GetUserSettingsRequestMessage>"));
  EXPECT_EQ(values_of(facts, "autodiscover.request.email").size(), kMaxAskedUsers);
  EXPECT_EQ(value_of(facts, "autodiscover.request.setting_count"), "500");
  EXPECT_TRUE(value_of(facts, "autodiscover.request.settings").ends_with(", S63"));
}

}  // namespace
}  // namespace exotap
