#include "decoders/flow/challenge_outcome.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/auth_messages.h"
#include "tests/decoders/flow/story.h"

namespace exotap {
namespace {

using namespace testing;
using namespace fact;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr const char* kWhere = "outlook.office365.com/EWS/Exchange.asmx";
constexpr const char* kOk = "HTTP/1.1 200 OK\n\n";
constexpr const char* k401 = "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Basic, Negotiate\n\n";

std::string basic(const std::string& user = "user@contoso.com") {
  return "Authorization: Basic " + base64(user + ":s3cr3t");
}

std::string authenticate(const std::string& token) {
  return "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: " + token + "\n\n";
}

// Asks `where` and tells how it came out.
std::string outcome(Story& story, std::string_view fields, std::string_view answer,
                    std::string_view where = kWhere) {
  return std::string(story.tell(get(where, fields, answer)).text(kFlowAuthOutcome));
}

TEST(ChallengeOutcome, TheFirst401IsOnlyTheChallenge) {
  Story story;
  const Facts facts = story.tell(get(kWhere, "", k401));
  EXPECT_EQ(facts.text(kFlowAuthOutcome), "challenge");
  EXPECT_TRUE(facts.is_true(kFlowAuthChallengeOnly));
  EXPECT_EQ(facts.number(kFlowAuthRejections), 0);
}

TEST(ChallengeOutcome, AnExchangeWithoutAuthenticationHasNone) {
  Story story;
  const Facts facts = story.tell(get(kWhere, "", kOk));
  EXPECT_EQ(facts.text(kFlowAuthOutcome), "none");
  EXPECT_FALSE(facts.has(kFlowAuthRejections));
  EXPECT_FALSE(facts.has(kFlowAuthChallengeOnly));
}

TEST(ChallengeOutcome, DavMailAsksTwiceEveryTimeAndIsHealthy) {
  Story story;
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(outcome(story, "", k401), "challenge");
    EXPECT_EQ(outcome(story, basic(), kOk), "accepted");
  }
}

TEST(ChallengeOutcome, APasswordRefusedIsRejectedAndThriceIsALoop) {
  Story story;
  Facts facts = story.tell(get(kWhere, basic(), k401));
  EXPECT_EQ(facts.text(kFlowAuthOutcome), "rejected");
  EXPECT_EQ(facts.number(kFlowAuthRejections), 1);
  EXPECT_EQ(facts.number(kFlowAuthChallengeOnly), 0);
  EXPECT_EQ(outcome(story, basic(), k401), "rejected");
  facts = story.tell(get(kWhere, basic(), k401));
  EXPECT_EQ(facts.text(kFlowAuthOutcome), "loop");
  EXPECT_EQ(facts.number(kFlowAuthRejections), 3);
}

TEST(ChallengeOutcome, ChallengesBetweenDoNotEndALoop) {
  Story story;
  std::string last;
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(outcome(story, "", k401), "challenge");
    last = outcome(story, basic(), k401);
  }
  EXPECT_EQ(last, "loop");
}

TEST(ChallengeOutcome, SlowRefusalsAreNoLoop) {
  Story story;
  for (int i = 0; i < 6; ++i) {
    EXPECT_EQ(outcome(story, basic(), k401), "rejected") << i;
    story.wait(seconds(61));
  }
}

TEST(ChallengeOutcome, AcceptanceStartsTheCountAnew) {
  Story story;
  (void)outcome(story, basic(), k401);
  (void)outcome(story, basic(), k401);
  EXPECT_EQ(outcome(story, basic(), kOk), "accepted");
  const Facts facts = story.tell(get(kWhere, basic(), k401));
  EXPECT_EQ(facts.text(kFlowAuthOutcome), "rejected");
  EXPECT_EQ(facts.number(kFlowAuthRejections), 1);
}

TEST(ChallengeOutcome, YesterdaysRefusalIsForgotten) {
  Story story;
  (void)outcome(story, basic(), k401);
  story.wait(flow::kRefusalMemory + seconds(1));
  EXPECT_EQ(story.tell(get(kWhere, basic(), k401)).number(kFlowAuthRejections), 1);
}

TEST(ChallengeOutcome, RequestsInFlightTogetherAreRefusedOnce) {
  Story story;
  for (int i = 0; i < 6; ++i) {
    Exchange parallel = get(kWhere, basic(), k401);
    parallel.started = story.now() + milliseconds(i);  // all sent before the first answer came
    const Facts facts = story.tell_as_is(parallel);
    EXPECT_EQ(facts.number(kFlowAuthRejections), 1);
    EXPECT_EQ(facts.text(kFlowAuthOutcome), "rejected");
  }
}

