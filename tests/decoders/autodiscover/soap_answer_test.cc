#include "decoders/autodiscover/soap_answer.h"

#include <gtest/gtest.h>

#include "tests/decoders/autodiscover/soap_texts.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_facts;
using testing::one_user;
using testing::soap_envelope;
using testing::soap_response;
using testing::user_setting;
using testing::value_of;
using testing::values_of;

Facts of(const std::string& text, bool success = true) {
  const XmlDocument document(text);
  Facts facts;
  state_soap_answer(document.root(), success, facts);
  return facts;
}

std::string error_of(const Facts& facts) {
  return value_of(facts, "autodiscover.error.level") + " " +
         value_of(facts, "autodiscover.error.name") + " / " + value_of(facts, "answer.failure");
}

TEST(SoapAutodiscoverAnswer, OfAHealthyMailboxHasNoError) {
  const Facts facts =
      of(one_user("<ErrorCode>NoError</ErrorCode><UserSettingErrors><UserSettingError><ErrorCode>"
                  "SettingIsNotAvailable</ErrorCode><SettingName>InternalOMUrl</SettingName>"
                  "</UserSettingError></UserSettingErrors><UserSettings>" +
                  user_setting("CasVersion", "15.20") + "</UserSettings>"));
  expect_facts(facts, {{"autodiscover.operation", "GetUserSettings"},
                       {"autodiscover.error.response", "NoError"},
                       {"autodiscover.error.user", "NoError"},
                       {"autodiscover.error.setting", "InternalOMUrl=SettingIsNotAvailable"},
                       {"autodiscover.setting_count", "1"},
                       {"autodiscover.response.action", "settings"}});
  EXPECT_EQ(error_of(facts), "(absent) (absent) / (absent)");
}

TEST(SoapAutodiscoverAnswer, TellsTheOutermostFailure) {
  EXPECT_EQ(error_of(of(soap_response("GetUserSettings",
                                      "<ErrorCode>ServerBusy</ErrorCode><ErrorMessage>later"
                                      "</ErrorMessage><UserResponses><UserResponse><ErrorCode>"
                                      "InvalidUser</ErrorCode></UserResponse></UserResponses>"))),
            "response ServerBusy / Autodiscover ServerBusy");
  const Facts user = of(
      one_user("<ErrorCode>InvalidUser</ErrorCode><ErrorMessage>Invalid user: 'a'</ErrorMessage>"));
  EXPECT_EQ(error_of(user), "user InvalidUser / Autodiscover InvalidUser for the user");
  EXPECT_EQ(value_of(user, "autodiscover.error.message"), "Invalid user: 'a'");
  EXPECT_EQ(value_of(user, "autodiscover.response.action"), "(absent)");
  EXPECT_EQ(error_of(of(soap_response("GetDomainSettings",
                                      "<ErrorCode>NoError</ErrorCode><DomainResponses>"
                                      "<DomainResponse><ErrorCode>InvalidDomain</ErrorCode>"
                                      "</DomainResponse></DomainResponses>"))),
            "domain InvalidDomain / Autodiscover InvalidDomain for the domain");
}

TEST(SoapAutodiscoverAnswer, ASettingFailsWhereNothingElseIsGivenOrItsNameIsWrong) {
  const std::string missing =
      "<ErrorCode>NoError</ErrorCode><UserSettingErrors><UserSettingError><ErrorCode>"
      "SettingIsNotAvailable</ErrorCode><SettingName>X</SettingName></UserSettingError>"
      "</UserSettingErrors>";
  EXPECT_EQ(error_of(of(one_user(missing))),
            "setting SettingIsNotAvailable / Autodiscover SettingIsNotAvailable for the setting");
  const std::string wrong =
      "<ErrorCode>NoError</ErrorCode><UserSettingErrors><UserSettingError><ErrorCode>"
      "InvalidSetting</ErrorCode><SettingName>X</SettingName></UserSettingError>"
      "</UserSettingErrors><UserSettings>" +
      user_setting("CasVersion", "15.20") + "</UserSettings>";
  EXPECT_EQ(error_of(of(one_user(wrong))),
            "setting InvalidSetting / Autodiscover InvalidSetting for the setting");
}

