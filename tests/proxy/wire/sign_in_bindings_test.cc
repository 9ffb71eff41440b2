#include "proxy/wire/sign_in_bindings.h"

#include <gtest/gtest.h>

#include <string>

#include "proxy/http/framer.h"

namespace exotap::wire {
namespace {

bool brings(const std::string& field) {
  http::Framer framer(http::Direction::requests);
  const std::string head = "GET / HTTP/1.1\r\nHost: h\r\n" + field + "\r\n\r\n";
  std::size_t used = 0;
  while (used < head.size() && framer.message().head.empty()) {
    used += framer.read(std::string_view(head).substr(used)).consumed;
  }
  return brings_bindable_sign_in(framer.message().head);
}

TEST(SignInBindings, AreWantedForTheSchemesThatCanBeBound) {
  EXPECT_TRUE(brings("Authorization: NTLM TlRMTVNTUAAB"));
  EXPECT_TRUE(brings("authorization: negotiate YII="));
  EXPECT_TRUE(brings("Authorization: Kerberos\tYII="));
  EXPECT_TRUE(brings("Authorization: NTLM"));
}

TEST(SignInBindings, AreNotWorkedOutForAnythingElse) {
  EXPECT_FALSE(brings("Authorization: Bearer NTLM"));
  EXPECT_FALSE(brings("Authorization: Basic TlRMTVNTUAAB"));
  EXPECT_FALSE(brings("Authorization: NTLMX a"));
  EXPECT_FALSE(brings("Proxy-Authorization: NTLM TlRMTVNTUAAB"));
  EXPECT_FALSE(brings("X: y"));
}

}  // namespace
}  // namespace exotap::wire
