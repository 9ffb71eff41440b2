// What clients see of exotap's TLS: protocol names, tickets, and failures repeated as they were.
#include <gtest/gtest.h>

#include <atomic>

#include "tests/proxy/wire/hello_bytes.h"
#include "tests/proxy/wire/opened_fixture.h"

namespace exotap::test {
namespace {

class ClientTlsTest : public OpenedTest {
 protected:
  // What a client that offers these protocol names gets.
  std::string alpn_for(const char* offered) {
    Peer client = dial_proxy();
    connect(client, "mail.contoso.com:443");
    EXPECT_TRUE(client.start_tls(client_tls(kHost, offered))) << client.last_error();
    const unsigned char* chosen = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(client.ssl(), &chosen, &size);
    return {reinterpret_cast<const char*>(chosen), size};
  }
  // Visits once, and returns the session to come back with.
  SslSessionPtr visit(SSL_SESSION* known, bool& resumed, int max_version = TLS1_3_VERSION) {
    Peer client = dial_proxy();
    connect(client, "mail.contoso.com:443");
    SslPtr ssl = client_tls();
    SSL_set_max_proto_version(ssl.get(), max_version);
    if (verify_nothing_) SSL_set_verify(ssl.get(), SSL_VERIFY_NONE, nullptr);
    if (known != nullptr) SSL_set_session(ssl.get(), known);
    EXPECT_TRUE(client.start_tls(std::move(ssl))) << client.last_error();
    resumed = SSL_session_reused(client.ssl()) == 1;
    client.send(get("/1"));
    EXPECT_EQ(client.read(ok("/1").size()), ok("/1"));
    return SslSessionPtr(SSL_get1_session(client.ssl()));
  }
  bool verify_nothing_ = false;
};

TEST_F(ClientTlsTest, OfTheProtocolsAClientOffersHttp11IsTaken) {
  serve_tls([](Peer& client) { echo_paths(client); });
  EXPECT_EQ(alpn_for("\x02h2\x08http/1.1"), "http/1.1");
  EXPECT_EQ(alpn_for("\x08http/1.1"), "http/1.1");
}

TEST_F(ClientTlsTest, WhoOffersNothingIsPromisedNothing) {
  serve_tls([](Peer& client) { echo_paths(client); });
  EXPECT_EQ(alpn_for(nullptr), "");
}

TEST_F(ClientTlsTest, AClientsTicketIsGoodForItsNextConnection) {
  serve_tls([](Peer& client) { echo_paths(client); });
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    bool resumed = false;
    const SslSessionPtr session = visit(nullptr, resumed, version);
    EXPECT_FALSE(resumed);
    const SslSessionPtr next = visit(session.get(), resumed, version);
    EXPECT_TRUE(resumed) << version;
  }
}

TEST_F(ClientTlsTest, AMirroredBadLeafIsShownAtEveryConnection) {
  serve_tls([](Peer& client) { echo_paths(client); }, {.begins_in = -9000, .ends_in = -3600});
  verify_nothing_ = true;
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    bool resumed = false;
    const SslSessionPtr session = visit(nullptr, resumed, version);
    const SslSessionPtr next = visit(session.get(), resumed, version);
    EXPECT_FALSE(resumed) << version;
  }
}

// A server whose certificate is another one from some moment on.
struct Renewal {
  SslCtxPtr other;
  std::atomic<bool> done = false;

  static int choose(SSL* ssl, int* /*alert*/, void* self) {
    auto* renewal = static_cast<Renewal*>(self);
    if (renewal->done) SSL_set_SSL_CTX(ssl, renewal->other.get());
    return SSL_TLSEXT_ERR_OK;
  }
};

TEST_F(ClientTlsTest, ATicketFromBeforeADefectDoesNotHideIt) {
  Renewal renewal;
  renewal.other = ca_.server({.begins_in = -9000, .ends_in = -3600});
  SslCtxPtr context = ca_.server({});
  SSL_CTX_set_tlsext_servername_callback(context.get(), Renewal::choose);
  SSL_CTX_set_tlsext_servername_arg(context.get(), &renewal);
  SSL_CTX_set_num_tickets(context.get(), 0);  // so that exotap meets the new certificate
  serve_with([](Peer& client) { echo_paths(client); }, std::move(context));
  bool resumed = false;
  const SslSessionPtr session = visit(nullptr, resumed);
  renewal.done = true;
  Peer client = dial_proxy();
  connect(client, "mail.contoso.com:443");
  SslPtr ssl = client_tls();
  SSL_set_session(ssl.get(), session.get());
  EXPECT_FALSE(client.start_tls(std::move(ssl)));
  EXPECT_NE(client.last_error().find("certificate verify failed"), std::string::npos)
      << client.last_error();
}

TEST_F(ClientTlsTest, AResetDuringTheServersHandshakeIsAResetForTheClient) {
  Origin origin([](Peer& client) {
    client.read(50);
    client.close(true);
  });
  serve(origin.port());
  start();
  Peer client = dial_proxy();
  connect(client, "mail.contoso.com:443");
  client.send(openssl_hello({.host = kHost}));
  EXPECT_EQ(client.read_to_end(), "");
  EXPECT_TRUE(client.was_reset());
}

TEST_F(ClientTlsTest, AnEndDuringTheServersHandshakeIsAnEndForTheClient) {
  Origin origin([](Peer& client) {
    client.read(50);
    client.shutdown_send();
    client.read_to_end();
  });
  serve(origin.port());
  start();
  Peer client = dial_proxy();
  connect(client, "mail.contoso.com:443");
  EXPECT_FALSE(client.start_tls(client_tls()));
  EXPECT_NE(client.last_error().find("unexpected eof"), std::string::npos) << client.last_error();
  EXPECT_EQ(recorder_.nth(0)->fault.code, "EOF");
}

TEST_F(ClientTlsTest, WithoutACommonVersionTheClientIsToldThat) {
  SslCtxPtr ancient = ca_.server({});
  SSL_CTX_set_security_level(ancient.get(), 0);
  SSL_CTX_set_min_proto_version(ancient.get(), TLS1_1_VERSION);
  SSL_CTX_set_max_proto_version(ancient.get(), TLS1_1_VERSION);
  serve_with([](Peer& client) { client.read_to_end(); }, std::move(ancient));
  Peer client = dial_proxy();
  connect(client, "mail.contoso.com:443");
  SslPtr modern = client_tls();
  SSL_set_min_proto_version(modern.get(), TLS1_2_VERSION);
  EXPECT_FALSE(client.start_tls(std::move(modern)));
  EXPECT_NE(client.last_error().find("protocol version"), std::string::npos) << client.last_error();
  const Exchange* exchange = recorder_.nth(0);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->fault.type, FaultType::tls);
  EXPECT_TRUE(exchange->tls.problems.empty());
}

}  // namespace
}  // namespace exotap::test
