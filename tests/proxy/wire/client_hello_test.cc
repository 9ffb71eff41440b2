// ClientHellos as clients send them, in any pieces, and what else may stand in their place.
#include "proxy/wire/client_hello.h"

#include <gtest/gtest.h>

#include "tests/proxy/wire/hello_bytes.h"

namespace exotap::wire {
namespace {

using namespace std::string_literals;
using test::hello_bytes;
using test::HelloWish;
using test::in_records;
using test::number;
using test::openssl_hello;
using test::vector;

std::string server_name_extension(const std::string& host) {
  return number(0, 2) + vector(vector(number(0, 1) + vector(host, 2), 2), 2);
}

TEST(ClientHelloOfOpenssl, TellsNameAlpnAndVersion) {
  const HelloResult read =
      read_client_hello(openssl_hello({.host = "Mail.Contoso.COM", .alpn = "\x02h2\x08http/1.1"}));
  ASSERT_EQ(read.state, HelloState::complete);
  EXPECT_EQ(read.hello.server_name, "mail.contoso.com");
  EXPECT_EQ(read.hello.alpn, (std::vector<std::string>{"h2", "http/1.1"}));
  EXPECT_TRUE(read.hello.offers_alpn("http/1.1"));
  EXPECT_FALSE(read.hello.offers_alpn("http/1"));
  EXPECT_TRUE(read.hello.takes_ecdsa);
  EXPECT_FALSE(read.hello.post_handshake_auth);
  EXPECT_EQ(read.hello.max_version, 0x0304);
}

TEST(ClientHelloOfOpenssl, OfAClientThatKnowsTls12Only) {
  const HelloResult read =
      read_client_hello(openssl_hello({.host = "a.example", .max_version = TLS1_2_VERSION}));
  ASSERT_EQ(read.state, HelloState::complete);
  EXPECT_EQ(read.hello.max_version, 0x0303);
}

TEST(ClientHelloOfOpenssl, WithoutNameAndAlpn) {
  const HelloResult read = read_client_hello(openssl_hello({}));
  ASSERT_EQ(read.state, HelloState::complete);
  EXPECT_EQ(read.hello.server_name, "");
  EXPECT_TRUE(read.hello.alpn.empty());
  EXPECT_FALSE(read.hello.offers_alpn("http/1.1"));
}

TEST(ClientHelloOfOpenssl, TellsTheCiphersItOffers) {
  const HelloResult read = read_client_hello(openssl_hello({}));
  EXPECT_TRUE(read.hello.offers_cipher(0x1301)) << "TLS_AES_128_GCM_SHA256";
  EXPECT_FALSE(read.hello.offers_cipher(0x0005)) << "TLS_RSA_WITH_RC4_128_SHA";
  EXPECT_FALSE(ClientHello{}.offers_cipher(0x1301));
}

TEST(ClientHelloOfOpenssl, EveryBeginningOfItWantsMore) {
  const std::string whole = openssl_hello({.host = "mail.contoso.com"});
  for (std::size_t n = 0; n < whole.size(); ++n) {
    ASSERT_EQ(read_client_hello(whole.substr(0, n)).state, HelloState::need_more) << n << " bytes";
  }
  EXPECT_EQ(read_client_hello(whole).state, HelloState::complete);
  EXPECT_EQ(read_client_hello(whole + "\x17\x03\x03").state, HelloState::complete);
}

class SplitHello : public ::testing::TestWithParam<std::size_t> {};

TEST_P(SplitHello, OverSeveralRecordsReadsTheSame) {
  const std::string message = openssl_hello({.host = "mail.contoso.com"}).substr(5);
  const std::string split = in_records(message, GetParam());
  const HelloResult read = read_client_hello(split);
  ASSERT_EQ(read.state, HelloState::complete);
  EXPECT_EQ(read.hello.server_name, "mail.contoso.com");
  for (std::size_t n = 0; n < split.size(); ++n) {
    ASSERT_EQ(read_client_hello(split.substr(0, n)).state, HelloState::need_more) << n << " bytes";
  }
}

INSTANTIATE_TEST_SUITE_P(RecordSizes, SplitHello, ::testing::Values(1, 3, 4, 5, 64, 200));

TEST(ClientHello, GreaseIsNoVersionAndNoObstacle) {
  // RFC 8701: 0x?A?A among extensions, versions and protocol names.
  const std::string grease_extension = number(0x1a1a, 2) + vector("", 2);
  const std::string versions = number(43, 2) + vector(vector("\x7a\x7a\x03\x04\x03\x03"s, 1), 2);
  const std::string alpn =
      number(16, 2) + vector(vector(vector("\x8a\x8a", 1) + vector("http/1.1", 1), 2), 2);
  const HelloResult read = read_client_hello(hello_bytes(
      {.extensions = grease_extension + server_name_extension("a.example") + versions + alpn}));
  ASSERT_EQ(read.state, HelloState::complete);
  EXPECT_EQ(read.hello.max_version, 0x0304);
  EXPECT_EQ(read.hello.server_name, "a.example");
  EXPECT_TRUE(read.hello.offers_alpn("http/1.1"));
}

TEST(ClientHello, WithoutExtensionsTheOldVersionFieldCounts) {
  const HelloResult read = read_client_hello(hello_bytes({.version = 0x0301, .bare = true}));
  ASSERT_EQ(read.state, HelloState::complete);
  EXPECT_EQ(read.hello.max_version, 0x0301);
}

TEST(ClientHello, ANameThatIsNoHostNameIsNone) {
  for (const std::string& bad :
       {""s, "a b"s, "a/b"s, "a\0b"s, "m\xc3\xbc.de"s, std::string(256, 'a')}) {
    const HelloResult read =
        read_client_hello(hello_bytes({.extensions = server_name_extension(bad)}));
    EXPECT_EQ(read.state, HelloState::complete);
    EXPECT_EQ(read.hello.server_name, "") << bad;
  }
}

TEST(ClientHello, OfSeveralNamesTheFirstHostNameCounts) {
  const std::string list = number(7, 1) + vector("other", 2) + number(0, 1) +
                           vector("a.example", 2) + number(0, 1) + vector("b.example", 2);
  const HelloResult read =
      read_client_hello(hello_bytes({.extensions = number(0, 2) + vector(vector(list, 2), 2)}));
  EXPECT_EQ(read.hello.server_name, "a.example");
}

TEST(ClientHello, KeepsNoMoreProtocolNamesThanTheBound) {
  std::string names;
  for (int i = 0; i < 200; ++i) names += vector("p" + std::to_string(i), 1);
  const HelloResult read =
      read_client_hello(hello_bytes({.extensions = number(16, 2) + vector(vector(names, 2), 2)}));
  ASSERT_EQ(read.state, HelloState::complete);
  EXPECT_EQ(read.hello.alpn.size(), kMaxAlpnNames);
}

TEST(ClientHello, ALengthThatLiesInsideAnExtensionLosesThatExtensionOnly) {
  const std::string lying = number(0, 2) + vector(number(400, 2) + "\0\0\x09"s + "a.example", 2);
  const std::string alpn = number(16, 2) + vector(vector(vector("http/1.1", 1), 2), 2);
  const HelloResult read = read_client_hello(hello_bytes({.extensions = lying + alpn}));
  EXPECT_EQ(read.state, HelloState::complete);
  EXPECT_EQ(read.hello.server_name, "");
  EXPECT_TRUE(read.hello.offers_alpn("http/1.1"));
}

TEST(ClientHello, ALengthThatLiesAboutAnExtensionIsMalformed) {
  EXPECT_EQ(
      read_client_hello(hello_bytes({.extensions = number(0, 2) + number(400, 2) + "abc"})).state,
      HelloState::malformed);
}

TEST(NoClientHello, OtherProtocolsAreTold) {
  for (const std::string& other : {"GET / HTTP/1.1\r\n\r\n"s, "SSH-2.0-x\r\n"s,
                                   "\x80\x2e\x01\x00\x02"s, "\x15\x03\x01\x00\x02\x02\x28"s,
                                   "\0\0\0\0"s, "\x16\x02\x01\x00\x10"s, "\x16\xfe\xfd\x00\x10"s}) {
    EXPECT_EQ(read_client_hello(other).state, HelloState::not_tls) << other;
    EXPECT_EQ(read_client_hello(other.substr(0, 2)).state, HelloState::not_tls) << other;
  }
}

TEST(NoClientHello, InATlsRecordIsMalformed) {
  const std::string hello = openssl_hello({.host = "mail.contoso.com"});
  const std::string message = hello.substr(5);
  EXPECT_EQ(read_client_hello("\x16\x03\x01\x00\x00"s).state, HelloState::malformed)
      << "no content";
  EXPECT_EQ(read_client_hello("\x16\x03\x01\xff\xff"s).state, HelloState::malformed)
      << "record too big";
  EXPECT_EQ(read_client_hello("\x16\x03\x03\x00\x04\x02\x00\x00\x00"s).state, HelloState::malformed)
      << "a ServerHello";
  EXPECT_EQ(read_client_hello("\x16\x03\x01\x00\x04\x01\x00\x00\x00"s).state, HelloState::malformed)
      << "an empty one";
  const std::string begun = in_records(message.substr(0, 100), 100);
  EXPECT_EQ(read_client_hello(begun + "\x15\x03\x03\x00\x02\x02\x28"s).state, HelloState::malformed)
      << "an alert in its middle";
}

TEST(NoClientHello, OverTheBoundIsMalformedBeforeItHasArrived) {
  const std::string announced = number(1, 1) + number(kMaxClientHello + 1, 3);
  EXPECT_EQ(read_client_hello("\x16\x03\x01\x00\x10"s + announced).state, HelloState::malformed);
  const std::string endless = number(1, 1) + number(kMaxClientHello, 3) + std::string(70'000, 'x');
  EXPECT_EQ(read_client_hello(in_records(endless, 16'000)).state, HelloState::malformed);
}

TEST(VersionName, IsTheFormOfTheFacts) {
  EXPECT_EQ(version_name(0x0304), "1.3");
  EXPECT_EQ(version_name(0x0303), "1.2");
  EXPECT_EQ(version_name(0x0301), "1.0");
  EXPECT_EQ(version_name(0x0300), "3.0");
  EXPECT_EQ(version_name(0x7a7a), "");
}

}  // namespace
}  // namespace exotap::wire
