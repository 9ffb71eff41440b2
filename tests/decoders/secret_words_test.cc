#include "decoders/secret_words.h"

#include <gtest/gtest.h>

#include <string>

namespace exotap {
namespace {

std::string clean(std::string_view text) {
  std::string buffer;
  return std::string(without_token_words(text, buffer));
}

TEST(TokenWords, SentencesStayAsTheyAre) {
  const std::string text =
      "The tenant for tenant guid 'contoso.com' does not exist. Trace ID: "
      "33086db3-69f9-4cdf-8ffe-ee364539e113";
  EXPECT_EQ(clean(text), text);
  EXPECT_EQ(clean(""), "");
}

TEST(TokenWords, AJwtIsTakenOutOfItsSentence) {
  EXPECT_EQ(clean("token 'eyJ0eXAiOiJKV1QiLCJhbGciOi.J9' is invalid"),
            "token '[redacted]' is invalid");
}

TEST(TokenWords, ALongWordIsAToken) {
  EXPECT_EQ(clean("got " + std::string(kMinTokenWord, 'A') + ", no"), "got [redacted], no");
  const std::string shorter = "got " + std::string(kMinTokenWord - 1, 'A') + ", no";
  EXPECT_EQ(clean(shorter), shorter);
}

TEST(TokenWords, ATokenMayHoldTwoSlashesAndAUrlMayBeLong) {
  const std::string half(kMinTokenWord / 2, 'A');
  EXPECT_EQ(clean("got " + half + "//" + half + ", no"), "got [redacted], no");
  EXPECT_EQ(clean("token://" + half + half), "token:[redacted]");
  EXPECT_EQ(clean("token //" + half + half), "token [redacted]");
  for (const char* url :
       {"see https://sts.contoso.com/adfs/services/trust/13/usernamemixed/and/so/on/and/on",
        "see http://sts/adfs/services/trust/13/usernamemixed/and/so/on/and/on/and/on/and"}) {
    EXPECT_EQ(clean(url), url);
  }
}

TEST(TokenWords, EveryTokenGoes) {
  EXPECT_EQ(clean("eyJabcdefghijklmnop eyJabcdefghijklmnop"), "[redacted] [redacted]");
}

}  // namespace
}  // namespace exotap
