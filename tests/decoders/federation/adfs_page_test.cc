#include "decoders/federation/adfs_page.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_facts;
using testing::value_of;

std::string error_page(std::string_view details) {
  return "<!DOCTYPE html><html><head><title>Error</title><script>var x='MSIS9999: no';</script>"
         "</head><body><div id=\"errorArea\"><div id=\"openingMessage\" class=\"groupMargin "
         "bigText\">An error occurred</div><div id=\"errorMessage\" class=\"groupMargin\">An error "
         "occurred. Contact your administrator for more information.</div><div><label>Error details"
         "</label><ul><li>Activity ID: 00000000-0000-0000-3d04-0080000000f6</li><li>Relying party: "
         "Microsoft Office 365 Identity Platform</li>" +
         std::string(details) +
         "<li>Node name: 11111111-2222-3333-4444-555555555555</li><li>Error time: Mon, 02 Mar 2026 "
         "08:00:00 GMT</li><li>Cookie: enabled</li></ul></div></div></body></html>";
}

constexpr std::string_view kSignInPage =
    "<html><body><form method=\"post\" id=\"loginForm\" action=\"/adfs/ls/?wa=wsignin1.0\"><div "
    "id=\"error\" class=\"fieldMargin error smallText\"><span id=\"errorText\" for=\"\">"
    "ERROR</span></div><input id=\"userNameInput\" name=\"UserName\" type=\"email\" value=\"\"/>"
    "<input id=\"passwordInput\" name=\"Password\" type=\"password\"/><input type=\"hidden\" "
    "name=\"AuthMethod\" value=\"FormsAuthentication\"/></form></body></html>";

std::string sign_in_page(std::string_view error) {
  std::string page(kSignInPage);
  return page.replace(page.find("ERROR"), 5, error);
}

TEST(AdfsPage, TellsTheNumbersOfAnErrorPage) {
  Facts facts;
  EXPECT_EQ(state_adfs_page(error_page("<li>Error details: MSIS7012: An error occurred while "
                                       "processing the request.</li>"),
                            facts),
            "AD FS MSIS7012");
  expect_facts(facts,
               {{"adfs.page", "error"},
                {"adfs.error.code", "MSIS7012"},
                {"adfs.error.message", "MSIS7012: An error occurred while processing the request."},
                {"adfs.activity_id", "00000000-0000-0000-3d04-0080000000f6"},
                {"adfs.relying_party", "Microsoft Office 365 Identity Platform"},
                {"adfs.error.time", "Mon, 02 Mar 2026 08:00:00 GMT"}});
  EXPECT_EQ(value_of(facts, "adfs.error.id"), "(absent)");
}

TEST(AdfsPage, TellsTheIdentityFrameworksNumber) {
  Facts facts;
  EXPECT_EQ(state_adfs_page(error_page("<li>Error details: ID4223: The SamlSecurityToken is "
                                       "rejected because the SamlAssertion.NotOnOrAfter condition "
                                       "is not satisfied.</li>"),
                            facts),
            "AD FS ID4223");
  EXPECT_EQ(value_of(facts, "adfs.error.id"), "ID4223");
}

TEST(AdfsPage, TellsAnErrorPageThatHidesItsDetails) {
  Facts facts;
  EXPECT_EQ(state_adfs_page(error_page(""), facts),
            "AD FS: An error occurred. Contact your administrator for more information.");
  EXPECT_EQ(value_of(facts, "adfs.activity_id"), "00000000-0000-0000-3d04-0080000000f6");
}

TEST(AdfsPage, KnowsTheReferenceNumberOfOlderVersions) {
  Facts facts;
  EXPECT_NE(state_adfs_page("<html><body><p>There was a problem accessing the site. Try to browse "
                            "to the site again.</p><p>Reference number: "
                            "4f2e1c9a-0b3d-4e5f-8a6b-7c8d9e0f1a2b</p></body></html>",
                            facts),
            "");
  expect_facts(facts, {{"adfs.page", "error"},
                       {"adfs.activity_id", "4f2e1c9a-0b3d-4e5f-8a6b-7c8d9e0f1a2b"}});
}

TEST(AdfsPage, TellsTheSentenceBelowThePassword) {
  Facts facts;
  EXPECT_EQ(state_adfs_page(sign_in_page("Incorrect user ID or password. Type the correct user ID "
                                         "and password, and try again."),
                            facts),
            "AD FS: Incorrect user ID or password. Type the correct user ID and password, and try "
            "again.");
  EXPECT_EQ(value_of(facts, "adfs.page"), "sign_in");
}

TEST(AdfsPage, OfAFreshSignInPageTellsNoFailure) {
  Facts facts;
  EXPECT_EQ(state_adfs_page(sign_in_page(""), facts), "");
  EXPECT_EQ(value_of(facts, "adfs.page"), "sign_in");
  EXPECT_EQ(facts.size(), 1U);
}

TEST(AdfsPage, OfAPageThatPostsATokenTellsNoFailure) {
  Facts facts;
  EXPECT_EQ(
      state_adfs_page("<form action='https://x/'><input name='wresult' value='&lt;MSIS7012/&gt;"
                      "'></form>",
                      facts),
      "");
  EXPECT_EQ(value_of(facts, "adfs.page"), "token");
  Facts other;
  EXPECT_EQ(state_adfs_page("<p>Signed out.</p>", other), "");
  EXPECT_TRUE(other.empty());
}

TEST(AdfsPage, KnowsItsPaths) {
  EXPECT_TRUE(is_adfs_path("/adfs/ls/"));
  EXPECT_TRUE(is_adfs_path("/ADFS"));
  EXPECT_FALSE(is_adfs_path("/adfsx"));
  EXPECT_FALSE(is_adfs_path("/owa"));
}

TEST(FirstGuid, IsFoundInText) {
  EXPECT_EQ(first_guid("x 4f2e1c9a-0b3d-4e5f-8a6b-7c8d9e0f1a2b y"),
            "4f2e1c9a-0b3d-4e5f-8a6b-7c8d9e0f1a2b");
  for (const char* text : {"", "-", "4f2e1c9a-0b3d-4e5f-8a6b-7c8d9e0f1a2", "well-known-word",
                           "gggggggg-0b3d-4e5f-8a6b-7c8d9e0f1a2b"}) {
    EXPECT_EQ(first_guid(text), "") << text;
  }
}

}  // namespace
}  // namespace exotap
