#include "proxy/wire/probe/probe_attempt.h"

#include <boost/asio/post.hpp>

#include "tests/proxy/wire/probe/probing.h"
#include "tests/proxy/wire/silent_port.h"

namespace exotap::test {
namespace {

using wire::Manner;
using wire::ProbeAttempt;

class ProbeAttemptTest : public Probing {
 protected:
  static wire::Task<void> go(ProbeAttempt& attempt) { co_await attempt.run(); }
  std::unique_ptr<ProbeAttempt> made(wire::ProbeRequest wanted, Manner manner = Manner::as_client,
                                     std::chrono::seconds patience = std::chrono::seconds(10)) {
    wanted_ = std::move(wanted);
    auto attempt = std::make_unique<ProbeAttempt>(alone_.thread, wanted_, manner, patience);
    loop_.begin(go(*attempt));
    EXPECT_TRUE(loop_.run());
    return attempt;
  }

  wire::ProbeRequest wanted_;
};

TEST_F(ProbeAttemptTest, ShakesHandsAndSaysNothing) {
  std::string heard = "not asked";
  auto origin =
      std::make_unique<Origin>([&](Peer& client) { heard = client.read_to_end(); }, ca_.server({}));
  const auto attempt = made(request(origin->port()));
  origin.reset();
  EXPECT_FALSE(attempt->fault()) << attempt->fault().code;
  EXPECT_EQ(attempt->no_answer(), "");
  EXPECT_EQ(heard, "");
  EXPECT_TRUE(attempt->tls().established);
  EXPECT_EQ(attempt->tls().version, "1.3");
  ASSERT_EQ(attempt->tls().chain.size(), 1U);
  EXPECT_TRUE(attempt->tls().problems.empty());
  EXPECT_EQ(attempt->server().address, "127.0.0.1");
  EXPECT_TRUE(attempt->timings().connect && attempt->timings().tls);
}

TEST_F(ProbeAttemptTest, ABadCertificateIsAFaultAndThereEveryTime) {
  Origin origin([](Peer& client) { client.read_to_end(); }, ca_.server({.ends_in = -60}));
  for (int i = 0; i < 2; ++i) {
    const auto attempt = made(request(origin.port()));
    EXPECT_EQ(attempt->fault().code, "CERTIFICATE_EXPIRED");
    EXPECT_EQ(attempt->tls().chain.size(), 1U) << "never resumed";
  }
}

TEST_F(ProbeAttemptTest, AsAClientItOffersTheClientsProtocolsAndAsExotapItsOwn) {
  Origin origin([](Peer& client) { client.read_to_end(); }, only_speaking(ca_.server({}), "h2"));
  const auto as_client = made(request(origin.port()));
  EXPECT_FALSE(as_client->fault()) << as_client->fault().code;
  EXPECT_EQ(as_client->tls().alpn, "h2");
  const auto as_exotap = made(request(origin.port()), Manner::as_exotap);
  EXPECT_EQ(as_exotap->fault().code, "alert no_application_protocol");
  wire::ProbeRequest modest = request(origin.port());
  modest.alpn = {"http/1.1"};
  EXPECT_EQ(made(modest)->fault().code, "alert no_application_protocol")
      << "a client that does not offer h2 fails without exotap, too";
}

TEST_F(ProbeAttemptTest, AgreesToOldTlsOnlyWhereThatIsTheQuestion) {
  SslCtxPtr old = ca_.server({});
  SSL_CTX_set_security_level(old.get(), 0);
  SSL_CTX_set_min_proto_version(old.get(), TLS1_VERSION);
  SSL_CTX_set_max_proto_version(old.get(), TLS1_1_VERSION);
  Origin origin([](Peer& client) { client.read_to_end(); }, std::move(old));
  EXPECT_TRUE(made(request(origin.port()))->fault());
  wire::ProbeRequest lenient = request(origin.port());
  lenient.lenient = true;
  const auto agreed = made(lenient);
  EXPECT_FALSE(agreed->fault()) << agreed->fault().detail;
  EXPECT_EQ(agreed->tls().version, "1.1");
  EXPECT_TRUE(made(lenient, Manner::as_exotap)->fault());
}

TEST_F(ProbeAttemptTest, TellsARefusedPortAndAServerThatHangsUp) {
  const auto refused = made(request(closed_port()));
  EXPECT_EQ(refused->fault().code, "ECONNREFUSED");
  EXPECT_EQ(refused->fault().stage, Stage::connect);
  EXPECT_FALSE(refused->fault().detail.empty());
  Origin origin([](Peer& client) {
    client.read(1);
    client.close();
  });
  const auto cut = made(request(origin.port()));
  EXPECT_EQ(cut->fault().type, FaultType::tls);
  EXPECT_EQ(cut->fault().stage, Stage::tls);
}

TEST_F(ProbeAttemptTest, HasNoMorePatienceThanItIsGiven) {
  const SilentPort silent;
  const auto attempt = made(request(silent.port()), Manner::as_client, std::chrono::seconds(1));
  EXPECT_EQ(attempt->fault().type, FaultType::timeout);
  EXPECT_EQ(attempt->fault().stage, Stage::connect);
  Origin mute([](Peer& client) { client.read_to_end(); });
  const auto shaking = made(request(mute.port()), Manner::as_client, std::chrono::seconds(1));
  EXPECT_EQ(shaking->fault().type, FaultType::timeout);
  EXPECT_EQ(shaking->fault().stage, Stage::tls);
}

TEST_F(ProbeAttemptTest, WithoutTlsTheConnectionIsAll) {
  Origin origin([](Peer& client) { client.read_to_end(); });
  wire::ProbeRequest plain = request(origin.port());
  plain.tls = false;
  const auto attempt = made(plain);
  EXPECT_FALSE(attempt->fault());
  EXPECT_FALSE(attempt->tls().attempted);
}

// Answers CONNECT with 200 and is the server then.
Origin::Script proxy_before(const TestCa& ca, std::string& asked) {
  return [&ca, &asked](Peer& client) {
    asked = client.read_until("\r\n\r\n");
    client.send("HTTP/1.1 200 fine\r\n\r\n");
    const SslCtxPtr context = ca.server({});
    SslPtr ssl(SSL_new(context.get()));
    SSL_set_accept_state(ssl.get());
    client.start_tls(std::move(ssl));
    client.read_to_end();
  };
}

TEST_F(ProbeAttemptTest, GoesThroughTheProxyAndNamesOnlyTheServer) {
  std::string asked;
  auto proxy = std::make_unique<Origin>(proxy_before(ca_, asked));
  const auto attempt = made(request_through(proxy->port()));
  proxy.reset();
  EXPECT_FALSE(attempt->fault()) << attempt->fault().detail;
  EXPECT_EQ(attempt->tls().chain.size(), 1U);
  EXPECT_EQ(attempt->server().address, "");
  EXPECT_EQ(asked, "CONNECT mail.contoso.com:443 HTTP/1.1\r\nHost: mail.contoso.com:443\r\n\r\n");
}

TEST_F(ProbeAttemptTest, SaysSoWhereTheProxyWantsASignInOfTheClient) {
  Origin proxy([](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send(
        "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n");
    client.read_to_end();
  });
  const auto attempt = made(request_through(proxy.port()));
  EXPECT_FALSE(attempt->fault());
  EXPECT_NE(attempt->no_answer().find("sign-in"), std::string::npos) << attempt->no_answer();
}

TEST_F(ProbeAttemptTest, AProxyThatRefusesOrIsDeadIsAFaultOfTheProxy) {
  Origin proxy([](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
    client.read_to_end();
  });
  const auto refused = made(request_through(proxy.port()));
  EXPECT_EQ(refused->fault().type, FaultType::proxy);
  EXPECT_EQ(refused->fault().code, "403");
  const auto dead = made(request_through(closed_port()));
  EXPECT_EQ(dead->fault().type, FaultType::proxy);
  EXPECT_EQ(dead->fault().code, "ECONNREFUSED");
  const auto unknown = made(request_through(1, "socks"));
  EXPECT_FALSE(unknown->no_answer().empty());
}

TEST_F(ProbeAttemptTest, EndsWhenItIsCancelled) {
  Origin mute([](Peer& client) { client.read_to_end(); });
  const wire::ProbeRequest wanted = request(mute.port());
  ProbeAttempt attempt(alone_.thread, wanted, Manner::as_client, std::chrono::seconds(60));
  loop_.begin(go(attempt));
  wire::asio::post(loop_.io(), [&] { attempt.cancel(); });
  EXPECT_TRUE(loop_.run());
  EXPECT_FALSE(attempt.no_answer().empty());
}

}  // namespace
}  // namespace exotap::test
