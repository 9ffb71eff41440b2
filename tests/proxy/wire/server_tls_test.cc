// What servers see of exotap's TLS, what the record says of theirs, and resumption.
#include "proxy/wire/server_tls.h"

#include <gtest/gtest.h>

#include <boost/asio/error.hpp>
#include <mutex>

#include "tests/proxy/wire/opened_fixture.h"

namespace exotap::test {
namespace {

using State = wire::HandshakeResult::State;

wire::HandshakeResult ended(State state, const wire::ErrorCode& error = {}, int alert = -1) {
  wire::HandshakeResult result;
  result.state = state;
  result.error = error;
  result.alert = alert;
  result.detail = "its words";
  return result;
}

TEST(HandshakeFault, SaysHowItEnded) {
  namespace error = boost::asio::error;
  EXPECT_FALSE(wire::handshake_fault(ended(State::done), false));
  EXPECT_EQ(wire::handshake_fault(ended(State::alert, {}, 40), false).code,
            "alert handshake_failure");
  EXPECT_EQ(wire::handshake_fault(ended(State::cut, error::eof), false).code, "EOF");
  EXPECT_EQ(wire::handshake_fault(ended(State::cut, error::connection_reset), false).code,
            "ECONNRESET");
  EXPECT_EQ(wire::handshake_fault(ended(State::not_tls), false).code, "NOT_TLS");
  const Fault failed = wire::handshake_fault(ended(State::failed), false);
  EXPECT_EQ(failed.code, "HANDSHAKE_FAILED");
  EXPECT_EQ(failed.detail, "its words");
  EXPECT_EQ(failed.type, FaultType::tls);
  EXPECT_EQ(failed.stage, Stage::tls);
}

TEST(HandshakeFault, OutOfTimeIsATimeoutHoweverItEnded) {
  const Fault fault =
      wire::handshake_fault(ended(State::cut, boost::asio::error::operation_aborted), true);
  EXPECT_EQ(fault.type, FaultType::timeout);
  EXPECT_EQ(fault.stage, Stage::tls);
  EXPECT_EQ(fault.code, "ETIMEDOUT");
}

TEST(CertificateFault, IsTheFirstProblemAndNeverWithoutOne) {
  TlsRecord tls;
  EXPECT_FALSE(wire::certificate_fault(tls));
  tls.problems = {CertificateProblem::wrong_name, CertificateProblem::expired};
  tls.verify_detail = "hostname mismatch";
  const Fault fault = wire::certificate_fault(tls);
  EXPECT_EQ(fault.type, FaultType::tls);
  EXPECT_EQ(fault.code, "CERTIFICATE_WRONG_NAME");
  EXPECT_EQ(fault.detail, "hostname mismatch");
}

TEST(CertificateFault, HasANameForEveryProblem) {
  for (int p = 0; p <= static_cast<int>(CertificateProblem::other); ++p) {
    TlsRecord tls;
    tls.problems = {static_cast<CertificateProblem>(p)};
    EXPECT_TRUE(wire::certificate_fault(tls).code.starts_with("CERTIFICATE_")) << p;
  }
}

// What a server saw of one connection.
struct Seen {
  std::string name;
  int version = 0;
  bool resumed = false;
  std::string offered_alpn;
};

class ServerTlsTest : public OpenedTest {
 protected:
  // Serves many requests a connection, and notes each handshake.
  void serve_noting(const LeafWish& wish = {}, int max_version = TLS1_3_VERSION) {
    SslCtxPtr context = ca_.server(wish);
    SSL_CTX_set_max_proto_version(context.get(), max_version);
    SSL_CTX_set_alpn_select_cb(context.get(), choose_alpn, this);
    serve_with(
        [this](Peer& client) {
          {
            const std::lock_guard lock(mutex_);
            const char* name = SSL_get_servername(client.ssl(), TLSEXT_NAMETYPE_host_name);
            seen_.push_back({name != nullptr ? name : "", SSL_version(client.ssl()),
                             SSL_session_reused(client.ssl()) == 1, offered_});
            offered_.clear();
          }
          echo_paths(client);
        },
        std::move(context));
  }
  static int choose_alpn(SSL* /*ssl*/, const unsigned char** out, unsigned char* out_size,
                         const unsigned char* offered, unsigned size, void* self) {
    auto* test = static_cast<ServerTlsTest*>(self);
    const std::lock_guard lock(test->mutex_);
    test->offered_.assign(reinterpret_cast<const char*>(offered), size);
    *out = offered + 1;
    *out_size = offered[0];
    return SSL_TLSEXT_ERR_OK;
  }
  // One request on a connection of its own.
  void visit(SslPtr ssl = nullptr) {
    Peer client = dial_proxy();
    connect(client, "mail.contoso.com:443");
    ASSERT_TRUE(client.start_tls(ssl ? std::move(ssl) : client_tls())) << client.last_error();
    client.send(get("/1"));
    ASSERT_EQ(client.read(ok("/1").size()), ok("/1"));
    client.close();
  }
  std::vector<Seen> seen() {
    const std::lock_guard lock(mutex_);
    return seen_;
  }
  // The record of the n-th CONNECT: each visit makes two.
  const Exchange& connect_record(std::size_t n) { return *recorder_.nth(2 * n); }

