// Where opening a connection would break what works without exotap, it passes untouched: at once,
// or from the next connection on.
#include <gtest/gtest.h>

#include <atomic>
#include <functional>

#include "proxy/wire/step_aside.h"
#include "tests/proxy/wire/hello_bytes.h"
#include "tests/proxy/wire/signal.h"
#include "tests/proxy/wire/tunnelled_fixture.h"

namespace exotap::test {
namespace {

class SteppingAsideTest : public TunnelledTest {
 protected:
  void expect_served(Peer& client, SslPtr tls) {
    ASSERT_TRUE(client.start_tls(std::move(tls))) << client.last_error();
    client.send(get("/x"));
    EXPECT_EQ(client.read(ok("/x").size()), ok("/x"));
  }
};

class ClientCertificates : public SteppingAsideTest, public ::testing::WithParamInterface<int> {};

TEST_P(ClientCertificates, AServerThatAsksForOneGetsTheClientsOwn) {
  // Whoever holds this pair proves to be the user; exotap does not hold it.
  SslCtxPtr server = ca_.server({});
  SSL_CTX_load_verify_file(server.get(), ca_.write_root(folder_ / "users.pem").c_str());
  SSL_CTX_set_verify(server.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  SSL_CTX_set_max_proto_version(server.get(), GetParam());
  std::atomic<int> proven = 0;
  serve_with(
      [&](Peer& client) {
        const X509Ptr user(SSL_get1_peer_certificate(client.ssl()));
        if (user) ++proven;
        echo_paths(client);
      },
      std::move(server));
  const SslCtxPtr holder = ca_.server({.name = "john"});
  for (int i = 0; i < 2; ++i) {
    SslPtr tls = plain_client();
    SSL_use_certificate(tls.get(), SSL_CTX_get0_certificate(holder.get()));
    SSL_use_PrivateKey(tls.get(), SSL_CTX_get0_privatekey(holder.get()));
    Peer client = connected();
    expect_served(client, std::move(tls));
  }
  EXPECT_EQ(proven, 2);
  EXPECT_EQ(record(0).handling, Handling::tunnelled);
  EXPECT_EQ(record(0).step_aside, "client_certificate_wanted");
  EXPECT_FALSE(record(0).fault) << record(0).fault.code;
  EXPECT_EQ(record(1).handling_reason, "client_certificate_wanted");
  EXPECT_EQ(record(1).step_aside, "") << "said once";
}

INSTANTIATE_TEST_SUITE_P(Versions, ClientCertificates,
                         ::testing::Values(TLS1_2_VERSION, TLS1_3_VERSION));

TEST_F(SteppingAsideTest, AServerThatAsksForOneAfterTheHandshakeGetsItOnTheNextConnection) {
  SslCtxPtr server = ca_.server({});
  SSL_CTX_load_verify_file(server.get(), ca_.write_root(folder_ / "users.pem").c_str());
  std::atomic<int> able = 0;
  serve_with(
      [&](Peer& client) {
        for (;;) {
          const std::string head = client.read_until("\r\n\r\n");
          if (!head.ends_with("\r\n\r\n")) return;
          if (head.starts_with("GET /private ")) {
            SSL_set_verify(client.ssl(), SSL_VERIFY_PEER, nullptr);
            if (SSL_verify_client_post_handshake(client.ssl()) == 1) ++able;
            SSL_do_handshake(client.ssl());
          }
          // What the client answers is read with its next request.
          const X509Ptr user(SSL_get1_peer_certificate(client.ssl()));
          client.send(ok(user ? "user" : "none"));
        }
      },
      std::move(server));
  const SslCtxPtr holder = ca_.server({.name = "john"});
  const auto who_is_seen = [&](Peer& client, SslPtr tls) {
    SSL_set_post_handshake_auth(tls.get(), 1);
    SSL_use_certificate(tls.get(), SSL_CTX_get0_certificate(holder.get()));
    SSL_use_PrivateKey(tls.get(), SSL_CTX_get0_privatekey(holder.get()));
    if (!client.start_tls(std::move(tls))) return client.last_error();
    client.send(get("/private"));
    EXPECT_EQ(client.read(ok("none").size()), ok("none"));
    client.send(get("/who"));
    return client.read(ok("none").size());
  };
  Peer first = connected();
  EXPECT_EQ(who_is_seen(first, client_tls(kHost, "\x08http/1.1")), ok("none"));
  EXPECT_EQ(able, 1) << "the server may ask, as it may ask the client";
  // While the first still stands.
  Peer second = connected();
  EXPECT_EQ(who_is_seen(second, plain_client()), ok("user"));
  Peer third = connected();
  EXPECT_EQ(who_is_seen(third, plain_client()), ok("user"));
  EXPECT_EQ(record(0).handling, Handling::opened);
  EXPECT_EQ(record(3).handling_reason, "client_certificate_wanted");
  EXPECT_EQ(record(3).step_aside, "client_certificate_wanted") << "told with the next connection";
  EXPECT_EQ(record(4).handling_reason, "client_certificate_wanted");
  EXPECT_EQ(record(4).step_aside, "") << "once";
}

TEST_F(SteppingAsideTest, AServerThatAsksForOneKeepsItsOwnFaultToo) {
  SslCtxPtr server = ca_.server({.ends_in = -60});
  SSL_CTX_load_verify_file(server.get(), ca_.write_root(folder_ / "users.pem").c_str());
  SSL_CTX_set_verify(server.get(), SSL_VERIFY_PEER, nullptr);
  serve_with([](Peer& client) { echo_paths(client); }, std::move(server));
  Peer client = connected();
  EXPECT_FALSE(client.start_tls(plain_client()));
  EXPECT_NE(client.last_error().find("certificate verify failed"), std::string::npos)
      << client.last_error();
  EXPECT_EQ(record(0).handling_reason, "client_certificate_wanted");
  EXPECT_EQ(record(0).tls.problems, std::vector{CertificateProblem::expired});
}

TEST_F(SteppingAsideTest, AClientThatRejectsOurCertificateIsLetThroughTheNextTime) {
  serve_tls([](Peer& client) { echo_paths(client); });
  Peer first = connected();
  EXPECT_FALSE(first.start_tls(plain_client()));
  EXPECT_EQ(record(0).tls.client_alert, "unknown_ca");
  EXPECT_EQ(record(0).step_aside, "client_rejects_leaf");
  Peer second = connected();
  expect_served(second, plain_client());
  EXPECT_EQ(record(1).handling, Handling::tunnelled);
  EXPECT_EQ(record(1).handling_reason, "client_rejects_leaf");
  EXPECT_TRUE(record(1).tls.established);
  EXPECT_EQ(record(1).tls.version, "1.3");
}

TEST_F(SteppingAsideTest, AnotherProgramIsStillOpened) {
  serve_tls([](Peer& client) { echo_paths(client); });
  Peer pinned = connected();
  EXPECT_FALSE(pinned.start_tls(plain_client()));
  Peer other = connected();
  expect_served(other, client_tls(kHost, "\x08http/1.1"));
  EXPECT_EQ(record(1).handling, Handling::opened);
}

// However long the server keeps its side open.
TEST_F(SteppingAsideTest, ClosingWithoutAWordTwiceIsARejectionToo) {
  Signal over;
  serve_tls([&](Peer& client) {
    if (client.read_until("\r\n\r\n").empty()) over.wait();
    client.send(ok("/x"));
  });
  for (int i = 0; i < 2; ++i) {
    Peer silent = open();
    silent.close();
    EXPECT_EQ(record(static_cast<std::size_t>(2 * i)).handling, Handling::opened);
    // The proxy learns of the close when it reads it; a connection of another host after it on the
    // same thread is served after that.
    Peer probe = dial_proxy();
    const std::string nobody = "127.0.0.1:" + std::to_string(closed_port());
    EXPECT_TRUE(connect(probe, nobody).starts_with("HTTP/1.1 50"));
  }
  Peer third = connected();
  expect_served(third, plain_client());
  EXPECT_EQ(record(4).step_aside, "client_rejects_leaf");
  third.close();
  over.raise();
  origin_.reset();  // its threads use what is here
}

// What is told of a client that left would be told of nobody: the next connection tells it.
TEST_F(SteppingAsideTest, ClosingInTheMiddleOfTheHandshakeTwiceIsToldWithTheThird) {
  serve_tls([](Peer& client) { echo_paths(client); });
  for (std::size_t i = 0; i < 2; ++i) {
    Peer silent = connected();
    silent.send(openssl_hello({.host = kHost}));
    EXPECT_NE(silent.read(1), "") << "exotap's certificate is on its way";
    silent.close();
    EXPECT_TRUE(record(i).client_aborted);
    EXPECT_EQ(record(i).step_aside, "");
  }
  Peer third = connected();
  expect_served(third, plain_client());
  EXPECT_EQ(record(2).handling_reason, "client_rejects_leaf");
  EXPECT_EQ(record(2).step_aside, "client_rejects_leaf");
}

// A leaf of ours cannot be shown to them: they meet the server's own at once.
TEST_F(SteppingAsideTest, AClientWithoutEcdsaPassesAtOnce) {
  serve_tls([](Peer& client) { echo_paths(client); }, {.rsa = true});
  const auto expect_passed = [&](std::size_t n, const std::function<void(SSL*)>& narrow) {
    SslPtr tls = plain_client();
    narrow(tls.get());
    Peer client = connected();
    expect_served(client, std::move(tls));
    EXPECT_EQ(record(n).handling_reason, "client_handshake_failed") << n;
    EXPECT_EQ(record(n).step_aside, "client_handshake_failed") << n;
    EXPECT_FALSE(record(n).fault) << n;
  };
  expect_passed(0, [](SSL* ssl) {
    SSL_set_max_proto_version(ssl, TLS1_2_VERSION);
    SSL_set_cipher_list(ssl, "ECDHE-RSA-AES128-GCM-SHA256");
  });
  expect_passed(1, [](SSL* ssl) { SSL_set1_sigalgs_list(ssl, "RSA-PSS+SHA256:RSA+SHA256"); });
}

TEST_F(SteppingAsideTest, AClientWithWhomWeDoNotGetOnPassesTheNextTime) {
  SslCtxPtr server = ca_.server({});
  SSL_CTX_set_ciphersuites(server.get(), "TLS_AES_128_GCM_SHA256:TLS_AES_128_CCM_SHA256");
  serve_with([](Peer& client) { echo_paths(client); }, std::move(server));
  const auto rare = [&] {
    SslPtr tls = plain_client();
    SSL_set_ciphersuites(tls.get(), "TLS_AES_128_CCM_SHA256");
    SSL_set_min_proto_version(tls.get(), TLS1_3_VERSION);
    return tls;
  };
  Peer first = connected();
  EXPECT_FALSE(first.start_tls(rare()));
  EXPECT_EQ(record(0).step_aside, "client_handshake_failed");
  EXPECT_FALSE(record(0).client_aborted) << "it did not leave";
  Peer second = connected();
  expect_served(second, rare());
  EXPECT_EQ(record(1).handling_reason, "client_handshake_failed");
}

TEST_F(SteppingAsideTest, AServerThatOnlyTheClientUnderstandsIsReachedByTheClient) {
  SslCtxPtr ancient = ca_.server({});
  SSL_CTX_set_security_level(ancient.get(), 0);
  SSL_CTX_set_min_proto_version(ancient.get(), TLS1_1_VERSION);
  SSL_CTX_set_max_proto_version(ancient.get(), TLS1_1_VERSION);
  serve_with([](Peer& client) { echo_paths(client); }, std::move(ancient));
  SslPtr old_client = plain_client();
  SSL_set_security_level(old_client.get(), 0);
  SSL_set_min_proto_version(old_client.get(), TLS1_VERSION);
  Peer client = connected();
  expect_served(client, std::move(old_client));
  EXPECT_EQ(record(0).step_aside, "server_handshake_failed");
  EXPECT_FALSE(record(0).fault) << record(0).fault.code;
  EXPECT_EQ(record(0).tls.version, "1.1");
  ASSERT_EQ(record(0).tls.chain.size(), 1U);
  EXPECT_EQ(record(0).tls.chain.front().subject_common_name, kHost);
}

TEST_F(SteppingAsideTest, WhatTheAnalysisFoundIsHeeded) {
  serve_tls([](Peer& client) { echo_paths(client); });
  EXPECT_TRUE(proxy_->step_aside(kHost, wire::kChannelBinding));
  EXPECT_FALSE(proxy_->step_aside(kHost, wire::kChannelBinding));
  Peer client = connected();
  expect_served(client, plain_client());
  EXPECT_EQ(record(0).handling_reason, "channel_binding");
}

TEST_F(SteppingAsideTest, RereadingTheTrustForgetsIt) {
  serve_tls([](Peer& client) { echo_paths(client); });
  proxy_->step_aside(kHost, wire::kChannelBinding);
  EXPECT_EQ(proxy_->reload_trust(), "");
  Peer client = open();
  client.send(get("/x"));
  EXPECT_EQ(client.read(ok("/x").size()), ok("/x"));
}

}  // namespace
}  // namespace exotap::test
