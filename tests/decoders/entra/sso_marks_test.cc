#include "decoders/entra/sso_marks.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_never_told;
using testing::values_of;
using Names = std::vector<std::string>;

Facts of_request(const std::string& fields) {
  const Message request = testing::request_from_text("GET / HTTP/1.1\nHost: x\n" + fields + "\n");
  Facts facts;
  state_sso_request(request.head, facts);
  return facts;
}

TEST(SsoMarks, NameTheCookiesOfASignIn) {
  const Facts facts = of_request(
      "Cookie: fpc=CANARY; ESTSAUTHPERSISTENT=CANARY;ESTSAUTH=CANARY; ESTSAUTH=CANARY; "
      "stsservicecookie=ests; SignInStateCookie=CANARY\nCookie: MSISAuth=CANARY; buid=CANARY\n");
  EXPECT_EQ(values_of(facts, "entra.sso_cookie"),
            (Names{"ESTSAUTHPERSISTENT", "ESTSAUTH", "SignInStateCookie", "MSISAuth"}));
  EXPECT_FALSE(facts.has(fact::kEntraPrt));
  expect_never_told(facts, "CANARY");
}

TEST(SsoMarks, TellAPrimaryRefreshTokenByItsPresence) {
  for (const std::string fields : {"x-ms-RefreshTokenCredential: CANARY\n",
                                   "Cookie: a=b; x-ms-RefreshTokenCredential=CANARY\n",
                                   "X-MS-RefreshTokenCredential1: CANARY\n"}) {
    const Facts facts = of_request(fields);
    EXPECT_TRUE(facts.is_true(fact::kEntraPrt)) << fields;
    EXPECT_EQ(facts.size(), 1U) << fields;
    expect_never_told(facts, "CANARY");
  }
}

TEST(SsoMarks, TellThatAProxyRestrictsTenants) {
  EXPECT_EQ(values_of(of_request("restrict-access-to-tenants: contoso.com\n"
                                 "Restrict-Access-Context: 1111\n"
                                 "sec-Restrict-Tenant-Access-Policy: 1:2\n"),
                      "entra.tenant_restriction"),
            (Names{"Restrict-Access-To-Tenants", "Restrict-Access-Context",
                   "sec-Restrict-Tenant-Access-Policy"}));
}

TEST(SsoMarks, TellWhichCookiesAnAnswerSets) {
  const Message answer = testing::answer_from_text(
      "HTTP/1.1 200 OK\nSet-Cookie: ESTSAUTH=CANARY; path=/\nSet-Cookie: fpc=CANARY\n"
      "Set-Cookie: ESTSAUTHPERSISTENT=; expires=Thu, 01-Jan-1970 00:00:00 GMT\n"
      "Set-Cookie: broken\n");
  Facts facts;
  state_sso_answer(answer.head, facts);
  EXPECT_EQ(values_of(facts, "entra.sso_cookie_set"), Names{"ESTSAUTH"});
  expect_never_told(facts, "CANARY");
}

TEST(SsoMarks, AreBounded) {
  std::string cookies = "Cookie: ";
  for (int i = 0; i < 100; ++i) cookies += "ESTSAUTH" + std::to_string(i) + "=x; ";
  EXPECT_EQ(values_of(of_request(cookies + "\n"), "entra.sso_cookie").size(), kMaxSsoCookies);
  EXPECT_TRUE(of_request("Cookie: ;;=;  ; " + std::string(3000, 'E') + "=x\n").empty());
}

}  // namespace
}  // namespace exotap
