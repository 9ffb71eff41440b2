#include "decoders/mapi/cookie_names.h"

#include <gtest/gtest.h>

#include "decoders/mapi/mapi.h"
#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using Names = std::vector<std::string>;

Names sent(const std::string& lines) {
  Facts facts;
  state_cookies_sent(testing::request_from_text("POST / HTTP/1.1\n" + lines + "\n").head,
                     fact::kMapiCookieSent, facts);
  return testing::values_of(facts, "mapi.cookie.sent");
}

TEST(CookieNames, OfARequestAreAllOfItsPairs) {
  EXPECT_EQ(sent("Cookie: MapiContext=a=b; MapiSequence=c\nCookie: X-BackEndCookie=d\n"),
            (Names{"MapiContext", "MapiSequence", "X-BackEndCookie"}));
}

TEST(CookieNames, WhatHasNoNameIsNotStated) {
  EXPECT_EQ(sent("Cookie: SECRETVALUE; =SECRET; " + std::string(65, 'n') + "=v; a=1\n"),
            (Names{"a"}));
}

TEST(CookieNames, AreNoMoreThanAFew) {
  std::string many = "Cookie: ";
  for (int i = 0; i < 100; ++i) many += "c" + std::to_string(i) + "=v; ";
  EXPECT_EQ(sent(many + "\n").size(), kMaxCookieNames);
}

TEST(CookieNames, OfAnAnswerTellAServerThatIsNotExchange) {
  Facts facts;
  const auto head = [](std::string_view text) { return testing::answer_from_text(text).head; };
  EXPECT_FALSE(state_cookies_set(
      head("HTTP/1.1 200 OK\nSet-Cookie: MapiContext=v; path=/mapi/emsmdb; secure\n\n"),
      fact::kMapiCookieSet, facts));
  EXPECT_EQ(testing::values_of(facts, "mapi.cookie.set"), (Names{"MapiContext"}));
  EXPECT_TRUE(
      state_cookies_set(head("HTTP/1.1 200 OK\nSet-Cookie: sid=v\nSet-Cookie: sequence=w\n\n"),
                        fact::kMapiCookieSet, facts));
}

}  // namespace
}  // namespace exotap