TEST(ChallengeOutcome, PlacesAreToldApart) {
  Story story;
  (void)outcome(story, basic(), k401);
  (void)outcome(story, basic(), k401);
  EXPECT_EQ(outcome(story, basic(), k401, "mail.contoso.com/ews/x"), "rejected");
  EXPECT_EQ(outcome(story, basic(), k401, "outlook.office365.com/mapi/emsmdb"), "rejected");
  EXPECT_EQ(outcome(story, basic("other@contoso.com"), k401), "rejected");
  Exchange elsewhere = get(kWhere, basic(), k401);
  elsewhere.client.address = "192.0.2.99";
  EXPECT_EQ(story.tell(elsewhere).text(kFlowAuthOutcome), "rejected");
  EXPECT_EQ(outcome(story, basic(), k401, "outlook.office365.com/ews/exchange.asmx"), "loop");
}

TEST(ChallengeOutcome, OneUsersSuccessDoesNotHideAnothersFailure) {
  Story story;
  std::string last;
  for (int i = 0; i < 3; ++i) {
    last = outcome(story, basic("wrong@contoso.com"), k401);
    EXPECT_EQ(outcome(story, basic("right@contoso.com"), kOk), "accepted");
  }
  EXPECT_EQ(last, "loop");
}

TEST(ChallengeOutcome, AnotherSchemesSuccessEndsTheCount) {
  Story story;
  const std::string negotiate = "Authorization: Negotiate " + base64(spnego_init(kerberos()));
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(outcome(story, negotiate, k401), "rejected");
    EXPECT_EQ(outcome(story, basic(), kOk), "accepted");
  }
}

TEST(ChallengeOutcome, AnswersThatSayNothingAboutCredentialsChangeNothing) {
  Story story;
  (void)outcome(story, basic(), k401);
  (void)outcome(story, basic(), k401);
  for (const char* answer : {"HTTP/1.1 503 Busy\n\n", "HTTP/1.1 403 Forbidden\n\n",
                             "HTTP/1.1 429 Too Many\n\n", "HTTP/1.1 407 Proxy\n\n", ""}) {
    EXPECT_EQ(outcome(story, basic(), answer), "none") << answer;
  }
  EXPECT_EQ(outcome(story, basic(), k401), "loop");
}

TEST(Ntlm, ItsHandshakeIsInProgressUntilItIsAccepted) {
  Story story;
  EXPECT_EQ(outcome(story, "", authenticate("NTLM")), "challenge");
  EXPECT_EQ(outcome(story, "Authorization: NTLM " + base64(ntlm(1)),
                    authenticate("NTLM " + base64(ntlm(2)))),
            "in_progress");
  EXPECT_EQ(outcome(story, "Authorization: NTLM " + base64(ntlm(3)), kOk), "accepted");
}

TEST(Ntlm, RefusedAfterTheThirdMessageIsRejected) {
  Story story;
  std::string last;
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(outcome(story, "Authorization: NTLM " + base64(ntlm(1)),
                      authenticate("NTLM " + base64(ntlm(2)))),
              "in_progress");
    last = outcome(story, "Authorization: NTLM " + base64(ntlm(3)), authenticate("NTLM"));
  }
  EXPECT_EQ(last, "loop");
}

TEST(Ntlm, AFirstMessageNobodyTakesUpIsAChallengeStill) {
  Story story;
  const Facts facts = story.tell(
      get(kWhere, "Authorization: NTLM " + base64(ntlm(1)), authenticate("Basic realm=\"x\"")));
  EXPECT_EQ(facts.text(kFlowAuthOutcome), "challenge");
  EXPECT_EQ(facts.number(kFlowAuthChallengeOnly), 0);
}

TEST(Negotiate, AKerberosErrorIsARefusalUnlessItIsAboutTheTime) {
  Story story;
  const std::string ticket = "Authorization: Negotiate " + base64(ap_req("sts.contoso.com"));
  EXPECT_EQ(outcome(story, ticket, authenticate("Negotiate " + base64(krb_error(41)))), "rejected");
  EXPECT_EQ(outcome(story, "Authorization: Negotiate " + base64(spnego_init(ap_req("sts"))),
                    authenticate("Negotiate " + base64(spnego_response(1, krb_error(41))))),
            "rejected");
  EXPECT_EQ(outcome(story, ticket, authenticate("Negotiate " + base64(krb_error(37)))),
            "in_progress");
}

