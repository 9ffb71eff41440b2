#include "decoders/html/html_forms.h"

#include <gtest/gtest.h>

#include <string>

#include "decoders/html/html_tags.h"

namespace exotap {
namespace {

constexpr const char* kAdfsPage =
    "<html><head><title>Working...</title></head><body><form method=\"POST\" name=\"hiddenform\" "
    "action=\"https://login.microsoftonline.com:443/login.srf?a=1&amp;b=2\">"
    "<input type=\"hidden\" name=\"wa\" value=\"wsignin1.0\" />"
    "<input type=\"hidden\" name=\"wresult\" value=\"&lt;t:X xmlns:t=&quot;u&quot;/>\" />"
    "<input type='hidden' name='wctx' value='a b'/><noscript><p>Script is disabled. Click Submit "
    "to "
    "continue.</p><input type=\"submit\" value=\"Submit\" /></noscript></form><script "
    "language=\"javascript\">window.setTimeout('document.forms[0].submit()', 0);</script></body>";

TEST(HtmlForms, ReadsTheFormThatPostsItself) {
  const auto forms = html_forms(kAdfsPage);
  ASSERT_EQ(forms.size(), 1U);
  EXPECT_EQ(forms[0].action, "https://login.microsoftonline.com:443/login.srf?a=1&b=2");
  ASSERT_EQ(forms[0].fields.size(), 3U);
  ASSERT_NE(forms[0].field("wresult"), nullptr);
  EXPECT_EQ(*forms[0].field("wresult"), "<t:X xmlns:t=\"u\"/>");
  EXPECT_EQ(*forms[0].field("wctx"), "a b");
  EXPECT_EQ(forms[0].field("Wctx"), nullptr);
}

TEST(HtmlForms, ToleratesWhatBrowsersTolerate) {
  const auto forms = html_forms(
      "<!-- <form><input name=no> --><FORM ACTION = '/a' ><INPUT\nNAME=one VALUE=1><input disabled "
      "name = \"two\" value=\"2\"/><input name=three value='x>y'><br/></form>"
      "<form action=/empty></form><form action=/b><input name=four><a href=/x/>");
  ASSERT_EQ(forms.size(), 2U);
  EXPECT_EQ(forms[0].action, "/a");
  ASSERT_EQ(forms[0].fields.size(), 3U);
  EXPECT_EQ(*forms[0].field("one"), "1");
  EXPECT_EQ(*forms[0].field("two"), "2");
  EXPECT_EQ(*forms[0].field("three"), "x>y");
  EXPECT_EQ(forms[1].action, "/b");
  EXPECT_EQ(*forms[1].field("four"), "");
}

TEST(HtmlForms, SeesNoTagsInScripts) {
  EXPECT_TRUE(html_forms("<script>'<form><input name=a>'</script>").empty());
  EXPECT_TRUE(html_forms("<style><form><input name=a></STYLE>").empty());
  EXPECT_EQ(html_forms("<form><script>'<input name=a>'</SCRIPT><input name=b>")[0].fields.size(),
            1U);
}

TEST(HtmlForms, OfAPageThatBreaksOffTellsNoHalfValue) {
  const std::string page = kAdfsPage;
  for (std::size_t size = 0; size < page.size(); ++size) {
    for (const HtmlForm& form : html_forms(std::string_view(page).substr(0, size))) {
      if (const std::string* result = form.field("wresult")) {
        EXPECT_TRUE(result->empty() || *result == "<t:X xmlns:t=\"u\"/>") << *result;
      }
    }
  }
}

TEST(HtmlForms, Bounds) {
  std::string many = "<form>";
  for (int i = 0; i < 1000; ++i) many += "<input name=a" + std::to_string(i) + ">";
  EXPECT_EQ(html_forms(many)[0].fields.size(), kMaxFormFields);

  std::string late = "<form>";
  for (std::size_t i = 0; i < kMaxHtmlTags; ++i) late += "<b>";
  EXPECT_TRUE(html_forms(late + "<input name=a>").empty());

  std::string wide = "<form><input ";
  for (int i = 0; i < 5000; ++i) wide += "a" + std::to_string(i) + "=b ";
  EXPECT_TRUE(html_forms(wide + "name=x>").empty());
}

}  // namespace
}  // namespace exotap
