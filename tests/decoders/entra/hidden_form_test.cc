#include "decoders/entra/hidden_form.h"

#include <gtest/gtest.h>

#include <string>

#include "decoders/html/html_forms.h"

namespace exotap {
namespace {

TEST(HiddenForm, IsReadAsABrowserWouldSendIt) {
  EXPECT_EQ(hidden_form("<html><head><title>Working...</title></head><body><form method=\"POST\" "
                        "name=\"hiddenform\" action=\"https://outlook.office.com/owa/\"><input "
                        "type=\"hidden\" name=\"error\" value=\"access_denied\" /><input "
                        "type=\"hidden\" name=\"error_description\" value=\"AADSTS65004: a &amp; "
                        "b &quot;c&#39;&lt;&gt;\" /><noscript><p>x</p><input type=\"submit\" "
                        "value=\"Submit\" /></noscript></form></body></html>"),
            "error=access_denied&error_description=AADSTS65004%3A%20a%20%26%20b%20%22c%27%3C%3E");
}

TEST(HiddenForm, TakesAnyQuotesAndCase) {
  EXPECT_EQ(hidden_form("<FORM><INPUT TYPE='hidden' NAME='code' VALUE='a b'><input name=x value=y>"
                        "<input value=z name=w />"),
            "code=a%20b&x=y&w=z");
}

TEST(HiddenForm, IsEmptyWhereThereIsNone) {
  for (const std::string_view html : {"", "<html>", "<input name=\"a\" value=\"b\">", "<form>",
                                      "<form><input", "<form><input>"}) {
    EXPECT_EQ(hidden_form(html), "") << html;
  }
  EXPECT_EQ(hidden_form("<form><input name="), "");
  EXPECT_EQ(hidden_form("<form><input name=\"a\" value=\"broken"), "a=");
  EXPECT_EQ(hidden_form("<form><input xname=\"a\" name=\"b\" datavalue=\"c\">"), "b=");
}

TEST(HiddenForm, IsBounded) {
  std::string html = "<form>";
  for (int i = 0; i < 100; ++i) html += "<input name='n' value='v'>";
  const std::string form = hidden_form(html);
  EXPECT_EQ(form.size(), kMaxFormFields * 4 - 1);
  EXPECT_EQ(hidden_form("<form><input name='wresult' value='" + std::string(9000, 'c') + "'>"),
            "wresult=x");
}

}  // namespace
}  // namespace exotap