TEST(Negotiate, NtlmInsideSpnegoIsAHandshakeToo) {
  Story story;
  const std::string first = "Authorization: Negotiate " + base64(spnego_init(ntlm(1)));
  const std::string last = "Authorization: Negotiate " + base64(spnego_response(1, ntlm(3)));
  EXPECT_EQ(outcome(story, first, authenticate("Negotiate " + base64(spnego_response(1, ntlm(2))))),
            "in_progress");
  EXPECT_EQ(outcome(story, last, authenticate("Negotiate " + base64(spnego_response(2, "")))),
            "rejected");
  EXPECT_EQ(outcome(story, last, kOk), "accepted");
}

TEST(Negotiate, ATicketIsFinalUnlessTheServerCarriesOn) {
  Story story;
  const std::string ticket = "Authorization: Negotiate " + base64(spnego_init(kerberos()));
  EXPECT_EQ(outcome(story, ticket, authenticate("Negotiate")), "rejected");
  EXPECT_EQ(outcome(story, ticket, authenticate("Negotiate " + base64(spnego_response(1, "more")))),
            "in_progress");
  EXPECT_EQ(outcome(story, ticket, authenticate("Negotiate " + base64(spnego_response(2, "")))),
            "rejected");
  Story raw;
  EXPECT_EQ(
      outcome(raw, "Authorization: Negotiate " + base64(kerberos()), authenticate("Negotiate")),
      "rejected");
}

constexpr const char* kExpired =
    "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer error=\"invalid_token\"\n\n";

TEST(Bearer, AnEmptyProbeIsAChallenge) {
  Story story;
  for (int i = 0; i < 5; ++i) {
    const Facts facts = story.tell(get(kWhere, "Authorization: Bearer", kExpired));
    EXPECT_EQ(facts.text(kFlowAuthOutcome), "challenge");
    EXPECT_TRUE(facts.is_true(kFlowAuthChallengeOnly));
  }
}

TEST(Bearer, RenewalOfAnExpiredTokenIsHealthyHoweverOften) {
  Story story;
  for (int i = 0; i < 5; ++i) {
    const Facts expired = story.tell(get(kWhere, "Authorization: Bearer old", kExpired));
    EXPECT_EQ(expired.text(kFlowAuthOutcome), "challenge");
    EXPECT_EQ(expired.number(kFlowAuthRejections), 0);
    EXPECT_EQ(outcome(story, "Authorization: Bearer new", kOk), "accepted");
  }
}

TEST(Bearer, ParallelRequestsWithTheExpiredTokenAreOneRenewal) {
  Story story;
  for (int i = 0; i < 8; ++i) {
    Exchange parallel = get(kWhere, "Authorization: Bearer old", kExpired);
    parallel.started = story.now() + milliseconds(i);
    EXPECT_EQ(story.tell_as_is(parallel).text(kFlowAuthOutcome), "challenge");
  }
}

TEST(Bearer, TheNewTokenRefusedTooIsRejected) {
  Story story;
  EXPECT_EQ(outcome(story, "Authorization: Bearer a", kExpired), "challenge");
  EXPECT_EQ(outcome(story, "Authorization: Bearer b", kExpired), "rejected");
  EXPECT_EQ(outcome(story, "Authorization: Bearer c", kExpired), "rejected");
  const Facts facts = story.tell(get(kWhere, "Authorization: Bearer d", kExpired));
  EXPECT_EQ(facts.text(kFlowAuthOutcome), "loop");
  EXPECT_EQ(facts.number(kFlowAuthRejections), 3);
}

TEST(Bearer, MailboxesOfTwoAccountsAreToldApart) {
  Story story;
  const auto token = [](const std::string& mailbox) {
    return "Authorization: Bearer t\nX-AnchorMailbox: " + mailbox;
  };
  EXPECT_EQ(outcome(story, token("a@contoso.com"), kExpired), "challenge");
  EXPECT_EQ(outcome(story, token("b@contoso.com"), kOk), "accepted");
  EXPECT_EQ(outcome(story, token("a@contoso.com"), kExpired), "rejected");
}

TEST(ChallengeOutcome, HasAWord) {
  using flow::AuthOutcome;
  EXPECT_EQ(to_string(AuthOutcome::none), "none");
  EXPECT_EQ(to_string(AuthOutcome::in_progress), "in_progress");
  EXPECT_EQ(to_string(AuthOutcome::loop), "loop");
}

TEST(ChallengeOutcome, MemoryIsBoundedWhateverIsAsked) {
  Story story;
  for (int i = 0; i < 3000; ++i) {
    (void)story.tell(
        get("h" + std::to_string(i) + ".contoso.com/p" + std::to_string(i), basic(), k401));
  }
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(outcome(story, basic("user" + std::to_string(i)), k401), "rejected");
  }
}

}  // namespace
}  // namespace exotap
