#include "decoders/flow/discovery.h"

#include <gtest/gtest.h>

#include "tests/decoders/flow/story.h"
#include "tests/decoders/stated_facts.h"

namespace exotap::flow {
namespace {

using testing::Story;
using testing::value_of;

constexpr std::string_view kSettings =
    "HTTP/1.1 200 OK\nContent-Type: text/xml\n\n<Autodiscover><Response/></Autodiscover>";

Exchange ask(std::string_view host, std::string_view address, std::string_view answer,
             std::string_view scheme = "https") {
  const std::string body = address.empty()
                               ? std::string()
                               : "<Autodiscover><Request><EMailAddress>" + std::string(address) +
                                     "</EMailAddress></Request></Autodiscover>";
  Exchange made = testing::exchange(
      std::string(address.empty() ? "GET" : "POST") +
          " /autodiscover/autodiscover.xml HTTP/1.1\nHost: " + std::string(host) + "\n\n" + body,
      answer);
  made.scheme = scheme;
  made.timings.total = std::chrono::milliseconds(100);
  return made;
}

std::string step(Story& story, const Exchange& exchange) {
  return value_of(story.tell(exchange), "autodiscover.step");
}

TEST(DiscoveryStep, OfTheGuessesIsToldByTheAddress) {
  Story story;
  const std::string_view missing = "HTTP/1.1 404 Not Found\n";
  EXPECT_EQ(step(story, ask("contoso.com", "ada@Contoso.com", missing)), "root_domain");
  EXPECT_EQ(step(story, ask("autodiscover.contoso.com", "ada@contoso.com", missing)),
            "autodiscover_host");
  EXPECT_EQ(step(story, ask("autodiscover.contoso.com", "", missing, "http")), "http_redirect");
  EXPECT_EQ(step(story, ask("autodiscover-s.outlook.com", "ada@contoso.com", kSettings)), "cloud");
}

TEST(DiscoveryStep, BehindARedirectIsOne) {
  Story story;
  EXPECT_EQ(step(story, ask("autodiscover.contoso.com", "",
                            "HTTP/1.1 302 Found\nLocation: https://Mail.contoso.com/autodiscover/"
                            "autodiscover.xml\n",
                            "http")),
            "http_redirect");
  EXPECT_EQ(step(story, ask("mail.contoso.com", "ada@contoso.com", kSettings)), "redirect");
  EXPECT_EQ(step(story, ask("autodiscover-s.outlook.com", "ada@contoso.com",
                            "HTTP/1.1 302 Found\nLocation: https://autodiscover.contoso.com/x\n")),
            "cloud");
  EXPECT_EQ(step(story, ask("autodiscover.contoso.com", "ada@contoso.com", kSettings)), "redirect");
  EXPECT_EQ(step(story, ask("autodiscover.contoso.com", "", "HTTP/1.1 404 N\n", "http")),
            "http_redirect");
}

TEST(DiscoveryStep, AtTheUrlOfAJsonAnswerIsARedirectToo) {
  Story story;
  EXPECT_EQ(step(story, testing::get("outlook.office365.com/autodiscover/autodiscover.json?Email="
                                     "ada@contoso.com&Protocol=AutodiscoverV1",
                                     "",
                                     "HTTP/1.1 200 OK\n\n{\"Protocol\":\"AutodiscoverV1\",\"Url\":"
                                     "\"https://ex.contoso.com/autodiscover/autodiscover.xml\"}")),
            "cloud");
  EXPECT_EQ(step(story, ask("ex.contoso.com", "ada@contoso.com", kSettings)), "redirect");
}

TEST(DiscoveryStep, AtAHostNobodyNamedIsSrvAfterTheGuessesAndElseTheLastKnownGood) {
  Story story;
  EXPECT_EQ(step(story, ask("old.contoso.com", "ada@contoso.com", "HTTP/1.1 404 N\n")),
            "last_known_good");
  EXPECT_EQ(step(story, ask("contoso.com", "ada@contoso.com", "HTTP/1.1 404 N\n")), "root_domain");
  EXPECT_EQ(step(story, ask("old.contoso.com", "ada@contoso.com", "HTTP/1.1 404 N\n")),
            "last_known_good");
  EXPECT_EQ(step(story, ask("ex.hoster.example", "ada@contoso.com", kSettings)), "srv");
  EXPECT_EQ(step(story, ask("ex.hoster.example", "ada@contoso.com", kSettings)), "srv");
}

TEST(DiscoveryStep, IsNotGuessedWithoutAnAddress) {
  Story story;
  EXPECT_EQ(step(story, ask("contoso.com", "", "HTTP/1.1 404 N\n")), "(absent)");
  EXPECT_EQ(step(story, testing::get("autodiscover.contoso.com/other", "", "HTTP/1.1 200 OK\n")),
            "(absent)");
}

TEST(DiscoveryStep, OfAFailedConnectionIsToldByItsNameAlone) {
  Story story;
  EXPECT_EQ(step(story, testing::failed_connect("autodiscover.contoso.com", FaultType::tcp,
                                                Stage::connect, "ECONNREFUSED")),
            "autodiscover_host");
  EXPECT_EQ(step(story, testing::failed_connect("outlook.office365.com", FaultType::tcp,
                                                Stage::connect, "ECONNREFUSED")),
            "(absent)");
  EXPECT_EQ(step(story, testing::connect("autodiscover.contoso.com")), "(absent)");
  // The failed guess counts: the next unknown host comes of an SRV record.
  EXPECT_EQ(step(story, ask("ex.hoster.example", "ada@contoso.com", kSettings)), "srv");
}

TEST(DiscoveryStep, CountsARootDomainThatWasNotReachedAsAGuess) {
  Story story;
  EXPECT_EQ(step(story, testing::failed_connect("contoso.com", FaultType::timeout, Stage::connect,
                                                "ETIMEDOUT")),
            "(absent)");
  EXPECT_EQ(step(story, ask("ex.hoster.example", "ada@contoso.com", kSettings)), "srv");
}

TEST(DiscoveryStep, ForgetsWithTheAttempt) {
  Story story;
  step(story, ask("contoso.com", "ada@contoso.com", "HTTP/1.1 302 F\nLocation: https://m.x/\n"));
  story.wait(std::chrono::minutes(10));
  EXPECT_EQ(step(story, ask("m.x", "ada@contoso.com", kSettings)), "last_known_good");
}

TEST(DiscoveryStep, RemembersABoundedNumberOfDomainsAndHosts) {
  Story story;
  for (int i = 0; i < 100; ++i) {
    const std::string n = std::to_string(i);
    step(story, ask("d" + n + ".example", "ada@d" + n + ".example",
                    "HTTP/1.1 302 F\nLocation: https://m" + n + ".x/\n"));
  }
  EXPECT_EQ(step(story, ask("m99.x", "ada@d99.example", kSettings)), "redirect");
  EXPECT_EQ(step(story, ask("m0.x", "ada@d99.example", kSettings)), "srv");
}

TEST(CloudHosts, AreThoseClientsAskUnasked) {
  EXPECT_TRUE(is_cloud_discovery_host("autodiscover-s.outlook.com"));
  EXPECT_TRUE(is_cloud_discovery_host("outlook.office365.com"));
  EXPECT_FALSE(is_cloud_discovery_host("autodiscover.contoso.com"));
}

constexpr std::string_view kUnknownHere =
    "HTTP/1.1 200 OK\nContent-Type: text/xml\n\n<Autodiscover><Response><Error>"
    "<ErrorCode>500</ErrorCode></Error></Response></Autodiscover>";
constexpr std::string_view kGoOn =
    "HTTP/1.1 200 OK\nContent-Type: text/xml\n\n<Autodiscover><Response><Account>"
    "<Action>redirectAddr</Action><RedirectAddr>ada@contoso.mail.onmicrosoft.com</RedirectAddr>"
    "</Account></Response></Autodiscover>";

std::string elsewhere(Story& story, const Exchange& exchange) {
  return value_of(story.tell(exchange), "autodiscover.answered_elsewhere");
}

TEST(AnsweredElsewhere, IsNotToldOfAnotherDomain) {
  Story story;
  EXPECT_EQ(elsewhere(story, ask("mail.contoso.com", "ada@contoso.com", kGoOn)), "(absent)");
  EXPECT_EQ(elsewhere(story, ask("fabrikam.com", "bob@fabrikam.com", kUnknownHere)), "(absent)");
  EXPECT_EQ(elsewhere(story, ask("contoso.com", "ada@contoso.com", kUnknownHere)), "true");
}

TEST(AnsweredElsewhere, IsToldWhereAnotherHostLedOn) {
  Story story;
  EXPECT_EQ(elsewhere(story, ask("old.contoso.com", "ada@contoso.com", kUnknownHere)), "(absent)");
  EXPECT_EQ(elsewhere(story, ask("mail.contoso.com", "ada@contoso.com", kGoOn)), "(absent)");
  EXPECT_EQ(elsewhere(story, ask("old.contoso.com", "ada@contoso.com", kUnknownHere)), "true");
  EXPECT_EQ(elsewhere(story, ask("mail.contoso.com", "ada@contoso.com", kUnknownHere)), "(absent)")
      << "the same host takes its word back";
  story.wait(std::chrono::minutes(5));
  EXPECT_EQ(elsewhere(story, ask("old.contoso.com", "ada@contoso.com", kUnknownHere)), "(absent)")
      << "another attempt";
}

}  // namespace
}  // namespace exotap::flow
