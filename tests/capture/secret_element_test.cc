#include "capture/secret_element.h"

#include <gtest/gtest.h>

#include <string>

namespace exotap {
namespace {

std::string content_of(std::string_view text) {
  return std::string(secret_element_content(text, 0).of(text));
}

TEST(SecretElement, ContentWithAnyPrefixAndAttributes) {
  EXPECT_EQ(content_of("<Password>Winter</Password>x"), "Winter");
  EXPECT_EQ(content_of("<o:Password Type=\"#PasswordText\">Winter</o:Password>"), "Winter");
  EXPECT_EQ(content_of("<saml:Assertion><a>1</a></saml:Assertion><b/>"), "<a>1</a>");
}

TEST(SecretElement, ElementsOfTheSameNameInsideAreCounted) {
  EXPECT_EQ(content_of("<Assertion>1<Assertion>2</Assertion>3<Assertion/>4</Assertion>5"),
            "1<Assertion>2</Assertion>3<Assertion/>4");
}

TEST(SecretElement, TornContentGoesToTheEnd) {
  EXPECT_EQ(content_of("<wsse:Password>Winter"), "Winter");
  EXPECT_EQ(content_of("<Password>Winter</Passwor"), "Winter</Passwor");
}

TEST(SecretElement, EscapedMarkup) {
  EXPECT_EQ(content_of("&lt;Password&gt;Winter&lt;/Password&gt;"), "Winter");
  EXPECT_EQ(content_of("%3CPassword%3EWinter%3C%2FPassword%3E"), "Winter");
}

TEST(SecretElement, OthersStay) {
  for (const char* text : {"<Username>ada</Username>", "</Password>x", "<Password/>x", "<Password",
                           "<Password>", "<Password>[redacted:ab12cd34]</Password>", "<", ""}) {
    EXPECT_EQ(content_of(text), "") << text;
  }
}

}  // namespace
}  // namespace exotap
