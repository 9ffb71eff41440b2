// A proxy behind exotap that runs a script, for tests of what goes through it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/proxy/wire/opened_fixture.h"

namespace exotap::test {

inline constexpr const char* kEstablished =
    "HTTP/1.1 200 Connection established\r\nVia: 1.1 up\r\n\r\n";

inline std::string refusal(int status, const std::string& fields, const std::string& body = "no") {
  return "HTTP/1.1 " + std::to_string(status) + " No\r\n" + fields +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

class UpstreamFixture : public OpenedTest {
 protected:
  // An upstream proxy that runs this script, in TLS with a certificate.
  wire::Hop upstream(Origin::Script script, SslCtxPtr tls = nullptr) {
    const auto kind = tls ? wire::Hop::Kind::https : wire::Hop::Kind::http;
    proxies_.push_back(std::make_unique<Origin>(std::move(script), std::move(tls)));
    return {kind, {"127.0.0.1", proxies_.back()->port()}};
  }
  void go_through(const wire::Hop& hop) {
    settings_.upstream.type = wire::UpstreamType::fixed;
    settings_.upstream.proxy = hop;
  }
  // What a PAC file might say.
  void go_by(std::vector<std::string> words, std::string problem = {}) {
    settings_.upstream.type = wire::UpstreamType::pac;
    settings_.upstream.ask = [words, problem](const std::vector<std::string>& urls) {
      wire::ProxyAnswer answer;
      answer.words = words;
      answer.problem = problem;
      return std::vector<wire::ProxyAnswer>(urls.size(), answer);
    };
  }
  static std::string dead() { return "http://127.0.0.1:" + std::to_string(closed_port()); }
  const Exchange& record(std::size_t n = 0) {
    const Exchange* exchange = recorder_.nth(n);
    static const Exchange kNone;
    EXPECT_NE(exchange, nullptr);
    return exchange != nullptr ? *exchange : kNone;
  }
  static void echo(Peer& peer) {
    for (std::string some = peer.read(1); !some.empty(); some = peer.read(1)) peer.send(some);
  }
  // A tunnel proxy that works: to whatever port this origin listens on.
  static void splice(Peer& client, std::uint16_t port) {
    client.read_until("\r\n\r\n");
    Peer server = Peer::dial(port);
    client.send(kEstablished);
    std::thread back([&] {
      for (std::string s = server.read(1); !s.empty(); s = server.read(1)) client.send(s);
      client.abandon();
    });
    for (std::string s = client.read(1); !s.empty(); s = client.read(1)) server.send(s);
    server.abandon();
    back.join();
  }

  std::vector<std::unique_ptr<Origin>> proxies_;
};

}  // namespace exotap::test