TEST(SoapAutodiscoverAnswer, ARedirectIsNoFailure) {
  const Facts to_address =
      of(one_user("<ErrorCode>RedirectAddress</ErrorCode><RedirectTarget>ada@contoso.mail."
                  "onmicrosoft.com</RedirectTarget>"));
  expect_facts(to_address, {{"autodiscover.response.action", "redirectAddr"},
                            {"autodiscover.redirect_address", "ada@contoso.mail.onmicrosoft.com"},
                            {"autodiscover.error.user", "RedirectAddress"}});
  EXPECT_EQ(error_of(to_address), "(absent) (absent) / (absent)");
  expect_facts(
      of(one_user("<ErrorCode>RedirectUrl</ErrorCode><RedirectTarget>https://h/autodiscover/"
                  "autodiscover.svc?code=CANARY</RedirectTarget>")),
      {{"autodiscover.response.action", "redirectUrl"},
       {"autodiscover.redirect_url", "https://h/autodiscover/autodiscover.svc?code=[redacted]"}});
}

TEST(SoapAutodiscoverAnswer, TellsAFederation) {
  expect_facts(of(soap_response("GetFederationInformation",
                                "<ErrorCode>NoError</ErrorCode><ApplicationUri>outlook.com"
                                "</ApplicationUri><Domains><Domain>contoso.com</Domain></Domains>"
                                "<TokenIssuers><TokenIssuer><Endpoint>https://login."
                                "microsoftonline.com/extSTS.srf</Endpoint><Uri>urn:federation:"
                                "MicrosoftOnline</Uri></TokenIssuer></TokenIssuers>")),
               {{"autodiscover.federation.application", "outlook.com"},
                {"autodiscover.federation.domain", "contoso.com"},
                {"autodiscover.federation.issuer",
                 "urn:federation:MicrosoftOnline https://login.microsoftonline.com/extSTS.srf"}});
  EXPECT_EQ(error_of(of(
                soap_response("GetFederationInformation", "<ErrorCode>NotFederated</ErrorCode>"))),
            "response NotFederated / Autodiscover NotFederated");
}

TEST(SoapAutodiscoverAnswer, TellsTheServersVersion) {
  expect_facts(
      of(soap_envelope("<GetUserSettingsResponseMessage/>",
                       "<h:ServerVersionInfo xmlns:h='x'><h:MajorVersion>15</h:MajorVersion>"
                       "<h:MinorVersion>20</h:MinorVersion><h:MajorBuildNumber>7950"
                       "</h:MajorBuildNumber><h:MinorBuildNumber>11</h:MinorBuildNumber>"
                       "<h:Version>Exchange2015</h:Version></h:ServerVersionInfo>")),
      {{"autodiscover.server_version", "15.20.7950.11"},
       {"autodiscover.server_schema", "Exchange2015"}});
}

TEST(SoapAutodiscoverAnswer, AFaultIsAFailureOfAllOfIt) {
  const std::string fault = soap_envelope(
      "<s:Fault><faultcode>a:InvalidSecurity</faultcode><faultstring>An error\n occurred"
      "</faultstring></s:Fault>");
  const Facts at_500 = of(fault, false);
  EXPECT_EQ(error_of(at_500), "response InvalidSecurity / (absent)");
  EXPECT_EQ(value_of(at_500, "autodiscover.error.message"), "An error occurred");
  EXPECT_EQ(error_of(of(fault)), "response InvalidSecurity / Autodiscover InvalidSecurity");
  EXPECT_EQ(error_of(of(soap_envelope("<s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code>"
                                      "<s:Reason><s:Text>no</s:Text></s:Reason></s:Fault>"))),
            "response Sender / Autodiscover Sender");
}

TEST(SoapAutodiscoverAnswer, IsNotWhatOnlyLooksLikeOne) {
  Facts facts;
  const XmlDocument page("<clientConfig/>");
  EXPECT_FALSE(state_soap_answer(page.root(), true, facts));
  const XmlDocument empty(soap_envelope(""));
  EXPECT_FALSE(state_soap_answer(empty.root(), true, facts));
  EXPECT_FALSE(state_soap_answer(XmlNode(), true, facts));
  EXPECT_TRUE(facts.empty()) << testing::listing(facts);
}

TEST(SoapAutodiscoverAnswer, HoldsItsBounds) {
  std::string users;
  std::string errors;
  for (int i = 0; i < 200; ++i) {
    errors += "<UserSettingError><ErrorCode>SettingIsNotAvailable</ErrorCode><SettingName>S" +
              std::to_string(i) + "</SettingName></UserSettingError>";
    users += "<UserResponse><ErrorCode>InvalidUser</ErrorCode></UserResponse>";
  }
  const Facts many =
      of(soap_response("GetUserSettings", "<UserResponses>" + users + "</UserResponses>"));
  EXPECT_EQ(values_of(many, "autodiscover.error.user").size(), kMaxAnsweredUsers);
  EXPECT_EQ(values_of(of(one_user("<UserSettingErrors>" + errors + "</UserSettingErrors>")),
                      "autodiscover.error.setting")
                .size(),
            kMaxSettingErrors);
}

}  // namespace
}  // namespace exotap
