#include "decoders/auth/kerberos_token.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/auth_messages.h"

namespace exotap {
namespace {

using namespace testing;
using Kind = KerberosToken::Kind;

// A GSS token of Kerberos with this identifier in front of the message.
std::string framed(char first, char second, const std::string& message) {
  return der('\x60', kKerberosOid + std::string{first, second} + message);
}

std::string general(std::string_view text) { return der('\x1b', text); }
std::string number(char value) { return der('\x02', std::string(1, value)); }

// KRB-ERROR with everything in it; `data` is e-data's content.
std::string whole_error(const std::string& data) {
  const std::string fields =
      der('\xa0', number(5)) + der('\xa1', number(30)) +
      der('\xa2', der('\x18', "20260302075500Z")) + der('\xa4', der('\x18', "20260302080000Z")) +
      der('\xa6', number(37)) + der('\xa7', general("FABRIKAM.COM")) +
      der('\xa8', der('\x30', der('\xa0', number(1)) + der('\xa1', der('\x30', general("anna"))))) +
      der('\xa9', general("CONTOSO.COM")) + der('\xaa', principal("HTTP", "mail")) +
      der('\xab', general("Clock skew too great")) + der('\xac', der('\x04', data));
  return framed(3, 0, der('\x7e', der('\x30', fields)));
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

TEST(Kerberos, ATicketSaysWhichKeyItIsMadeWith) {
  const std::string sealed =
      der('\x30', der('\xa0', number(23)) + der('\xa1', number(7)) + der('\xa2', der('\4', "Z")));
  const std::string ticket =
      der('\x61', der('\x30', der('\xa1', general("C")) + der('\xa3', sealed)));
  const std::string bytes =
      framed(1, 0,
             der('\x6e', der('\x30', der('\xa2', std::string("\3\5\0\x20\0\0\0", 7)) +
                                         der('\xa3', ticket) + der('\xa4', encrypted(17)))));
  const KerberosToken token = read_kerberos(bytes);
  EXPECT_EQ(token.ticket_encryption, 23);
  EXPECT_EQ(token.key_version, 7);
  EXPECT_EQ(token.authenticator_encryption, 17);
  EXPECT_TRUE(token.mutual);
  EXPECT_FALSE(read_kerberos(ap_req("mail")).mutual);
  EXPECT_FALSE(read_kerberos(ap_req("mail")).key_version);
}

TEST(Kerberos, AnAnswerIsEncrypted) {
  const std::string bytes =
      framed(2, 0, der('\x6f', der('\x30', der('\xa0', number(5)) + der('\xa2', encrypted(18)))));
  EXPECT_EQ(read_kerberos(bytes).kind, Kind::ap_rep);
  EXPECT_EQ(read_kerberos(bytes).reply_encryption, 18);
  EXPECT_FALSE(read_kerberos(bytes).broken);
  EXPECT_TRUE(read_kerberos(framed(2, 0, "zz")).broken);
}

TEST(Kerberos, UserToUserHasMessagesOfItsOwn) {
  EXPECT_EQ(read_kerberos(framed(4, 0, "")).kind, Kind::tgt_req);
  EXPECT_EQ(read_kerberos(framed(4, 1, "")).kind, Kind::tgt_rep);
  EXPECT_EQ(read_kerberos(framed(5, 1, "")).kind, Kind::none);
}

TEST(Kerberos, AnErrorSaysWhoWhenAndWhy) {
  const std::string bytes = whole_error("");
  const KerberosToken token = read_kerberos(bytes);
  EXPECT_EQ(token.error_code, 37);
  EXPECT_EQ(token.error.server_time, 1772438400);
  EXPECT_EQ(token.error.client_time, 1772438400 - 300);
  EXPECT_EQ(token.error.client_realm, "FABRIKAM.COM");
  EXPECT_EQ(token.error.client, "anna");
  EXPECT_EQ(token.error.text, "Clock skew too great");
  EXPECT_FALSE(token.error.skew_recovery);
  EXPECT_FALSE(token.error.status);
}

TEST(Kerberos, WindowsSaysMoreInTheErrorsData) {
  const auto data = [](char type, const std::string& value) {
    return der('\x30',
               der('\xa1', number(type)) + (value.empty() ? "" : der('\xa2', der('\x04', value))));
  };
  const std::string recovery = whole_error(data(2, ""));
  EXPECT_TRUE(read_kerberos(recovery).error.skew_recovery);
  const std::string extended =
      whole_error(data(3, little_endian(0xC000006D, 4) + std::string(8, '\0')));
  EXPECT_EQ(read_kerberos(extended).error.status, 0xC000006DU);
  EXPECT_FALSE(read_kerberos(whole_error(data(3, "abc"))).error.status);
  EXPECT_FALSE(read_kerberos(whole_error("zz")).error.status);
}

}  // namespace
}  // namespace exotap
