#include "decoders/spnego.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/auth_messages.h"
#include "tests/decoders/exchange_from_text.h"

namespace exotap {
namespace {

using namespace testing;
using namespace std::string_view_literals;

TEST(Spnego, AnOfferNamesItsMechanismsInOrder) {
  const std::string bytes = spnego_init("inner");
  const SpnegoToken token = read_spnego(bytes);
  EXPECT_EQ(token.kind, SpnegoToken::Kind::init);
  ASSERT_EQ(token.offered_count, 2U);
  EXPECT_EQ(mechanism_name(token.offered[0]), "kerberos");
  EXPECT_EQ(mechanism_name(token.offered[1]), "ntlm");
  EXPECT_EQ(token.token, "inner");
  EXPECT_FALSE(token.broken);
}

TEST(Spnego, AnOfferMayComeWithoutItsGssHead) {
  const std::string whole = spnego_init("inner");
  const std::string bare = whole.substr(whole.find('\xa0'));
  EXPECT_EQ(read_spnego(bare).kind, SpnegoToken::Kind::init);
  EXPECT_EQ(read_spnego(bare).token, "inner");
}

TEST(Spnego, OffersAreBounded) {
  std::string list;
  for (int i = 0; i < 20; ++i) list += kNtlmOid;
  const std::string bytes = der('\xa0', der('\x30', der('\xa0', der('\x30', list))));
  EXPECT_EQ(read_spnego(bytes).offered_count, kMaxMechanisms);
}

TEST(Spnego, AnAnswerHasAState) {
  const std::string bytes =
      der('\xa1', der('\x30', der('\xa0', "\x0a\x01\x01") + der('\xa1', kNtlmOid) +
                                  der('\xa2', der('\x04', "challenge"))));
  const SpnegoToken token = read_spnego(bytes);
  EXPECT_EQ(token.kind, SpnegoToken::Kind::response);
  EXPECT_EQ(token.state, 1);
  EXPECT_EQ(mechanism_name(token.chosen), "ntlm");
  EXPECT_EQ(token.token, "challenge");
  EXPECT_EQ(read_spnego(spnego_response(2, "")).state, 2);
}

TEST(Spnego, WhatOnlyBeginsLikeOneIsBroken) {
  EXPECT_TRUE(read_spnego("\xa1\x02zz"sv).broken);
  EXPECT_TRUE(read_spnego("\xa0\x03zzz"sv).broken);
  EXPECT_EQ(read_spnego("").kind, SpnegoToken::Kind::none);
  EXPECT_EQ(read_spnego("\x60\x02zz"sv).kind, SpnegoToken::Kind::none);
  EXPECT_EQ(read_spnego(kerberos()).kind, SpnegoToken::Kind::none);
}

TEST(MechanismName, UnknownOnesAreDotted) {
  EXPECT_EQ(mechanism_name("\x2b\x06\x01\x05\x02\x05"sv), "1.3.6.1.5.2.5");
  EXPECT_EQ(mechanism_name("\x88\x37"sv), "2.999");
  EXPECT_EQ(mechanism_name(""), "");
  EXPECT_LE(mechanism_name(std::string(500, '\x7f')).size(), 64U);
}

TEST(Kerberos, ATicketShowsItsServiceRealmAndEncryption) {
  const std::string bytes = ap_req("mail.contoso.com");
  const KerberosToken token = read_kerberos(bytes);
  EXPECT_EQ(token.kind, KerberosToken::Kind::ap_req);
  EXPECT_EQ(token.service, "HTTP/mail.contoso.com");
  EXPECT_EQ(token.realm, "CONTOSO.COM");
  EXPECT_EQ(token.ticket_encryption, 18);
  EXPECT_TRUE(token.authenticator);
  EXPECT_FALSE(token.broken);
  EXPECT_FALSE(read_kerberos(ap_req("mail", false)).authenticator);
}

TEST(Kerberos, AnErrorHasACode) {
  const std::string bytes = krb_error(41);
  const KerberosToken token = read_kerberos(bytes);
  EXPECT_EQ(token.kind, KerberosToken::Kind::error);
  EXPECT_EQ(token.error_code, 41);
  EXPECT_EQ(token.realm, "CONTOSO.COM");
  EXPECT_EQ(token.service, "HTTP/mail");
}

TEST(Kerberos, WhatIsInsideMayBeBroken) {
  EXPECT_TRUE(read_kerberos(kerberos()).broken);
  EXPECT_EQ(read_kerberos(kerberos()).kind, KerberosToken::Kind::ap_req);
  const std::string other = der('\x60', kNtlmOid + std::string("\1\0", 2));
  EXPECT_EQ(read_kerberos(other).kind, KerberosToken::Kind::none);
  EXPECT_EQ(read_kerberos("").kind, KerberosToken::Kind::none);
}

TEST(Kerberos, CutShortAnywhereItIsReadAsFarAsItGoes) {
  const std::string whole = ap_req("mail.contoso.com");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const std::string part = whole.substr(0, size);
    const KerberosToken token = read_kerberos(part);
    EXPECT_TRUE(token.service.empty() ||
                std::string("HTTP/mail.contoso.com").starts_with(token.service));
  }
}

TEST(Kerberos, RealOnes) {
  const auto request = sample("krb5-ap-req.bin");
  const auto answer = sample("krb5-ap-rep.bin");
  const auto offer = sample("spnego-init-krb5.bin");
  if (!request || !answer || !offer) GTEST_SKIP() << "no samples in " << EXOTAP_SAMPLES;
  const KerberosToken token = read_kerberos(*request);
  EXPECT_EQ(token.kind, KerberosToken::Kind::ap_req);
  EXPECT_FALSE(token.service.empty());
  EXPECT_FALSE(token.realm.empty());
  EXPECT_EQ(read_kerberos(*answer).kind, KerberosToken::Kind::ap_rep);
  const SpnegoToken spnego = read_spnego(*offer);
  EXPECT_GT(spnego.offered_count, 0U);
  EXPECT_EQ(read_kerberos(spnego.token).kind, KerberosToken::Kind::ap_req);
}

}  // namespace
}  // namespace exotap
