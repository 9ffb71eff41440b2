#include "proxy/wire/upstream/sign_in.h"

#include <gtest/gtest.h>

#include "proxy/http/framer.h"

namespace exotap::wire {
namespace {

Head refusal(const std::string& fields) {
  http::Framer framer(http::Direction::answers);
  EXPECT_EQ(framer.read("HTTP/1.1 407 No\r\n" + fields + "Content-Length: 0\r\n\r\n").part,
            http::Part::head);
  return framer.message().head;
}

// Says "1", then "2:" and what it was told; for NTLM alone.
class Counting : public TokenMaker {
 public:
  std::optional<std::string> next(std::string_view challenge) override {
    if (challenge.empty()) return "1";
    return "2:" + std::string(challenge);
  }
};

std::unique_ptr<TokenMaker> make_counting(AuthScheme scheme, const UpstreamCredentials& /*who*/,
                                          const std::string& host) {
  EXPECT_EQ(host, "proxy.contoso.com");
  if (scheme != AuthScheme::ntlm) return nullptr;  // no ticket
  return std::make_unique<Counting>();
}

const UpstreamCredentials kJohn{"john", "s:e@cret", true};

TEST(Offered, ReadsEveryFieldAndEveryItem) {
  const Head head = refusal(
      "Proxy-Authenticate: Negotiate\r\nproxy-authenticate: NTLM TlRM, "
      "Basic realm=\"a, Digest, \\\" b\"\r\nWWW-Authenticate: Bearer\r\n");
  EXPECT_EQ(offered(head, AuthScheme::negotiate), "");
  EXPECT_EQ(offered(head, AuthScheme::ntlm), "TlRM");
  EXPECT_TRUE(offered(head, AuthScheme::basic));
}

TEST(Offered, ALongerWordOrAQuotedOneIsAnother) {
  const Head head = refusal("Proxy-Authenticate: NTLMv2, Digest realm=\"x, Basic\", BasicX\r\n");
  EXPECT_FALSE(offered(head, AuthScheme::ntlm));
  EXPECT_FALSE(offered(head, AuthScheme::basic));
  EXPECT_FALSE(offered(head, AuthScheme::negotiate));
  EXPECT_FALSE(offered(refusal(""), AuthScheme::basic));
}

TEST(SignIn, BasicOnceAndNotAgain) {
  SignIn sign_in(kJohn, "proxy.contoso.com", make_counting);
  const Head basic = refusal("Proxy-Authenticate: Basic realm=\"x\"\r\n");
  EXPECT_EQ(sign_in.answer(basic), "Basic am9objpzOmVAY3JldA==");
  EXPECT_EQ(sign_in.answer(basic), "") << "refused: no loop";
}

TEST(SignIn, NtlmGoesOnWithTheProxysMessageAndThenTheNextWayIsTried) {
  SignIn sign_in(kJohn, "proxy.contoso.com", make_counting);
  const std::string offers =
      "Proxy-Authenticate: Basic realm=x\r\nProxy-Authenticate: Negotiate\r\n";
  EXPECT_EQ(sign_in.answer(refusal(offers + "Proxy-Authenticate: NTLM\r\n")), "NTLM MQ==");
  EXPECT_EQ(sign_in.answer(refusal(offers + "Proxy-Authenticate: NTLM Zm9v\r\n")), "NTLM Mjpmb28=");
  EXPECT_EQ(sign_in.answer(refusal(offers + "Proxy-Authenticate: NTLM\r\n")),
            "Basic am9objpzOmVAY3JldA==");
  EXPECT_EQ(sign_in.answer(refusal(offers + "Proxy-Authenticate: NTLM\r\n")), "");
}

TEST(SignIn, AProxyThatChallengesForEverIsLeft) {
  SignIn sign_in(kJohn, "proxy.contoso.com", make_counting);
  const Head again = refusal("Proxy-Authenticate: NTLM Zm9v\r\n");
  int said = 0;
  while (!sign_in.answer(again).empty()) ASSERT_LE(++said, SignIn::kMaxRounds);
  EXPECT_EQ(said, SignIn::kMaxRounds);
}

TEST(SignIn, AChallengeThatIsNoBase64IsNotAnswered) {
  SignIn sign_in(kJohn, "proxy.contoso.com", make_counting);
  EXPECT_EQ(sign_in.answer(refusal("Proxy-Authenticate: NTLM\r\n")), "NTLM MQ==");
  EXPECT_EQ(sign_in.answer(refusal("Proxy-Authenticate: NTLM *\r\n")), "");
}

TEST(SignIn, WithoutCredentialsNothingIsSaid) {
  const UpstreamCredentials nobody;
  SignIn sign_in(nobody, "proxy.contoso.com", make_counting);
  EXPECT_EQ(sign_in.answer(refusal("Proxy-Authenticate: Basic realm=x, NTLM, Negotiate\r\n")), "");
  EXPECT_FALSE(sign_in.said());
  const UpstreamCredentials ticket{{}, {}, true};
  SignIn by_ticket(ticket, "proxy.contoso.com", make_counting);
  EXPECT_EQ(by_ticket.answer(refusal("Proxy-Authenticate: Basic realm=x, NTLM\r\n")), "");
}

TEST(SignIn, TellsWhatMayGoWithARequestThatCannotBeRepeated) {
  SignIn by_ntlm(kJohn, "proxy.contoso.com", make_counting);
  EXPECT_FALSE(by_ntlm.said());
  static_cast<void>(by_ntlm.answer(refusal("Proxy-Authenticate: NTLM\r\n")));
  EXPECT_TRUE(by_ntlm.said());
  EXPECT_FALSE(by_ntlm.last());
  static_cast<void>(by_ntlm.answer(refusal("Proxy-Authenticate: NTLM Zm9v\r\n")));
  EXPECT_TRUE(by_ntlm.last());
  SignIn by_basic(kJohn, "proxy.contoso.com", make_counting);
  static_cast<void>(by_basic.answer(refusal("Proxy-Authenticate: Basic realm=x\r\n")));
  EXPECT_TRUE(by_basic.last());
  const UpstreamCredentials ticket{{}, {}, true};
  SignIn by_ticket(ticket, "proxy.contoso.com", make_counting);
  static_cast<void>(by_ticket.answer(refusal("Proxy-Authenticate: Negotiate\r\n")));
  EXPECT_TRUE(by_ticket.last());
}

}  // namespace
}  // namespace exotap::wire
