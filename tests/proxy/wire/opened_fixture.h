// A proxy before one scripted server in TLS, and the small change of HTTP.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "tests/proxy/wire/proxy_fixture.h"

namespace exotap::test {

class OpenedTest : public ProxyTest {
 protected:
  void serve_tls(Origin::Script script, const LeafWish& wish = {}) {
    serve_with(std::move(script), ca_.server(wish));
  }
  void serve_with(Origin::Script script, SslCtxPtr context) {
    origin_ = std::make_unique<Origin>(std::move(script), std::move(context));
    serve(origin_->port());
    start();
  }

  static std::string get(const std::string& path) {
    return "GET " + path + " HTTP/1.1\r\nHost: mail.contoso.com\r\n\r\n";
  }
  static std::string post(const std::string& path, std::size_t size) {
    return "POST " + path +
           " HTTP/1.1\r\nHost: mail.contoso.com\r\nContent-Length: " + std::to_string(size) +
           "\r\n\r\n";
  }
  static std::string ok(std::string_view body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           std::string(body);
  }
  static std::string chunk(std::string_view data) {
    char size[20];
    std::snprintf(size, sizeof size, "%zx\r\n", data.size());
    return size + std::string(data) + "\r\n";
  }
  // Answers every request of a connection with its path.
  static void echo_paths(Peer& client) {
    for (;;) {
      const std::string head = client.read_until("\r\n\r\n");
      if (!head.ends_with("\r\n\r\n")) return;
      const std::size_t at = head.find(' ') + 1;
      client.send(ok(head.substr(at, head.find(' ', at) - at)));
    }
  }

  std::unique_ptr<Origin> origin_;
};

}  // namespace exotap::test
