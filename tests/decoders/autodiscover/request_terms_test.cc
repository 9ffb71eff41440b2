#include "decoders/autodiscover/request_terms.h"

#include <gtest/gtest.h>

#include "decoders/autodiscover/discovery_facts.h"
#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_facts;
using testing::value_of;

constexpr std::string_view kGet =
    "GET /autodiscover/autodiscover.xml HTTP/1.1\nHost: autodiscover.contoso.com\n";

TEST(AutodiscoverTerms, TellWhatTheClientCanUse) {
  Facts facts;
  state_request_terms(
      testing::exchange("POST /autodiscover/autodiscover.xml HTTP/1.1\nHost: h\n"
                        "X-MapiHttpCapability: 1\nX-ClientCanHandle: Negotiate,  ExHttpInfo\n",
                        ""),
      facts);
  expect_facts(facts, {{"autodiscover.path", "true"},
                       {"autodiscover.request.mapi_http", "true"},
                       {"autodiscover.request.can_handle", "Negotiate, ExHttpInfo"}});
  EXPECT_EQ(value_of(facts, "autodiscover.flavour"), "(absent)");
}

TEST(AutodiscoverTerms, AGetInClearOnlyAsksForARedirect) {
  Exchange asks = testing::exchange(kGet, "");
  asks.scheme = "http";
  Facts facts;
  state_request_terms(asks, facts);
  EXPECT_EQ(value_of(facts, "autodiscover.flavour"), "http_redirect");
  asks.scheme = "https";
  Facts of_tls;
  state_request_terms(asks, of_tls);
  EXPECT_EQ(value_of(of_tls, "autodiscover.flavour"), "(absent)");
  Facts of_post;
  Exchange posts = testing::exchange("POST /autodiscover/autodiscover.xml HTTP/1.1\nHost: h\n", "");
  posts.scheme = "http";
  state_request_terms(posts, of_post);
  EXPECT_EQ(value_of(of_post, "autodiscover.flavour"), "(absent)");
}

std::string redirected(std::string_view answer) {
  Facts facts;
  state_http_redirect(testing::exchange(kGet, answer), facts);
  EXPECT_EQ(facts.has(fact::kAutodiscoverResponseAction),
            facts.has(fact::kAutodiscoverRedirectUrl));
  return value_of(facts, "autodiscover.redirect_url");
}

TEST(AutodiscoverRedirect, ByStatusNamesAnAbsoluteUrl) {
  EXPECT_EQ(redirected("HTTP/1.1 302 Found\nLocation: https://autodiscover-s.outlook.com/a.xml\n"),
            "https://autodiscover-s.outlook.com/a.xml");
  EXPECT_EQ(redirected("HTTP/1.1 301 Moved\nLocation: /other/a.xml\n"),
            "https://autodiscover.contoso.com/other/a.xml");
  EXPECT_EQ(redirected("HTTP/1.1 307 T\nLocation: //mail.contoso.com/a.xml\n"),
            "https://mail.contoso.com/a.xml");
  EXPECT_EQ(redirected("HTTP/1.1 308 P\nLocation: https://h/?code=CANARY\n"),
            "https://h/?code=[redacted]");
  EXPECT_EQ(redirected("HTTP/1.1 302 Found\n"), "(absent)");
  EXPECT_EQ(redirected("HTTP/1.1 304 Not Modified\nLocation: https://h/\n"), "(absent)");
  EXPECT_EQ(redirected("HTTP/1.1 200 OK\nLocation: https://h/\n"), "(absent)");
  EXPECT_EQ(redirected(""), "(absent)");
}

TEST(AutodiscoverRedirect, KeepsAnUnusualPort) {
  Exchange asks = testing::exchange(kGet, "");
  asks.port = 8443;
  EXPECT_EQ(absolute_url(asks, "/x"), "https://autodiscover.contoso.com:8443/x");
  EXPECT_EQ(absolute_url(asks, "x"), "x");
}

TEST(MailAddress, IsToldFromWhatProbesPutInItsPlace) {
  EXPECT_TRUE(is_mail_address("ada@contoso.com"));
  EXPECT_FALSE(is_mail_address("v1.0"));
  EXPECT_FALSE(is_mail_address("@contoso.com"));
  EXPECT_FALSE(is_mail_address("ada@"));
  EXPECT_FALSE(is_mail_address("a@b@c"));
  EXPECT_FALSE(is_mail_address("autodiscover/autodiscover.json?a@foo.var"));
  EXPECT_FALSE(is_mail_address("a b@contoso.com"));
  EXPECT_FALSE(is_mail_address("a@" + std::string(400, 'x')));
}

}  // namespace
}  // namespace exotap
