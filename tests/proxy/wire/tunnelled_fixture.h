// Clients whose connections pass untouched, or should: they speak TLS with the server itself.
#pragma once

#include "tests/proxy/wire/opened_fixture.h"

namespace exotap::test {

class TunnelledTest : public OpenedTest {
 protected:
  struct PlainClient {
    int min_version = 0;
    int max_version = TLS1_3_VERSION;
    bool verifies = true;  // trusts the server's own authority alone, as clients without exotap do
  };
  SslPtr plain_client(const PlainClient& wish) {
    plain_.reset(SSL_CTX_new(TLS_client_method()));
    if (wish.verifies) {
      SSL_CTX_load_verify_file(plain_.get(), (folder_ / "root.pem").c_str());
      SSL_CTX_set_verify(plain_.get(), SSL_VERIFY_PEER, nullptr);
    }
    SslPtr ssl(SSL_new(plain_.get()));
    SSL_set_min_proto_version(ssl.get(), wish.min_version);
    SSL_set_max_proto_version(ssl.get(), wish.max_version);
    SSL_set_tlsext_host_name(ssl.get(), kHost);
    if (wish.verifies) SSL_set1_host(ssl.get(), kHost);
    SSL_set_connect_state(ssl.get());
    return ssl;
  }
  SslPtr plain_client() { return plain_client(PlainClient{}); }

  Peer connected() {
    Peer client = dial_proxy();
    EXPECT_TRUE(connect(client, "mail.contoso.com:443").starts_with("HTTP/1.1 200"));
    return client;
  }
  const Exchange& record(std::size_t n = 0) {
    const Exchange* exchange = recorder_.nth(n);
    static const Exchange none;
    EXPECT_NE(exchange, nullptr);
    return exchange == nullptr ? none : *exchange;
  }

 private:
  SslCtxPtr plain_;
};

}  // namespace exotap::test
