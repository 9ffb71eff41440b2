#include "decoders/flow/proxy_sign_in.h"

#include <gtest/gtest.h>

#include <string>

#include "decoders/process.h"
#include "tests/decoders/auth_messages.h"
#include "tests/decoders/flow/story.h"

namespace exotap {
namespace {

using namespace testing;
using namespace fact;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr const char* kHost = "outlook.office365.com";
constexpr const char* k407 =
    "HTTP/1.1 407 Proxy Authentication Required\nProxy-Authenticate: NTLM\n"
    "Proxy-Authenticate: Basic realm=x\n\n";
constexpr const char* kOk = "HTTP/1.1 200 Connection established\n\n";

std::string basic() { return "Proxy-Authorization: Basic " + base64("u:s3cr3t"); }
std::string ntlm(char type) {
  return "NTLM " + base64(std::string("NTLMSSP\0", 8) + type + std::string(7, '\0'));
}
std::string challenge_of(const std::string& token) {
  return "HTTP/1.1 407 No\nProxy-Authenticate: " + token + "\n\n";
}

Exchange ask(const std::string& fields, std::string_view answer, const std::string& host = kHost) {
  std::string request = "CONNECT " + host + ":443 HTTP/1.1\nHost: " + host + ":443\n";
  if (!fields.empty()) request += fields + "\n";
  Exchange made = testing::exchange(request + "\n", answer);
  made.is_connect = true;
  made.host = host;
  made.upstream_address = "http://proxy.contoso.com:8080";
  if (std::string_view(answer).find(" 407 ") != std::string_view::npos) {
    made.fault = {FaultType::proxy, Stage::connect, "407", ""};
  }
  made.timings.total = milliseconds(20);
  return made;
}

std::string outcome(Story& story, const std::string& fields, std::string_view answer,
                    const std::string& host = kHost) {
  return std::string(story.tell(ask(fields, answer, host)).text(kFlowProxyAuthOutcome));
}

TEST(ProxySignIn, TheFirst407IsOnlyTheChallenge) {
  Story story;
  const Facts facts = story.tell(ask("", k407));
  EXPECT_EQ(facts.text(kFlowProxyAuthOutcome), "challenge");
  EXPECT_EQ(facts.number(kFlowProxyAuthUnanswered), 1);
}

TEST(ProxySignIn, WithoutAProxysSignInNothingIsStated) {
  Story story;
  EXPECT_EQ(outcome(story, "", kOk), "");
}

TEST(ProxySignIn, AProgramThatAnswersEveryTimeIsHealthyForEver) {
  Story story;
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(outcome(story, "", k407), "challenge");
    EXPECT_EQ(outcome(story, basic(), kOk), "accepted");
    story.wait(seconds(3));
  }
}

TEST(ProxySignIn, NtlmIsARoundOfThree) {
  Story story;
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(outcome(story, "", k407), "challenge");
    EXPECT_EQ(outcome(story, "Proxy-Authorization: " + ntlm(1), challenge_of(ntlm(2))),
              "in_progress");
    EXPECT_EQ(outcome(story, "Proxy-Authorization: " + ntlm(3), kOk), "accepted");
    story.wait(seconds(2));
  }
  EXPECT_EQ(outcome(story, "Proxy-Authorization: " + ntlm(3), k407), "rejected");
  EXPECT_EQ(outcome(story, "Proxy-Authorization: " + ntlm(1), k407), "challenge")
      << "the proxy did not take it up";
}

TEST(ProxySignIn, CredentialsThatAreRefused) {
  Story story;
  EXPECT_EQ(outcome(story, "", k407), "challenge");
  EXPECT_EQ(outcome(story, basic(), k407), "rejected");
}

TEST(ProxySignIn, AProgramThatNeverAnswersIsKnownByTheThirdTime) {
  Story story;
  EXPECT_EQ(outcome(story, "", k407), "challenge");
  story.wait(seconds(5));
  EXPECT_EQ(outcome(story, "", k407), "challenge");
  story.wait(seconds(5));
  const Facts third = story.tell(ask("", k407));
  EXPECT_EQ(third.text(kFlowProxyAuthOutcome), "unanswered");
  EXPECT_EQ(third.number(kFlowProxyAuthUnanswered), 3);
  EXPECT_EQ(outcome(story, "", k407), "unanswered");
}

TEST(ProxySignIn, ConnectionsOpenedTogetherCountOnce) {
  Story story;
  for (int i = 0; i < 6; ++i) {
    EXPECT_EQ(outcome(story, "", k407), "challenge");
    story.wait(milliseconds(100));
  }
}

TEST(ProxySignIn, AfterTenQuietMinutesItIsCountedAnew) {
  Story story;
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(outcome(story, "", k407), "challenge");
    story.wait(minutes(11));
  }
}

TEST(ProxySignIn, EachProgramHostAndProxyIsCountedByItself) {
  Story story;
  for (int i = 0; i < 2; ++i) {
    for (const char* agent : {"User-Agent: Outlook", "User-Agent: Edge"}) {
      EXPECT_EQ(outcome(story, agent, k407), "challenge");
      EXPECT_EQ(outcome(story, agent, k407, "login.microsoftonline.com"), "challenge");
    }
    story.wait(seconds(5));
  }
  EXPECT_EQ(outcome(story, std::string("User-Agent: Edge\n") + basic(), kOk), "accepted");
  EXPECT_EQ(outcome(story, "User-Agent: Edge", k407, "login.microsoftonline.com"), "challenge")
      << "it can sign in at this proxy";
  EXPECT_EQ(outcome(story, "User-Agent: Outlook", k407), "unanswered");
}

TEST(ProxySignIn, AnAnswerThatIsStillUnderWayIsOne) {
  Story story;
  EXPECT_EQ(outcome(story, "", k407), "challenge");
  story.wait(seconds(2));
  EXPECT_EQ(outcome(story, "", k407), "challenge");
  Exchange waiting = ask(basic(), "");
  waiting.still_waiting = true;
  EXPECT_FALSE(story.tell(std::move(waiting)).has(kFlowProxyAuthOutcome));
  story.wait(seconds(2));
  EXPECT_EQ(outcome(story, "", k407), "challenge");
}

TEST(ProxySignIn, WhatExotapItselfSentIsNotTheProgramsAffair) {
  Story story;
  for (int i = 0; i < 5; ++i) {
    Exchange ours = ask("", k407);
    ours.upstream_sign_in = "sent";
    EXPECT_FALSE(story.tell(std::move(ours)).has(kFlowProxyAuthOutcome));
    story.wait(seconds(5));
  }
}

TEST(ProxySignIn, WhereTheProxyAcceptedAndTheServerFailedNothingIsSaidOfTheCredentials) {
  Story story;
  Exchange cut = ask(basic(), "");
  cut.fault = {FaultType::proxy, Stage::connect, "EOF", ""};
  EXPECT_FALSE(story.tell(std::move(cut)).has(kFlowProxyAuthOutcome));
}

}  // namespace
}  // namespace exotap
