// Handshakes between two real endpoints, seen from outside in any pieces.
#include "proxy/wire/tls_observer.h"

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include "tests/proxy/wire/test_ca.h"

namespace exotap::wire {
namespace {

using State = TlsObserver::State;

struct Wish {
  int version = TLS1_3_VERSION;
  std::size_t piece = 1U << 16U;
  bool trusts = true;       // the client, the server
  bool wants_user = false;  // the server, a certificate of the client
  int server_least = TLS1_2_VERSION;
};

// One handshake in memory, its bytes shown to an observer on the way.
class Between {
 public:
  explicit Between(const Wish& wish) : wish_(wish), server_context_(ca_.server({})) {
    SSL_CTX_set_min_proto_version(server_context_.get(), wish.server_least);
    if (wish.wants_user) SSL_CTX_set_verify(server_context_.get(), SSL_VERIFY_PEER, nullptr);
    client_context_.reset(SSL_CTX_new(TLS_client_method()));
    SSL_CTX_set_max_proto_version(client_context_.get(), wish.version);
    if (!wish.trusts) SSL_CTX_set_verify(client_context_.get(), SSL_VERIFY_PEER, nullptr);
  }

  const TlsObserver& shake_hands(SSL_SESSION* session = nullptr) {
    client_.reset(SSL_new(client_context_.get()));
    server_.reset(SSL_new(server_context_.get()));
    if (session != nullptr) SSL_set_session(client_.get(), session);
    SSL_set_bio(client_.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    SSL_set_bio(server_.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    SSL_set_connect_state(client_.get());
    SSL_set_accept_state(server_.get());
    for (int round = 0; round < 6; ++round) {
      SSL_do_handshake(client_.get());
      move(client_.get(), server_.get(), true);
      SSL_do_handshake(server_.get());
      move(server_.get(), client_.get(), false);
    }
    return observer_;
  }

  [[nodiscard]] SSL* client() { return client_.get(); }
  TlsObserver& observer() { return observer_; }

 private:
  void move(SSL* from, SSL* to, bool by_client) {
    char bytes[32 * 1024];
    const int n = BIO_read(SSL_get_wbio(from), bytes, sizeof bytes);
    if (n <= 0) return;
    std::string_view all(bytes, static_cast<std::size_t>(n));
    BIO_write(SSL_get_rbio(to), bytes, n);
    for (; !all.empty(); all.remove_prefix(std::min(all.size(), wish_.piece))) {
      const std::string_view piece = all.substr(0, wish_.piece);
      if (by_client) {
        observer_.client_sent(piece);
      } else {
        observer_.server_sent(piece);
      }
    }
  }

  Wish wish_;
  test::TestCa ca_;
  SslCtxPtr server_context_, client_context_;
  SslPtr client_, server_;
  TlsObserver observer_;
};

class Handshakes : public ::testing::TestWithParam<std::size_t> {};

TEST_P(Handshakes, OfTls13ShowTheirHelloAndTheirEnd) {
  Between between({.piece = GetParam()});
  const TlsObserver& seen = between.shake_hands();
  EXPECT_EQ(seen.state(), State::established);
  EXPECT_EQ(seen.version(), 0x0304);
  EXPECT_EQ(seen.cipher() >> 8U, 0x13);
  EXPECT_TRUE(seen.certificates().empty());
}

TEST_P(Handshakes, OfTls12ShowTheCertificateToo) {
  Between between({.version = TLS1_2_VERSION, .piece = GetParam()});
  const TlsObserver& seen = between.shake_hands();
  EXPECT_EQ(seen.state(), State::established);
  EXPECT_EQ(seen.version(), 0x0303);
  ASSERT_EQ(seen.certificates().size(), 1U);
  const std::string& der = seen.certificates().front();
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const X509Ptr leaf(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  ASSERT_NE(leaf, nullptr);
  EXPECT_EQ(X509_check_host(leaf.get(), "mail.contoso.com", 0, 0, nullptr), 1);
  EXPECT_FALSE(seen.client_certificate_wanted());
}

TEST_P(Handshakes, ThatAreResumedAreEstablishedWithoutACertificate) {
  Between first({.version = TLS1_2_VERSION, .piece = GetParam()});
  first.shake_hands();
  const SslSessionPtr session(SSL_get1_session(first.client()));
  SSL_set_shutdown(first.client(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
  first.observer() = TlsObserver();
  EXPECT_EQ(first.shake_hands(session.get()).state(), State::established);
  EXPECT_EQ(SSL_session_reused(first.client()), 1);
  EXPECT_TRUE(first.observer().certificates().empty());
}

TEST_P(Handshakes, ThatTheClientBreaksOffAreRefused) {
  Between old({.version = TLS1_2_VERSION, .piece = GetParam(), .trusts = false});
  EXPECT_EQ(old.shake_hands().state(), State::refused);
  EXPECT_EQ(old.observer().client_alert(), SSL_AD_UNKNOWN_CA);
  Between modern({.piece = GetParam(), .trusts = false});
  EXPECT_EQ(modern.shake_hands().state(), State::refused);
  EXPECT_EQ(modern.observer().client_alert(), SSL_AD_UNKNOWN_CA) << "OpenSSL says it in clear";
}

TEST_P(Handshakes, ThatTheServerBreaksOffAreRefused) {
  Between between({.version = TLS1_2_VERSION, .piece = GetParam(), .server_least = TLS1_3_VERSION});
  EXPECT_EQ(between.shake_hands().state(), State::refused);
  EXPECT_EQ(between.observer().server_alert(), SSL_AD_PROTOCOL_VERSION);
}

TEST_P(Handshakes, ShowInTls12ThatAClientCertificateIsWanted) {
  Between between({.version = TLS1_2_VERSION, .piece = GetParam(), .wants_user = true});
  EXPECT_TRUE(between.shake_hands().client_certificate_wanted());
}

INSTANTIATE_TEST_SUITE_P(Pieces, Handshakes, ::testing::Values(1, 7, 1U << 16U));

// A ServerHello of TLS 1.3, as short as it can be.
std::string hello13() {
  using namespace std::string_literals;
  const std::string extensions = "\x00\x06\x00\x2b\x00\x02\x03\x04"s;
  const std::string body = "\x03\x03"s + std::string(32, 'r') + "\x00\x13\x01\x00"s + extensions;
  const std::string message = "\x02\x00\x00"s + static_cast<char>(body.size()) + body;
  return "\x16\x03\x03\x00"s + static_cast<char>(message.size()) + message;
}

std::string secret_record(char size) {
  using namespace std::string_literals;
  return "\x17\x03\x03\x00"s + size + std::string(static_cast<std::size_t>(size), 's');
}

TEST(TlsObserverTest, AnEncryptedAlertIsToldFromAFinishedByItsSize) {
  TlsObserver refused;
  refused.server_sent(hello13());
  EXPECT_EQ(refused.version(), 0x0304);
  refused.client_sent(secret_record(19));
  EXPECT_EQ(refused.state(), State::refused);
  EXPECT_TRUE(refused.client_refused_in_secret());
  TlsObserver finished;
  finished.server_sent(hello13());
  finished.client_sent(secret_record(53));
  EXPECT_EQ(finished.state(), State::established);
}

TEST(TlsObserverTest, WhatIsNoTlsIsLeftAlone) {
  TlsObserver greeting;
  greeting.server_sent("220 ready\r\n");
  EXPECT_EQ(greeting.state(), State::not_tls);
  EXPECT_TRUE(greeting.saw_server());
  EXPECT_FALSE(greeting.saw_client());
}

TEST(TlsObserverTest, AHandshakeWithoutEndIsGivenUp) {
  TlsObserver observer;
  const std::string record = std::string("\x16\x03\x03\x40\x00", 5) + std::string(16384, '\x01');
  for (int i = 0; i < 8; ++i) observer.server_sent(record);
  EXPECT_EQ(observer.state(), State::not_tls);
}

}  // namespace
}  // namespace exotap::wire
