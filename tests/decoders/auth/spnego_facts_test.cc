#include "decoders/auth/spnego_facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/auth_messages.h"
#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using namespace testing;
using namespace fact;
using ::testing::ElementsAre;

Facts of_client(std::string_view bytes) {
  Facts facts;
  state_client_spnego(open_token(bytes), facts);
  return facts;
}

Facts of_server(std::string_view bytes) {
  Facts facts;
  state_server_spnego(open_token(bytes), facts);
  return facts;
}

TEST(SpnegoFacts, TheClientOffers) {
  const Facts facts = of_client(spnego_init("x"));
  EXPECT_THAT(values_of(facts, "spnego.mechanism"), ElementsAre("kerberos", "ntlm"));
  EXPECT_FALSE(facts.has(kSpnegoMechanismMic));
  const std::string mic = der('\xa3', der('\x04', "mic"));
  const std::string list = der('\xa0', der('\x30', kNtlmOid));
  EXPECT_TRUE(of_client(der('\xa0', der('\x30', list + mic))).is_true(kSpnegoMechanismMic));
  EXPECT_TRUE(of_client(der('\xa1', der('\x30', mic))).is_true(kSpnegoMechanismMic))
      << "its last message is a NegTokenResp, too";
}

TEST(SpnegoFacts, TheServerChooses) {
  const std::string fields =
      der('\xa0', "\x0a\x01\x03") + der('\xa1', kNtlmOid) + der('\xa3', der('\x04', "mic"));
  expect_facts(of_server(der('\xa1', der('\x30', fields))), {{"spnego.state", "request_mic"},
                                                             {"spnego.chosen_mechanism", "ntlm"},
                                                             {"spnego.server_mic", "true"}});
  for (const auto& [state, name] :
       {std::pair('\0', "accept_completed"), std::pair('\1', "accept_incomplete"),
        std::pair('\2', "reject"), std::pair('\7', "other")}) {
    EXPECT_EQ(of_server(spnego_response(state, "")).text(kSpnegoState), name);
  }
}

TEST(SpnegoFacts, OtherTokensSayNothing) {
  EXPECT_TRUE(of_client("").empty());
  EXPECT_TRUE(of_server(ntlm(2)).empty());
}

TEST(SpnegoSamples, OffersOfBothSides) {
  const auto client = sample("spnego-init-krb5.bin");
  const auto server = sample("spnego-init2-server.bin");
  if (!client || !server) GTEST_SKIP() << "no samples in " << EXOTAP_SAMPLES;
  EXPECT_THAT(values_of(of_client(*client), "spnego.mechanism"), ElementsAre("kerberos", "ntlm"));
  EXPECT_EQ(open_token(*client).kerberos.kind, KerberosToken::Kind::ap_req);
  const Facts facts = of_server(*server);
  EXPECT_THAT(values_of(facts, "spnego.server_mechanism"),
              ElementsAre("negoex", "ms_kerberos", "kerberos", "user_to_user", "ntlm"));
  EXPECT_EQ(facts.text(kSpnegoHint), "not_defined_in_RFC4178@please_ignore");
  EXPECT_FALSE(facts.has(kSpnegoServerMic));
}

}  // namespace
}  // namespace exotap
