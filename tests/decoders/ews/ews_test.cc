#include "decoders/ews/ews.h"

#include <gtest/gtest.h>

#include "tests/decoders/ews/ews_messages.h"

namespace exotap {
namespace {

using namespace testing;

Facts of_get(std::string_view target, std::string_view answer = "") {
  return stated_by(kEwsDecoder,
                   testing::exchange("GET " + std::string(target) + " HTTP/1.1\n", answer));
}

TEST(EwsPath, IsTheFolderInAnyCase) {
  EXPECT_TRUE(is_ews_path("/ews/exchange.asmx"));
  EXPECT_TRUE(is_ews_path("/EWS/Exchange.asmx"));
  EXPECT_TRUE(is_ews_path("/EWS/Exchange.asmx/WSSecurity"));
  EXPECT_TRUE(is_ews_path("/ews/mrsproxy.svc"));
  EXPECT_FALSE(is_ews_path("/ews/"));
  EXPECT_FALSE(is_ews_path("/ews"));
  EXPECT_FALSE(is_ews_path("/newsews/exchange.asmx"));
  EXPECT_FALSE(is_ews_path(""));
}

TEST(EwsDecoder, OtherEndpointsAreNamedOnly) {
  EXPECT_EQ(value_of(of_get("/ews/services.wsdl"), "ews.endpoint"), "services.wsdl");
  const Facts move = stated_by(
      kEwsDecoder,
      testing::exchange("POST /EWS/mrsproxy.svc HTTP/1.1\n\n" + envelope("<m:BeginMove/>"),
                        std::string(kEwsOk) + "<html>"));
  EXPECT_EQ(value_of(move, "ews.endpoint"), "mrsproxy.svc");
  EXPECT_EQ(move.size(), 1U);
}

TEST(EwsDecoder, ALookWhetherItLivesIsNoQuestion) {
  const Facts facts = of_get("/EWS/Exchange.asmx",
                             "HTTP/1.1 200 OK\nContent-Type: text/html\n\n<html>Service</html>");
  EXPECT_EQ(value_of(facts, "ews.endpoint"), "exchange.asmx");
  EXPECT_EQ(facts.size(), 1U);
}

TEST(EwsDecoder, APictureIsAskedForByItsPath) {
  const Facts facts =
      of_get("/EWS/Exchange.asmx/s/GetUserPhoto?email=kAnArY@contoso.com&size=HR48x48");
  EXPECT_EQ(value_of(facts, "ews.operation"), "GetUserPhoto");
  expect_never_told(facts, "kAnArY");
  EXPECT_EQ(value_of(of_get("/EWS/Exchange.asmx/s/"), "ews.operation"), "(absent)");
  EXPECT_EQ(value_of(of_get("/EWS/Exchange.asmx/WSSecurity"), "ews.operation"), "(absent)");
}

TEST(EwsDecoder, WsSecurityIsAskedLikeAnother) {
  const Facts facts = stated_by(
      kEwsDecoder,
      testing::exchange(
          "POST /EWS/Exchange.asmx/WSSecurity HTTP/1.1\n\n" + envelope("<m:GetItem/>"), ""));
  expect_facts(facts, {{"ews.endpoint", "exchange.asmx"}, {"ews.operation", "GetItem"}});
}

// exotap's own page about a refused request is no answer of the server's.
TEST(EwsDecoder, OwnAnswersAreNotTheServers) {
  Exchange exchange = testing::exchange(std::string(kEwsPost) + envelope("<m:GetItem/>"),
                                        "HTTP/1.1 200 OK\n\n<html>");
  exchange.handling = Handling::refused;
  EXPECT_EQ(value_of(stated_by(kEwsDecoder, exchange), "answer.failure"), "(absent)");
}

TEST(EwsDecoder, LeavesOthersAlone) {
  EXPECT_FALSE(kEwsDecoder.recognises(testing::exchange("POST /mapi/emsmdb HTTP/1.1\n", "")));
  EXPECT_FALSE(kEwsDecoder.recognises(Exchange{}));
}

// A SOAP header may hold whoever's password or assertion; the decoder never looks there.
TEST(EwsDecoder, SecretsStayWhereTheyAre) {
  const Facts facts = of_ews_request(
      envelope("<m:GetItem><m:ItemIds><t:ItemId Id=\"kAnArY\" ChangeKey=\"kAnArY\"/></m:ItemIds>"
               "</m:GetItem>",
               "<t:SerializedSecurityContext><t:UserSid>kAnArY</t:UserSid>"
               "</t:SerializedSecurityContext><wsse:Security><wsse:UsernameToken><wsse:Password>"
               "kAnArY</wsse:Password></wsse:UsernameToken><saml:Assertion>kAnArY</saml:Assertion>"
               "</wsse:Security>"));
  expect_never_told(facts, "kAnArY");
}

}  // namespace
}  // namespace exotap
