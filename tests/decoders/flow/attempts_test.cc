#include "decoders/flow/attempts.h"

#include <gtest/gtest.h>

#include "tests/decoders/flow/story.h"

namespace exotap::flow {
namespace {

using namespace testing;
using std::chrono::milliseconds;

constexpr const char* kOk = "HTTP/1.1 200 OK\n\n";

// Attempts on a clock: each exchange takes 100 ms.
class Clocked {
 public:
  AttemptView tell(Exchange exchange, Step step) {
    exchange.started = now;
    now += std::chrono::duration_cast<WallTime::duration>(exchange.timings.total);
    return attempts.fold(exchange, step);
  }
  WallTime now = WallTime{} + seconds(1'790'000'000);
  Attempts attempts;
};

TEST(Attempts, ExchangesCloseToEachOtherAreOneAttempt) {
  Clocked clocked;
  const auto first = clocked.tell(get("contoso.com/autodiscover/a", "", kOk), Step::autodiscover);
  clocked.now += kIdleGap - seconds(1);
  const auto second = clocked.tell(get("sts.contoso.com/adfs/ls", "", kOk), Step::federation);
  EXPECT_EQ(first.id, 1U);
  EXPECT_EQ(second.id, 1U);
}

TEST(Attempts, AQuestionOfExotapsOwnIsNoStepOfTheClients) {
  Clocked clocked;
  (void)clocked.tell(get("contoso.com/autodiscover/a", "", kOk), Step::autodiscover);
  Exchange probe = get("sts.contoso.com/", "", "");
  probe.request = probe.answer = {};
  probe.handling = Handling::probed;
  probe.probe.emplace();
  const auto asked = clocked.tell(probe, Step::federation);
  EXPECT_EQ(asked.id, 1U);
  EXPECT_EQ(asked.step_number, 1);
}

TEST(Attempts, AQuietMinuteEndsAnAttempt) {
  Clocked clocked;
  (void)clocked.tell(get("contoso.com/autodiscover/a", "", kOk), Step::autodiscover);
  clocked.now += kIdleGap + milliseconds(1);
  EXPECT_EQ(clocked.tell(get("contoso.com/autodiscover/a", "", kOk), Step::autodiscover).id, 2U);
}

TEST(Attempts, TheGapIsCountedFromTheEndOfALongExchange) {
  Clocked clocked;
  Exchange waiting = get("outlook.office365.com/mapi/emsmdb", "", kOk);
  waiting.timings.total = minutes(5);
  (void)clocked.tell(waiting, Step::mail);
  clocked.now += seconds(30);
  EXPECT_EQ(clocked.tell(get("outlook.office365.com/mapi/emsmdb", "", kOk), Step::mail).id, 1U);
}

TEST(Attempts, ALongExchangeToldLateBelongsToTheAttemptUnderWay) {
  Clocked clocked;
  (void)clocked.tell(get("outlook.office365.com/ews", "", kOk), Step::mail);
  Exchange waiting = get("outlook.office365.com/mapi/emsmdb", "", kOk);
  waiting.started = clocked.now - minutes(5);
  waiting.timings.total = minutes(5);
  EXPECT_EQ(clocked.attempts.fold(waiting, Step::mail).id, 1U);
}

TEST(Attempts, AnOlderCaptureIsAnotherAttempt) {
  Clocked clocked;
  (void)clocked.tell(get("outlook.office365.com/ews", "", kOk), Step::mail);
  clocked.now -= std::chrono::hours(48);
  EXPECT_EQ(clocked.tell(get("outlook.office365.com/ews", "", kOk), Step::mail).id, 2U);
}

TEST(Attempts, EachClientHasItsOwn) {
  Clocked clocked;
  Exchange other = get("contoso.com/autodiscover/a", "", kOk);
  other.client.address = "192.0.2.99";
  EXPECT_EQ(clocked.tell(get("contoso.com/autodiscover/a", "", kOk), Step::autodiscover).id, 1U);
  EXPECT_EQ(clocked.tell(other, Step::autodiscover).id, 2U);
  EXPECT_EQ(clocked.tell(get("contoso.com/autodiscover/a", "", kOk), Step::autodiscover).id, 1U);
}

TEST(Attempts, DiscoveryThatStartsOverAfterMailIsANewAttempt) {
  Clocked clocked;
  (void)clocked.tell(get("contoso.com/autodiscover/a", "", kOk), Step::autodiscover);
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(clocked.tell(get("outlook.office365.com/ews", "", kOk), Step::mail).id, 1U);
    clocked.now += seconds(10);
  }
  EXPECT_EQ(clocked.tell(get("contoso.com/autodiscover/a", "", kOk), Step::autodiscover).id, 2U);
}

TEST(Attempts, DiscoveryWithoutMailIsTheSameAttemptTryingOn) {
  Clocked clocked;
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(clocked.tell(get("contoso.com/autodiscover/a", "", kOk), Step::autodiscover).id, 1U);
    clocked.now += seconds(20);
  }
}

TEST(Attempts, StepsAreCountedWhereTheyChange) {
  Clocked clocked;
  const auto number = [&](Step step) {
    return clocked.tell(get("x.y/z", "", kOk), step).step_number;
  };
  EXPECT_EQ(number(Step::autodiscover), 1);
  EXPECT_EQ(number(Step::autodiscover), 1);
  EXPECT_EQ(number(Step::other), 1);
  EXPECT_EQ(number(Step::realm), 2);
  EXPECT_EQ(number(Step::mex), 3);
  EXPECT_EQ(number(Step::wstrust), 4);
}

TEST(Attempts, AConnectIsAStepOnlyWhereItFails) {
  Clocked clocked;
  (void)clocked.tell(get("x.y/z", "", kOk), Step::realm);
  EXPECT_EQ(clocked.tell(connect("sts.contoso.com"), Step::federation).step_number, 1);
  EXPECT_EQ(clocked
                .tell(failed_connect("sts.contoso.com", FaultType::tcp, Stage::connect, "x"),
                      Step::federation)
                .step_number,
            2);
}

bool sts_reached(Exchange exchange, Step step) {
  Clocked clocked;
  return clocked.tell(std::move(exchange), step).sts_reached;
}

TEST(StsReached, ByAnyAnswerThatIsTheServersOwn) {
  EXPECT_TRUE(sts_reached(get("sts.contoso.com/adfs/ls/", "", kOk), Step::federation));
  EXPECT_TRUE(sts_reached(get("sts.contoso.com/adfs/services/trust/mex", "", kOk), Step::mex));
  EXPECT_TRUE(sts_reached(get("sts.contoso.com/adfs/services/trust/2005/usernamemixed", "",
                              "HTTP/1.1 400 Bad Request\n\n"),
                          Step::wstrust));
  EXPECT_TRUE(sts_reached(get("sts.contoso.com/adfs/services/trust/13/usernamemixed", "",
                              "HTTP/1.1 500 Error\nContent-Type: application/soap+xml\n\n<s/>"),
                          Step::wstrust));
}

TEST(StsReached, NotByASilenceAnOutageOrSomethingInBetween) {
  EXPECT_FALSE(sts_reached(get("sts.contoso.com/adfs/ls/", "", ""), Step::federation));
  EXPECT_FALSE(
      sts_reached(get("sts.contoso.com/adfs/ls/", "", "HTTP/1.1 503 Service Unavailable\n\n"),
                  Step::federation));
  EXPECT_FALSE(sts_reached(get("sts.contoso.com/adfs/ls/", "", "HTTP/1.1 403 Forbidden\n\n"),
                           Step::federation));
  EXPECT_FALSE(sts_reached(
      get("sts.contoso.com/adfs/x", "", "HTTP/1.1 500 Error\nContent-Type: text/html\n\n"),
      Step::wstrust));
  EXPECT_FALSE(sts_reached(connect("sts.contoso.com"), Step::federation));
  EXPECT_FALSE(sts_reached(get("login.microsoftonline.com/RST2.srf", "", kOk), Step::wstrust));
  Exchange portal = get("sts.contoso.com/adfs/ls/", "", kOk);
  portal.scheme = "http";
  EXPECT_FALSE(sts_reached(portal, Step::federation));
}

TEST(StsReached, IsKnownForTheRestOfTheAttempt) {
  Clocked clocked;
  (void)clocked.tell(get("sts.contoso.com/adfs/ls/", "", kOk), Step::federation);
  EXPECT_TRUE(clocked.tell(get("x.y/autodiscover/a", "", kOk), Step::autodiscover).sts_reached);
  clocked.now += minutes(5);
  EXPECT_FALSE(clocked.tell(get("x.y/autodiscover/a", "", kOk), Step::autodiscover).sts_reached);
}

TEST(Attempts, WhatStillWaitsIsNotYetMailReached) {
  Clocked clocked;
  Exchange waiting = get("outlook.office365.com/ews", "", kOk);
  waiting.still_waiting = true;
  (void)clocked.tell(waiting, Step::mail);
  clocked.now += seconds(59);
  (void)clocked.tell(get("x.y/z", "", kOk), Step::other);
  clocked.now += seconds(59);
  EXPECT_EQ(clocked.tell(get("x.y/autodiscover/a", "", kOk), Step::autodiscover).id, 1U);
}

}  // namespace
}  // namespace exotap::flow
