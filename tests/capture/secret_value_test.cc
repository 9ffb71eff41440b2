#include "capture/secret_value.h"

#include <gtest/gtest.h>

#include <string>

namespace exotap {
namespace {

// The secret part behind the first separator of `text`, whose name is a `secrecy` one.
std::string secret_in(std::string_view text, Secrecy secrecy = Secrecy::value,
                      bool parameter = false) {
  const std::size_t at = text.find_first_of("=:");
  const Extent found = secret_value(text, {at + 1, {text[at], 1}, secrecy, parameter});
  return std::string(found.of(text));
}

TEST(SecretValue, EndsWithTheParameter) {
  EXPECT_EQ(secret_in("password=Winter2026&login=ada"), "Winter2026");
  EXPECT_EQ(secret_in("password=it's(1,2);3 next"), "it's(1,2);3");
  EXPECT_EQ(secret_in("password=a%26b&c"), "a%26b");
  EXPECT_EQ(secret_in("password="), "");
}

TEST(SecretValue, AnEscapedParameterEndsAsDeepAsItBegan) {
  const std::string_view text = "password%3DWinter%2526x%26login%3Dada";
  const Extent found = secret_value(text, {11, {'=', 3}, Secrecy::value, false});
  EXPECT_EQ(found.of(text), "Winter%2526x");
}

TEST(SecretValue, QuotationMarksBoundIt) {
  EXPECT_EQ(secret_in(R"("password": "Winter \"20\" 26", "x": 1)"), R"(Winter \"20\" 26)");
  EXPECT_EQ(secret_in(R"("password": "torn)"), "torn");
  EXPECT_EQ(secret_in("password='two words' x"), "'two words");
}

TEST(SecretValue, JsonInsideJson) {
  const std::string_view text = R"({\"password\":\"Win\\\"ter\",\"x\":1})";
  const Extent found = secret_value(text, {text.find(':') + 1, {':', 1}, Secrecy::value, false});
  EXPECT_EQ(found.of(text), R"(Win\\\"ter)");
}

TEST(SecretValue, ConstantsOfJsonStay) {
  EXPECT_EQ(secret_in(R"("HasPassword":true,)"), "");
  EXPECT_EQ(secret_in(R"("HasPassword":null})"), "");
  EXPECT_EQ(secret_in(R"("pin":1234})"), "1234");
}

TEST(SecretValue, ListsAndObjectsGoAsAWhole) {
  EXPECT_EQ(secret_in(R"("password":["a",["b"]],"x":1)"), R"(["a",["b"]])");
}

TEST(SecretValue, SentencesGoOn) {
  EXPECT_EQ(secret_in("Password: it may have expired"), "");
  EXPECT_EQ(secret_in("Password: Expired."), "");
  EXPECT_EQ(secret_in("Password: Winter2026 was refused"), "Winter2026");
  EXPECT_EQ(secret_in("password:winter"), "winter");
}

TEST(SecretValue, HeaderFieldsGoToTheEndOfTheLineButForTheScheme) {
  EXPECT_EQ(secret_in("Cookie: a=1; b=2\r\nHost: x", Secrecy::line), "a=1; b=2");
  EXPECT_EQ(secret_in("Authorization: Basic dTpw\r\n", Secrecy::line), "dTpw");
  EXPECT_EQ(secret_in("Authorization: strange", Secrecy::line), "strange");
}

TEST(SecretValue, EverydayWordsAreSecretAsParametersOrWhenOpaque) {
  EXPECT_EQ(secret_in("code=500", Secrecy::parameter), "");
  EXPECT_EQ(secret_in("code=500", Secrecy::parameter, true), "500");
  EXPECT_EQ(secret_in("code=0AXoAq1b2c3d4e5f6g7", Secrecy::parameter), "0AXoAq1b2c3d4e5f6g7");
  EXPECT_EQ(secret_in("code: 0AXoAq1b2c3d4e5f6g7", Secrecy::parameter), "");
}

TEST(SecretValue, WhatIsRedactedStays) {
  EXPECT_EQ(secret_in("password=[redacted:ab12cd34]&x"), "");
  EXPECT_EQ(secret_in("password=[redacted]"), "");
  EXPECT_EQ(secret_in("password=[redacted]Winter"), "[redacted]Winter");
  EXPECT_EQ(secret_in(R"("password":"[redacted:ab12cd34]")"), "");
}

TEST(SecretValue, PasswordsInUrls) {
  const auto in = [](std::string_view rest) {
    return std::string(userinfo_password(rest, 0).of(rest));
  };
  EXPECT_EQ(in("ada:Winter2026@proxy.contoso.com:8080/"), "Winter2026");
  EXPECT_EQ(in("ada:a@b@proxy/"), "a@b");
  EXPECT_EQ(in("proxy.contoso.com:8080/a@b"), "");
  EXPECT_EQ(in("ada@proxy"), "");
}

}  // namespace
}  // namespace exotap