  std::mutex mutex_;
  std::vector<Seen> seen_;
  std::string offered_;
};

TEST_F(ServerTlsTest, TheServerIsAskedForTheClientsName) {
  serve_noting();
  visit();
  ASSERT_EQ(seen().size(), 1U);
  EXPECT_EQ(seen()[0].name, "mail.contoso.com");
  EXPECT_EQ(seen()[0].version, TLS1_3_VERSION);
}

TEST_F(ServerTlsTest, AClientThatOffersAlpnHasHttp11AskedForItAndNothingNewer) {
  serve_noting();
  visit(client_tls(kHost, "\x02h2\x08http/1.1"));
  EXPECT_EQ(seen().at(0).offered_alpn, "\x08http/1.1");
  EXPECT_EQ(connect_record(0).tls.alpn, "http/1.1");
  EXPECT_EQ(connect_record(0).tls.client_alpn, (std::vector<std::string>{"h2", "http/1.1"}));
}

TEST_F(ServerTlsTest, AClientThatOffersNoAlpnHasNoneAskedForIt) {
  serve_noting();
  visit();
  EXPECT_EQ(seen().at(0).offered_alpn, "");
  EXPECT_EQ(connect_record(0).tls.alpn, "");
}

TEST_F(ServerTlsTest, AnOldClientsLimitIsTheServersLimitToo) {
  serve_noting();
  SslPtr old = client_tls();
  SSL_set_max_proto_version(old.get(), TLS1_2_VERSION);
  visit(std::move(old));
  EXPECT_EQ(seen().at(0).version, TLS1_2_VERSION);
  EXPECT_EQ(connect_record(0).tls.version, "1.2");
  EXPECT_EQ(connect_record(0).tls.client_version, "1.2");
  EXPECT_EQ(connect_record(0).tls.client_max_version, "1.2");
}

TEST_F(ServerTlsTest, AnOldServerIsServedToANewClient) {
  serve_noting({}, TLS1_2_VERSION);
  visit();
  EXPECT_EQ(connect_record(0).tls.version, "1.2");
  EXPECT_EQ(connect_record(0).tls.client_version, "1.3");
}

class Resumption : public ServerTlsTest, public ::testing::WithParamInterface<int> {};

TEST_P(Resumption, TheSecondConnectionIsResumedAndBringsNoChain) {
  serve_noting({}, GetParam());
  visit();
  visit();
  ASSERT_EQ(seen().size(), 2U);
  EXPECT_FALSE(seen()[0].resumed);
  EXPECT_TRUE(seen()[1].resumed);
  EXPECT_FALSE(connect_record(0).tls.resumed);
  EXPECT_EQ(connect_record(0).tls.chain.size(), 1U);
  EXPECT_TRUE(connect_record(1).tls.resumed);
  EXPECT_TRUE(connect_record(1).tls.chain.empty());
  EXPECT_TRUE(connect_record(1).tls.problems.empty());
  EXPECT_TRUE(connect_record(1).tls.established);
}

INSTANTIATE_TEST_SUITE_P(Versions, Resumption, ::testing::Values(TLS1_2_VERSION, TLS1_3_VERSION),
                         [](const auto& v) {
                           return v.param == TLS1_2_VERSION ? "tls12" : "tls13";
                         });

TEST_F(ServerTlsTest, ABadCertificateIsLookedAtEachTime) {
  settings_.accepted_bad_hosts = {kHost};
  serve_noting({.begins_in = -9000, .ends_in = -3600});
  visit();
  visit();
  EXPECT_FALSE(seen().at(1).resumed);
  for (std::size_t n = 0; n < 2; ++n) {
    EXPECT_FALSE(connect_record(n).tls.resumed);
    EXPECT_EQ(connect_record(n).tls.problems.size(), 1U);
    EXPECT_EQ(connect_record(n).tls.chain.size(), 1U);
  }
}

TEST_F(ServerTlsTest, NewTrustForgetsTheSessionsOfTheOld) {
  serve_noting();
  visit();
  ASSERT_EQ(proxy_->reload_trust(), "");
  visit();
  EXPECT_FALSE(seen().at(1).resumed);
}

TEST_F(ServerTlsTest, EveryExchangeTellsTheConnectionsTlsButNotItsChain) {
  serve_noting();
  visit();
  const Exchange* request = recorder_.nth(1);
  ASSERT_NE(request, nullptr);
  EXPECT_EQ(request->tls.version, "1.3");
  EXPECT_FALSE(request->tls.cipher.empty());
  EXPECT_TRUE(request->tls.chain.empty());
}

}  // namespace
}  // namespace exotap::test
