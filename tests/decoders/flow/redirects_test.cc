#include "decoders/flow/redirects.h"

#include <gtest/gtest.h>

#include "tests/decoders/flow/story.h"
#include "tests/decoders/stated_facts.h"

namespace exotap::flow {
namespace {

using testing::expect_facts;
using testing::Story;
using testing::value_of;

Exchange ask(std::string_view host, std::string_view address, std::string_view answer,
             std::string_view scheme = "https") {
  Exchange made =
      testing::exchange("POST /autodiscover/autodiscover.xml HTTP/1.1\nHost: " + std::string(host) +
                            "\n\n<Autodiscover><Request><EMailAddress>" + std::string(address) +
                            "</EMailAddress></Request></Autodiscover>",
                        answer);
  made.scheme = scheme;
  made.timings.total = std::chrono::milliseconds(100);
  return made;
}

std::string moved(std::string_view url) {
  return "HTTP/1.1 302 Found\nLocation: " + std::string(url) + "\n";
}

std::string to_host(std::string_view host) {
  return moved("https://" + std::string(host) + "/autodiscover/autodiscover.xml");
}

std::string to_address(std::string_view address) {
  return "HTTP/1.1 200 OK\nContent-Type: text/xml\n\n<Autodiscover><Response><Account><Action>"
         "redirectAddr</Action><RedirectAddr>" +
         std::string(address) + "</RedirectAddr></Account></Response></Autodiscover>";
}

constexpr std::string_view kSettings =
    "HTTP/1.1 200 OK\nContent-Type: text/xml\n\n<Autodiscover><Response/></Autodiscover>";

TEST(RedirectChain, CountsItsHops) {
  Story story;
  expect_facts(story.tell(ask("a.example", "ada@contoso.com", to_host("b.example"))),
               {{"flow.redirect.depth", "1"},
                {"flow.redirect.hops", "a.example > b.example"},
                {"flow.redirect.to", "b.example"},
                {"flow.redirect.to_cloud", "false"}});
  expect_facts(story.tell(ask("b.example", "ada@contoso.com", to_host("C.outlook.com"))),
               {{"flow.redirect.depth", "2"},
                {"flow.redirect.hops", "a.example > b.example > c.outlook.com"},
                {"flow.redirect.to_cloud", "true"}});
  const Facts last = story.tell(ask("c.outlook.com", "ada@contoso.com", kSettings));
  expect_facts(last, {{"flow.redirect.depth", "2"},
                      {"flow.redirect.hops", "a.example > b.example > c.outlook.com"}});
  for (const char* absent : {"flow.redirect.to", "flow.redirect.loop", "flow.redirect.to_clear"}) {
    EXPECT_EQ(value_of(last, absent), "(absent)") << absent;
  }
}

TEST(RedirectChain, IsNoneWithoutARedirect) {
  Story story;
  const Facts facts = story.tell(ask("a.example", "ada@contoso.com", kSettings));
  EXPECT_EQ(value_of(facts, "flow.redirect.depth"), "(absent)");
  EXPECT_EQ(value_of(story.tell(testing::get("a.example/owa", "", moved("https://b.example/"))),
                     "flow.redirect.depth"),
            "(absent)");
}

TEST(RedirectChain, ThatComesBackIsALoop) {
  Story story;
  const auto loop = [&](const Exchange& exchange) {
    return value_of(story.tell(exchange), "flow.redirect.loop");
  };
  EXPECT_EQ(loop(ask("a.example", "ada@contoso.com", to_host("b.example"))), "(absent)");
  EXPECT_EQ(loop(ask("b.example", "ada@contoso.com", to_host("A.example"))), "true");
  EXPECT_EQ(loop(ask("a.example", "ada@contoso.com", to_host("b.example"))), "true");
  EXPECT_EQ(loop(ask("z.example", "ada@contoso.com", to_host("z.example"))), "true");
}

TEST(RedirectChain, ByAddressGoesOnWithThatAddressAnywhere) {
  Story story;
  expect_facts(story.tell(ask("autodiscover.contoso.com", "ada@contoso.com",
                              to_address("Ada@contoso.mail.onmicrosoft.com"))),
               {{"flow.redirect.depth", "1"},
                {"flow.redirect.hops", "autodiscover.contoso.com > @contoso.mail.onmicrosoft.com"},
                {"flow.redirect.to", "contoso.mail.onmicrosoft.com"},
                {"flow.redirect.to_cloud", "true"}});
  const Facts back =
      story.tell(ask("autodiscover-s.outlook.com", "ada@contoso.mail.onmicrosoft.com",
                     to_address("ada@contoso.com")));
  expect_facts(back, {{"flow.redirect.depth", "2"},
                      {"flow.redirect.loop", "true"},
                      {"flow.redirect.hops",
                       "autodiscover.contoso.com > @contoso.mail.onmicrosoft.com > "
                       "autodiscover-s.outlook.com > @contoso.com"}});
  EXPECT_EQ(value_of(story.tell(ask("mail.contoso.com", "ada@contoso.com", kSettings)),
                     "flow.redirect.hops"),
            "autodiscover.contoso.com > @contoso.mail.onmicrosoft.com > "
            "autodiscover-s.outlook.com > @contoso.com > mail.contoso.com");
  testing::expect_never_told(story.tell(ask("x.example", "bob@contoso.com", kSettings)), "ada@");
}

TEST(RedirectChain, AskedAgainIsNoLoop) {
  Story story;
  for (int i = 0; i < 3; ++i) {
    const Facts facts = story.tell(ask("a.example", "ada@contoso.com", to_host("b.example")));
    expect_facts(facts, {{"flow.redirect.depth", "1"}});
    EXPECT_EQ(value_of(facts, "flow.redirect.loop"), "(absent)");
    story.tell(ask("b.example", "ada@contoso.com", kSettings));
  }
}

TEST(RedirectChain, OfTheJsonFormMayComeBackForAnotherAddress) {
  Story story;
  const Facts facts = story.tell(testing::get(
      "outlook.office365.com/autodiscover/autodiscover.json?Email=ada@contoso.com&Protocol=Ews", "",
      moved("https://outlook.office365.com/autodiscover/autodiscover.json?Email=ada@contoso."
            "onmicrosoft.com&Protocol=Ews&RedirectCount=1")));
  EXPECT_EQ(value_of(facts, "flow.redirect.depth"), "1");
  EXPECT_EQ(value_of(facts, "flow.redirect.loop"), "(absent)");
}

TEST(RedirectChain, IntoClearTextIsSaid) {
  Story story;
  EXPECT_EQ(value_of(story.tell(ask("a.example", "ada@contoso.com", moved("http://b.example/x"))),
                     "flow.redirect.to_clear"),
            "true");
  EXPECT_EQ(
      value_of(story.tell(ask("a.example", "ada@contoso.com", moved("http://b.example/x"), "http")),
               "flow.redirect.to_clear"),
      "(absent)");
}

TEST(RedirectChain, EndsWithTheAttemptAndIsTheClientsOwn) {
  Story story;
  story.tell(ask("a.example", "ada@contoso.com", to_host("b.example")));
  Exchange other = ask("b.example", "ada@contoso.com", kSettings);
  other.client.address = "127.0.0.9";
  EXPECT_EQ(value_of(story.tell(other), "flow.redirect.depth"), "(absent)");
  story.wait(std::chrono::minutes(10));
  EXPECT_EQ(
      value_of(story.tell(ask("b.example", "ada@contoso.com", kSettings)), "flow.redirect.depth"),
      "(absent)");
}

TEST(RedirectChain, OfAnyLengthHoldsItsBounds) {
  Story story;
  Facts last;
  for (int i = 0; i < 200; ++i) {
    last = story.tell(ask("h" + std::to_string(i) + ".example", "ada@contoso.com",
                          to_host("h" + std::to_string(i + 1) + ".example")));
  }
  EXPECT_EQ(value_of(last, "flow.redirect.depth"), "200");
  EXPECT_LE(value_of(last, "flow.redirect.hops").size(), kMaxHopsText);
}

TEST(RedirectChain, IgnoresATargetWithoutAHost) {
  Story story;
  EXPECT_EQ(value_of(story.tell(ask("a.example", "ada@contoso.com", moved("x.html"))),
                     "flow.redirect.depth"),
            "(absent)");
}

}  // namespace
}  // namespace exotap::flow
