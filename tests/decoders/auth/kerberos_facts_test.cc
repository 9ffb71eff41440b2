#include "decoders/auth/kerberos_facts.h"

#include <gtest/gtest.h>

#include <string>

#include "decoders/auth/ntlm_facts.h"
#include "tests/decoders/auth_messages.h"
#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using namespace testing;
using namespace fact;

const WallTime kNow = WallTime{} + std::chrono::seconds(1'772'438'400);  // 2026-03-02T08:00:00Z

Facts of_client(std::string_view bytes) {
  Facts facts;
  state_client_kerberos(read_kerberos(bytes), facts);
  expect_never_told(facts, "ZZZZ");
  return facts;
}

Facts of_server(std::string_view bytes) {
  Facts facts;
  state_server_kerberos(read_kerberos(bytes), kNow, facts);
  return facts;
}

TEST(KerberosFacts, ATicketIsDescribed) {
  expect_facts(of_client(ap_req("mail")),
               {{"kerberos.message", "ap_req"},
                {"kerberos.service", "HTTP/mail"},
                {"kerberos.realm", "CONTOSO.COM"},
                {"kerberos.ticket_encryption", "aes256-cts-hmac-sha1-96"},
                {"kerberos.authenticator", "true"},
                {"kerberos.authenticator_encryption", "aes256-cts-hmac-sha1-96"},
                {"auth.channel_bindings", "hidden"}});
  EXPECT_FALSE(of_client(ap_req("mail", false)).has(kAuthChannelBindings));
  EXPECT_TRUE(of_client(kerberos()).empty()) << "broken";
}

TEST(KerberosFacts, AnErrorIsExplained) {
  const auto text = [](std::string_view value) { return der('\x1b', value); };
  const std::string fields =
      der('\xa4', der('\x18', "20260302081000Z")) + der('\xa6', std::string("\2\1\x25", 3)) +
      der('\xa7', text("FABRIKAM.COM")) +
      der('\xa8', der('\x30', der('\xa1', der('\x30', text("anna"))))) +
      der('\xa9', text("CONTOSO.COM")) + der('\xaa', principal("HTTP", "mail")) +
      der('\xab', text("Clock skew\ntoo great\x1b[1m")) +
      der('\xac', der('\x04', der('\x30', der('\xa1', std::string("\2\1\2", 3)))));
  const std::string bytes =
      der('\x60', kKerberosOid + std::string("\3\0", 2) + der('\x7e', der('\x30', fields)));
  const Facts facts = of_server(bytes);
  expect_facts(facts, {{"kerberos.answer", "error"},
                       {"kerberos.error.code", "37"},
                       {"kerberos.error.name", "KRB_AP_ERR_SKEW"},
                       {"kerberos.error.text", "Clock skew too great [1m"},
                       {"kerberos.error.service", "HTTP/mail"},
                       {"kerberos.error.realm", "CONTOSO.COM"},
                       {"kerberos.error.client", "anna@FABRIKAM.COM"},
                       {"kerberos.error.time", "2026-03-02T08:10:00Z"},
                       {"kerberos.error.clock_skew", "600"},
                       {"kerberos.error.skew_recovery", "true"}});
  EXPECT_FALSE(facts.has(kKerberosErrorStatus));
  EXPECT_FALSE(of_server(krb_error(41)).has(kKerberosErrorClockSkew));
}

TEST(KerberosFacts, TheStatusBehindAnErrorIsShownAsWindowsWritesIt) {
  const std::string extended = der(
      '\x30', der('\xa1', std::string("\2\1\3", 3)) +
                  der('\xa2', der('\x04', little_endian(0xC000006D, 4) + std::string(8, '\0'))));
  const std::string fields =
      der('\xa6', std::string("\2\1\x3c", 3)) + der('\xac', der('\x04', extended));
  const std::string bytes =
      der('\x60', kKerberosOid + std::string("\3\0", 2) + der('\x7e', der('\x30', fields)));
  EXPECT_EQ(of_server(bytes).text(kKerberosErrorStatus), "0xc000006d");
}

TEST(KerberosSamples, ATicketAndItsAnswer) {
  const auto request = sample("krb5-ap-req.bin");
  const auto answer = sample("krb5-ap-rep.bin");
  if (!request || !answer) GTEST_SKIP() << "no samples in " << EXOTAP_SAMPLES;
  expect_facts(of_client(*request), {{"kerberos.message", "ap_req"},
                                     {"kerberos.realm", "DOMAIN.LOCAL"},
                                     {"kerberos.service", "host/dc01"},
                                     {"kerberos.ticket_encryption", "aes256-cts-hmac-sha1-96"},
                                     {"kerberos.key_version", "6"},
                                     {"kerberos.mutual", "true"}});
  const Facts facts = of_server(*answer);
  expect_facts(facts, {{"kerberos.answer", "ap_rep"},
                       {"kerberos.answer_encryption", "aes256-cts-hmac-sha1-96"}});
  EXPECT_EQ(facts.size(), 2U) << "no realm or name is visible";
}

}  // namespace
}  // namespace exotap
