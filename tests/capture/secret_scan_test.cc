#include "capture/secret_scan.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/capture/known_key.h"

namespace exotap {
namespace {

std::string cleaned(std::string_view text, TextKind kind = TextKind::prose) {
  std::string out;
  append_without_secrets(out, text, kind, known_pseudonyms());
  return out;
}

TEST(SecretScan, KeepsWhatStandsAroundASecret) {
  EXPECT_EQ(cleaned("a=1&password=Winter&b=2"), "a=1&password=" + stand_in("Winter") + "&b=2");
  EXPECT_EQ(cleaned("Authorization: Basic dTpw\r\nHost: x"),
            "Authorization: Basic " + stand_in("dTpw") + "\r\nHost: x");
  EXPECT_EQ(cleaned("<a><Password b='c'>Winter</Password></a>"),
            "<a><Password b='c'>" + stand_in("Winter") + "</Password></a>");
}

TEST(SecretScan, TheSameSecretHasTheSameStandInHoweverItIsWritten) {
  EXPECT_EQ(cleaned("password=W%26r"), "password=" + stand_in("W&r"));
  EXPECT_EQ(cleaned(R"({"password":"W\u0026r"})"), R"({"password":")" + stand_in("W&r") + R"("})");
  EXPECT_EQ(cleaned("<Password>W&amp;r</Password>"),
            "<Password>" + stand_in("W&r") + "</Password>");
}

TEST(SecretScan, AQueryBeginsWithAParameter) {
  EXPECT_EQ(cleaned("code=500&x=1"), "code=500&x=1");
  EXPECT_EQ(cleaned("code=500&x=1", TextKind::query), "code=" + stand_in("500") + "&x=1");
  EXPECT_EQ(cleaned("x=1&code=500"), "x=1&code=" + stand_in("500"));
}

// A start tag whose attribute swallows the ">" must not hide the content behind it.
TEST(SecretScan, ASecretAttributeInASecretElement) {
  const std::string text = cleaned("<Password token=\">\">Winter</Password>");
  EXPECT_EQ(text.find("Winter"), std::string::npos) << text;
}

// Marks that do not match must not hide the secret that begins inside them.
TEST(SecretScan, ASecretThatSwallowsTheBeginningOfAnother) {
  for (const char* text :
       {"password=\"torn <o:Password Type=\"t\">Winter</o:Password>",
        "password=\"torn <a access_token=\"Winter\"/>", "pwd: 'torn <Password a='b'>Winter",
        "Cookie: a=<Password>\nWinter</Password>", "password='torn' token='Winter'"}) {
    EXPECT_EQ(cleaned(text).find("Winter"), std::string::npos) << cleaned(text);
  }
}

TEST(SecretScan, EscapedMarkupInAValueEndsNothing) {
  EXPECT_EQ(cleaned("<Password>a&lt;/Password&gt;Winter</Password>"),
            "<Password>" + stand_in("a</Password>Winter") + "</Password>");
}

TEST(SecretScan, ASecretOfWordsAndEscapes) {
  EXPECT_EQ(cleaned("password=ab%43d%2"), "password=" + stand_in("abCd%2"));
  EXPECT_EQ(cleaned("password=ta%2Bl"), "password=" + stand_in("ta+l"));
}

// Each of these made the walk look to the end of the text again and again, were it not bounded.
TEST(SecretScan, HostileTextsTakeLinearTime) {
  for (const char* part :
       {"password=", "code=", "pwd='", "password=\"", "<Password>", "<Password ", "</Password>",
        "Basic ", "eyJ", "a://", "\\", "&amp;", "%25", "password: "}) {
    std::string text("Cookie: ");
    while (text.size() < (1U << 20U)) text.append(part);
    cleaned(text);
    cleaned("password=\"" + text + "\" &");
    cleaned(text + " <");
  }
}

TEST(SecretScan, SecretsInARow) {
  EXPECT_EQ(cleaned("password=a&passwd=b&pwd=c"),
            "password=" + stand_in("a") + "&passwd=" + stand_in("b") + "&pwd=" + stand_in("c"));
}

TEST(SecretScan, RedactedTextIsLeftAlone) {
  for (const char* text :
       {"password=Winter&x=1", R"({"access_token":"abc","x":[1]})", "Cookie: a=1; b=2\r\nHost: x",
        "<Password>Winter</Password>", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.c2ln tail",
        "https://ada:pw@proxy/"}) {
    const std::string once = cleaned(text);
    EXPECT_NE(once, text);
    EXPECT_EQ(cleaned(once), once);
  }
}

TEST(SecretScan, HarmlessTextsAreToldQuickly) {
  for (const char* text : {"outlook.office365.com", "https", "POST", "text/html",
                           "https://outlook.office365.com/EWS/Exchange", "Found", "2026-11-22",
                           "Microsoft Outlook 16.0.17328", "The port does not answer", ""}) {
    EXPECT_FALSE(may_hold_secret(text)) << text;
  }
}

TEST(SecretScan, WhateverItWouldChangeItAnnounces) {
  for (const char* text :
       {"password=a", "password:a", "password%3Da", "{\"pwd\":\"a\"}", "<Password>a</Password>",
        "&lt;Password&gt;a", "Basic dTpw", "BASIC dTpw", "bearer EwBIA8l6", "NTLM TlRMTVNTUAAB",
        "Negotiate YIIFhwYG", "Kerberos YIIFhwYG", "Digest aBcdEfg1", "PoP EwBIA8l6",
        "eyJhbGciOiJub25lIn0.eyJ", "c2VjcmV0IHRoYXQgaXM=", "https://a:b@c/"}) {
    EXPECT_NE(cleaned(text), text) << text;
    EXPECT_TRUE(may_hold_secret(text)) << text;
  }
}

}  // namespace
}  // namespace exotap
