#include "decoders/ews/notifications.h"

#include <gtest/gtest.h>

#include "tests/decoders/coded_bytes.h"
#include "tests/decoders/ews/ews_messages.h"

namespace exotap {
namespace {

using namespace testing;

std::string streaming(std::string_view inside) {
  return response("GetStreamingEvents",
                  "<m:GetStreamingEventsResponseMessage ResponseClass=\"Success\"><m:ResponseCode>"
                  "NoError</m:ResponseCode>" +
                      std::string(inside) + "</m:GetStreamingEventsResponseMessage>");
}

const std::string kAlive = streaming("<m:ConnectionStatus>OK</m:ConnectionStatus>");
const std::string kMail = streaming(
    "<m:Notifications><m:Notification><t:SubscriptionId>kAnArY</t:SubscriptionId><t:NewMailEvent>"
    "<t:Watermark>AQAA</t:Watermark></t:NewMailEvent><t:CreatedEvent/></m:Notification>"
    "<m:Notification><t:NewMailEvent/></m:Notification></m:Notifications>");
const std::string kClosed = streaming("<m:ConnectionStatus>Closed</m:ConnectionStatus>");

TEST(EwsNotifications, OneAnswerBringsManyEnvelopes) {
  const Facts facts = of_ews_answer(kAlive + kMail + kAlive + "\r\n" + kClosed);
  expect_facts(facts, {{"ews.notification.connection_status", "Closed"},
                       {"ews.notification.events", "3"},
                       {"ews.notification.heartbeats", "2"},
                       {"ews.notification.type", "NewMailEvent"},
                       {"ews.notification.type", "CreatedEvent"},
                       {"ews.subscription.id_present", "true"},
                       {"ews.response.successes", "4"},
                       {"ews.response.class", "Success"}});
  EXPECT_EQ(value_of(facts, "decode.ews.error"), "(absent)");
  EXPECT_EQ(value_of(facts, "ews.response.cut"), "(absent)");
  expect_never_told(facts, "kAnArY");
  expect_declared(facts, kEwsDecoder);
}

TEST(EwsNotifications, AnAnswerThatGoesOnTellsWhatCame) {
  Exchange exchange = testing::exchange(std::string(kEwsPost) + envelope("<m:GetStreamingEvents/>"),
                                        std::string(kEwsOk) + kAlive + kMail + kAlive);
  exchange.answer.complete = false;
  exchange.answer.body.resize(exchange.answer.body.size() - 40);
  exchange.answer.body_size = exchange.answer.body.size();
  const Facts facts = stated_by(kEwsDecoder, exchange);
  expect_facts(facts, {{"ews.notification.connection_status", "OK"},
                       {"ews.notification.events", "3"},
                       {"ews.response.cut", "true"}});
  EXPECT_EQ(value_of(facts, "decode.ews.error"), "(absent)");
}

// What was compressed for the wire and not ended yet tells what came, too.
TEST(EwsNotifications, ACompressedAnswerThatGoesOnTellsWhatCame) {
  std::string more;
  for (int i = 0; i < 200; ++i) more += std::to_string(i * 7919) + " ";
  Exchange exchange =
      testing::exchange(std::string(kEwsPost) + envelope("<m:GetStreamingEvents/>"),
                        "HTTP/1.1 200 OK\nContent-Type: text/xml\nContent-Encoding: gzip\n\n" +
                            gzipped(kAlive + kMail + "<!--" + more + "-->" + kClosed));
  exchange.answer.complete = false;
  exchange.answer.body.resize(exchange.answer.body.size() / 2);
  exchange.answer.body_size = exchange.answer.body.size();
  const Facts facts = stated_by(kEwsDecoder, exchange);
  expect_facts(facts, {{"ews.notification.connection_status", "OK"},
                       {"ews.notification.events", "3"},
                       {"ews.response.cut", "true"}});
  EXPECT_EQ(value_of(facts, "decode.ews.error"), "(absent)");
  exchange.answer.complete = true;
  EXPECT_NE(value_of(stated_by(kEwsDecoder, exchange), "decode.ews.error").find("gzip"),
            std::string::npos);
}

TEST(EwsNotifications, EveryCutIsHarmless) {
  const std::string whole = kAlive + kMail + kClosed;
  for (std::size_t size = 0; size < whole.size(); size += 3) {
    expect_declared(of_ews_answer(whole.substr(0, size)), kEwsDecoder);
  }
}

TEST(EwsNotifications, DeadSubscriptionsAreCounted) {
  const Facts facts = of_ews_answer(response(
      "GetStreamingEvents",
      "<m:GetStreamingEventsResponseMessage ResponseClass=\"Error\"><m:ResponseCode>"
      "ErrorSubscriptionNotFound</m:ResponseCode><m:ErrorSubscriptionIds><m:SubscriptionId>a"
      "</m:SubscriptionId><m:SubscriptionId>b</m:SubscriptionId></m:ErrorSubscriptionIds>"
      "</m:GetStreamingEventsResponseMessage>"));
  expect_facts(
      facts, {{"ews.subscription.unknown", "2"}, {"answer.failure", "ErrorSubscriptionNotFound"}});
}

TEST(EwsNotifications, PulledEventsAreCountedButStatusIsNoEvent) {
  const Facts facts = of_ews_answer(response(
      "GetEvents",
      "<m:GetEventsResponseMessage ResponseClass=\"Success\"><m:ResponseCode>NoError"
      "</m:ResponseCode><m:Notification><t:SubscriptionId>x</t:SubscriptionId><t:StatusEvent/>"
      "</m:Notification></m:GetEventsResponseMessage>"));
  expect_facts(facts, {{"ews.notification.events", "0"}, {"ews.notification.type", "StatusEvent"}});
}

TEST(EwsNotifications, ANewSubscriptionHasAnId) {
  const Facts facts = of_ews_answer(
      response("Subscribe",
               "<m:SubscribeResponseMessage ResponseClass=\"Success\"><m:ResponseCode>NoError"
               "</m:ResponseCode><m:SubscriptionId>kAnArY</m:SubscriptionId>"
               "</m:SubscribeResponseMessage>"));
  EXPECT_EQ(value_of(facts, "ews.subscription.id_present"), "true");
  EXPECT_EQ(value_of(facts, "ews.notification.connection_status"), "(absent)");
}

}  // namespace
}  // namespace exotap
