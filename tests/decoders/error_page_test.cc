#include "decoders/error_page.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::value_of;

constexpr const char* kPage =
    "<html><head><title>Access Denied</title><style>b{}</style></head>\n"
    "<body><h1>Blocked</h1> <p>Category:&nbsp;web mail</p></body></html>";

Facts of(const std::string& status, const std::string& type, const std::string& body) {
  return testing::stated_by(
      kErrorPageDecoder,
      testing::exchange("POST /ews/exchange.asmx HTTP/1.1\n\n",
                        "HTTP/1.1 " + status + "\nContent-Type: " + type + "\n\n" + body));
}

std::string words(const Facts& facts) { return value_of(facts, "http.response.page_text"); }

TEST(ErrorPage, TellsThePagesWordsInOneLine) {
  const Facts facts = of("403 Forbidden", "text/html; charset=utf-8", kPage);
  const std::string told = words(facts);
  EXPECT_EQ(told.find("Access Denied"), 0u) << told;
  EXPECT_NE(told.find("Blocked"), std::string::npos);
  EXPECT_NE(told.find("web mail"), std::string::npos);
  EXPECT_EQ(told.find('<'), std::string::npos);
  EXPECT_EQ(told.find('\n'), std::string::npos);
  EXPECT_EQ(told.find("b{}"), std::string::npos);
  testing::expect_declared(facts, kErrorPageDecoder);
}

TEST(ErrorPage, KnowsAPageByItsLookToo) {
  EXPECT_EQ(words(of("503 No", "application/octet-stream", "<!DOCTYPE html><p>Gone")), "Gone");
}

TEST(ErrorPage, SaysNothingOfGoodAnswersAndOtherBodies) {
  EXPECT_EQ(words(of("200 OK", "text/html", kPage)), "(absent)");
  EXPECT_EQ(words(of("302 Found", "text/html", kPage)), "(absent)");
  EXPECT_EQ(words(of("500 Error", "text/xml", "<Envelope>Error</Envelope>")), "(absent)");
  EXPECT_EQ(words(of("403 No", "text/html", "")), "(absent)");
  EXPECT_EQ(words(of("403 No", "text/html", "<html><script>x()</script></html>")), "(absent)");
}

TEST(ErrorPage, IsNotExotapsOwn) {
  Exchange own =
      testing::exchange("CONNECT a.example:443 HTTP/1.1\n\n",
                        std::string("HTTP/1.1 502 No\nContent-Type: text/html\n\n") + kPage);
  own.is_connect = true;
  EXPECT_FALSE(kErrorPageDecoder.recognises(own));
}

TEST(ErrorPage, IsCutOnAWholeCharacter) {
  std::string page = "<html><body>";
  for (int i = 0; i < 400; ++i) page += "a\xC3\xA4 ";
  const std::string told = words(of("404 Not Found", "text/html", page));
  EXPECT_LE(told.size(), kMaxErrorPageText);
  EXPECT_GT(told.size(), kMaxErrorPageText - 4);
  EXPECT_NE(static_cast<unsigned char>(told.back()), 0xC3U);
}

TEST(ErrorPage, HoldsNoToken) {
  const std::string token(100, 'A');
  EXPECT_EQ(words(of("403 No", "text/html", "<html><p>" + token)).find(token), std::string::npos);
}

}  // namespace
}  // namespace exotap
