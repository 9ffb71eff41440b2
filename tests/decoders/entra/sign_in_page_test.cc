#include "decoders/entra/sign_in_page.h"

#include <gtest/gtest.h>

#include <string>

#include "decoders/entra/oauth_error.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_facts;
using testing::expect_never_told;
using testing::value_of;

std::string page(std::string_view config) {
  return "<!DOCTYPE html><html><head><script type=\"text/javascript\">//<![CDATA[\n$Config=" +
         std::string(config) + ";\n//]]></script></head><body></body></html>";
}

Facts of(std::string_view html, bool inside = true) {
  Facts facts;
  state_sign_in_page(html, inside, facts);
  return facts;
}

TEST(SignInPage, TellsAWrongPassword) {
  const Facts facts = of(page(
      R"({"pgid":"ConvergedSignIn","sErrorCode":"50126","sErrTxt":"","urlPost":"/common/login",)"
      R"("sFT":"CANARY","sCtx":"CANARY","canary":"CANARY","apiCanary":"CANARY","correlationId":)"
      R"("11111111-2222-3333-4444-555555555555","sPOST_Username":"anna@contoso.com"})"));
  expect_facts(facts, {{"entra.page.id", "ConvergedSignIn"},
                       {"entra.page.error_code", "50126"},
                       {"entra.page.correlation_id", "11111111-2222-3333-4444-555555555555"},
                       {"aadsts.code", "50126"},
                       {"aadsts.name", "InvalidUserNameOrPassword"},
                       {"oauth.error_in", "page"},
                       {"user.name", "anna@contoso.com"},
                       {"answer.failure", "AADSTS50126 InvalidUserNameOrPassword"}});
  EXPECT_FALSE(facts.has(fact::kEntraPagePostDomain));
  expect_never_told(facts, "CANARY");
}

TEST(SignInPage, TellsAnErrorPage) {
  const Facts facts = of(page(
      R"({"pgid":"ConvergedError","iErrorCode":50011,"strMainMessage":"Sorry, but we\u2019re )"
      R"(having trouble signing you in.","strServiceExceptionMessage":"AADSTS50011: The redirect )"
      R"(URI does not match.","urlPost":"https://login.contoso.com/x?y=CANARY"})"));
  expect_facts(facts, {{"entra.page.id", "ConvergedError"},
                       {"entra.page.error", "AADSTS50011: The redirect URI does not match."},
                       {"aadsts.text", "AADSTS50011: The redirect URI does not match."},
                       {"entra.page.post_domain", "login.contoso.com"},
                       {"aadsts.code", "50011"},
                       {"answer.failure", "AADSTS50011 InvalidReplyTo"}});
  expect_never_told(facts, "CANARY");
}

TEST(SignInPage, TellsMicrosoftAccountsNumbers) {
  const Facts facts = of(page(R"({"sErrorCode":"80041012","sErrTxt":"That password is wrong."})"));
  expect_facts(facts, {{"entra.page.error_code", "80041012"},
                       {"entra.page.error_name", "PP_E_BAD_PASSWORD"},
                       {"answer.failure", "PP_E_BAD_PASSWORD"}});
  EXPECT_EQ(value_of(facts, "aadsts.code"), "(absent)");
}

TEST(SignInPage, OlderPagesSayTheirErrorInWords) {
  const Facts facts = of("<html><body>Your organization could not sign you in. HR=80041317</body>");
  expect_facts(facts, {{"entra.page.error_code", "80041317"}, {"oauth.error_in", "page"}});
  EXPECT_FALSE(of("<p>HR=8004</p>").has(fact::kEntraPageErrorCode));
  EXPECT_FALSE(of("<p>HR=none at all</p>").has(fact::kEntraPageErrorCode));
}

TEST(SignInPage, WithoutAnErrorIsOnlyAPage) {
  for (const std::string_view config :
       {R"({"pgid":"ConvergedTFA","sErrorCode":"","iErrorCode":0,"sErrTxt":""})",
        R"({"pgid":"ConvergedTFA"})"}) {
    const Facts facts = of(page(config));
    EXPECT_EQ(facts.size(), 1U) << config;
    EXPECT_EQ(value_of(facts, "entra.page.id"), "ConvergedTFA");
  }
}

TEST(SignInPage, KnowsSteps) {
  for (const std::string_view code : {"50058", "50140", "50199", "50076", "16000"}) {
    const Facts facts = of(page(R"({"sErrorCode":")" + std::string(code) + "\"}"));
    EXPECT_TRUE(facts.is_true(fact::kOauthErrorIsStep)) << code;
    EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)") << code;
  }
  const std::string_view wrong = R"({"sErrorCode":"50020"})";
  EXPECT_EQ(value_of(of(page(wrong)), "answer.failure"), "AADSTS50020 UserUnauthorized");
  EXPECT_EQ(value_of(of(page(wrong), false), "answer.failure"), "(absent)");
}

TEST(SignInPage, SurvivesAPageThatBreaksOff) {
  const std::string whole = page(R"({"pgid":"ConvergedSignIn","sErrorCode":"50053","x":{"y":"}"},)"
                                 R"("sErrTxt":"locked \" } here"})");
  EXPECT_EQ(value_of(of(whole), "entra.page.error"), "locked \" } here");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Facts facts = of(std::string_view(whole).substr(0, size));
    const std::string code = value_of(facts, "entra.page.error_code");
    EXPECT_TRUE(code == "50053" || code == "(absent)") << code;
  }
}

TEST(PageConfig, EndsWithItsObject) {
  EXPECT_EQ(page_config("x$Config={\"a\":{\"b\":\"}\"}};y={};"), "{\"a\":{\"b\":\"}\"}}");
  EXPECT_EQ(page_config("x$Config = {\"a\":1}; z"), "{\"a\":1}");
  EXPECT_EQ(page_config("x$Config={\"a\":1"), "{\"a\":1");
  EXPECT_EQ(page_config("x$Config=null;{}"), "");
  EXPECT_EQ(page_config("$Config="), "");
  EXPECT_EQ(page_config("<html>"), "");
  EXPECT_EQ(page_config("$Config={\"a\\"), "{\"a\\");
}

}  // namespace
}  // namespace exotap
