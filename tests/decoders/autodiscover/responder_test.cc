#include "decoders/autodiscover/responder.h"

#include <gtest/gtest.h>

#include <string>

#include "decoders/answer_failure.h"
#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using enum AnswerKind;
using testing::value_of;

Facts stated(const std::string& answer, AnswerKind kind) {
  const Message message = testing::answer_from_text(answer);
  Facts facts;
  state_responder(message, message.body, kind, facts);
  return facts;
}

std::string by(const std::string& answer, AnswerKind kind) {
  const Facts facts = stated(answer, kind);
  return value_of(facts, "autodiscover.answered_by") + " " +
         value_of(facts, "autodiscover.responder");
}

TEST(Responder, IsExchangeByItsAnswerOrItsFields) {
  EXPECT_EQ(by("HTTP/1.1 200 OK\nServer: nginx\n", discovery), "exchange (absent)");
  EXPECT_EQ(by("HTTP/1.1 404 N\nX-FEServer: EX01\nContent-Type: text/html\n\n<html>", web_page),
            "exchange (absent)");
  EXPECT_FALSE(has_exchange_field(Head{}));
}

TEST(Responder, IsNamedByMarkElseByServer) {
  EXPECT_EQ(by("HTTP/1.1 200 OK\nServer: Apache\n\n<html>/wp-content/", web_page),
            "web_site wordpress");
  EXPECT_EQ(by("HTTP/1.1 404 N\nServer: Apache\n\n<html>", web_page), "web_site apache");
  EXPECT_EQ(by("HTTP/1.1 200 OK\n\n<html>", web_page), "web_site (absent)");
  EXPECT_EQ(by("HTTP/1.1 200 OK\nServer: Apache\n\n{}", foreign), "other apache");
  EXPECT_EQ(by("HTTP/1.1 200 OK\nServer: nginx\n\n<Autodiscover/>", plain_mail),
            "other mail_panel");
  EXPECT_EQ(by("HTTP/1.1 200 OK\nX-Powered-By: PleskLin\n\n<Autodiscover/>", plain_mail),
            "other plesk");
}

TEST(Responder, OfANetworkThatWantsASignInFirst) {
  EXPECT_EQ(by("HTTP/1.1 511 Network Authentication Required\nContent-Type: text/html\n\n<html>",
               web_page),
            "web_site captive_portal");
  EXPECT_EQ(by("HTTP/1.1 511 Network Authentication Required\n", unknown),
            "web_site captive_portal");
}

TEST(Responder, OfARedirectIsItsServerUnlessThatMayBeExchanges) {
  EXPECT_EQ(by("HTTP/1.1 301 M\nServer: Apache\nLocation: https://www.contoso.com/a\n", unknown),
            "(absent) apache");
  EXPECT_EQ(by("HTTP/1.1 302 F\nServer: Microsoft-IIS/10.0\nLocation: https://h/a\n", unknown),
            "(absent) (absent)");
}

TEST(Responder, OfAChallengeIsToldByAMarkOnly) {
  EXPECT_EQ(by("HTTP/1.1 401 U\nServer: cpsrvd\n\n<html>", web_page), "(absent) cpanel");
  EXPECT_EQ(by("HTTP/1.1 401 U\nServer: Apache\n\n<html>", web_page), "(absent) (absent)");
  EXPECT_EQ(by("HTTP/1.1 302 F\nLocation: https://login.microsoftonline.com/a\n", unknown),
            "(absent) sign_in_page");
  EXPECT_EQ(by("HTTP/1.1 500 E\nServer: Apache\n\n<html>", web_page), "(absent) (absent)");
}

TEST(Responder, InExchangesPlaceWithSuccessIsAFailure) {
  EXPECT_EQ(
      value_of(stated("HTTP/1.1 200 OK\nServer: Apache\n\n<html>", web_page), "answer.failure"),
      "a web page instead of an Autodiscover answer (apache)");
  EXPECT_EQ(value_of(stated("HTTP/1.1 200 OK\n\n{}", foreign), "answer.failure"),
            "no Autodiscover answer");
  EXPECT_EQ(
      value_of(stated("HTTP/1.1 200 OK\nX-FEServer: EX01\n\n<html>", web_page), "answer.failure"),
      "a web page instead of an Autodiscover answer (exchange)");
  EXPECT_EQ(value_of(stated("HTTP/1.1 404 N\n\n<html>", web_page), "answer.failure"), "(absent)");
  EXPECT_EQ(value_of(stated("HTTP/1.1 200 OK\n\n", plain_mail), "answer.failure"), "(absent)");
  EXPECT_EQ(value_of(stated("HTTP/1.1 200 OK\n\n", unknown), "answer.failure"), "(absent)");
}

TEST(Responder, IsLookedForInTheBeginningOfAPageOnly) {
  const std::string far = "<html>" + std::string(kMaxSearchedPage, ' ') + "/wp-content/";
  EXPECT_EQ(by("HTTP/1.1 200 OK\n\n" + far, web_page), "web_site (absent)");
}

}  // namespace
}  // namespace exotap
