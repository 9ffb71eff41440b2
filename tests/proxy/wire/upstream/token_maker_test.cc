// The platform's own tokens, as far as they need no domain: the end-to-end tests have a KDC.
#include <gtest/gtest.h>

#include "proxy/wire/upstream/sign_in.h"

namespace exotap::wire {
namespace {

TEST(TokenMaker, BasicHasNone) {
  EXPECT_EQ(make_token_maker(AuthScheme::basic, {}, "proxy.contoso.com"), nullptr);
}

TEST(TokenMaker, NtlmBeginsWithItsFirstMessageWhereTheLibraryIsInstalled) {
  const UpstreamCredentials john{"CONTOSO\\john", "secret", false};
  const auto maker = make_token_maker(AuthScheme::ntlm, john, "proxy.contoso.com");
  ASSERT_NE(maker, nullptr);
  const std::optional<std::string> first = maker->next({});
  if (!first) {
    std::cout << "NOT TESTED: gss-ntlmssp is not installed\n";
    return;
  }
  // MS-NLMP section 2.2.1.1: the signature, then message type 1.
  EXPECT_EQ(first->substr(0, 12), std::string("NTLMSSP\0\1\0\0\0", 12));
  EXPECT_EQ(first->find("secret"), std::string::npos);
}

TEST(TokenMaker, AMessageThatMakesNoSenseEndsIt) {
  const UpstreamCredentials john{"john", "secret", false};
  const auto maker = make_token_maker(AuthScheme::ntlm, john, "proxy.contoso.com");
  ASSERT_NE(maker, nullptr);
  (void)maker->next({});
  EXPECT_FALSE(maker->next("no NTLM at all"));
  EXPECT_FALSE(maker->next("nor now"));
}

}  // namespace
}  // namespace exotap::wire
