// An I/O thread of the test's own for what asks servers by itself, and questions to ask.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "certs/client_context.h"
#include "proxy/wire/probe/probe.h"
#include "tests/proxy/wire/loop.h"
#include "tests/proxy/wire/origin.h"
#include "tests/proxy/wire/relay_alone.h"
#include "tests/proxy/wire/test_ca.h"

namespace exotap::test {

inline constexpr const char* kAsked = "mail.contoso.com";

// A server's context that speaks nothing but this protocol and ends other handshakes (RFC 7301
// section 3.2), as `openssl s_server -alpn` does.
inline SslCtxPtr only_speaking(SslCtxPtr context, const char* protocol) {
  SSL_CTX_set_alpn_select_cb(
      context.get(),
      [](SSL*, const unsigned char** out, unsigned char* size, const unsigned char* in,
         unsigned in_size, void* wanted) {
        const std::string_view name(static_cast<const char*>(wanted));
        for (unsigned at = 0; at < in_size; at += in[at] + 1U) {
          const std::string_view one(reinterpret_cast<const char*>(in) + at + 1, in[at]);
          if (one != name) continue;
          *out = in + at + 1;
          *size = in[at];
          return SSL_TLSEXT_ERR_OK;
        }
        return SSL_TLSEXT_ERR_ALERT_FATAL;
      },
      const_cast<char*>(protocol));
  return context;
}

class Probing : public ::testing::Test {
 protected:
  Probing() {
    char pattern[] = "/tmp/exotap-probe-XXXXXX";
    folder_ = mkdtemp(pattern);
    const std::vector<std::string> anchors = {ca_.write_root(folder_ / "root.pem").string()};
    Outcome<SslCtxPtr> context = make_client_context(anchors, false);
    wire::keep_sessions(context->get());
    alone_.thread.client_context = std::move(*context);
  }
  ~Probing() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  // A server of ours at this port of loopback, as a plain client would ask it.
  static wire::ProbeRequest request(std::uint16_t port, ProbeKind kind = ProbeKind::control) {
    wire::ProbeRequest made;
    made.kind = kind;
    made.about = 7;
    made.connection_id = 3;
    made.client = {"127.0.0.1", 50000};
    made.scheme = "https";
    made.host = kAsked;
    made.port = 443;
    made.address = {"127.0.0.1", port};
    made.tls = true;
    made.server_name = kAsked;
    made.alpn = {"h2", "http/1.1"};
    made.max_version = 0x0304;
    return made;
  }
  // The same through a proxy at this port, that speaks plainly or in TLS.
  static wire::ProbeRequest request_through(std::uint16_t port, const char* scheme = "http") {
    wire::ProbeRequest made = request(0);
    made.address = {};
    made.upstream_address = std::string(scheme) + "://127.0.0.1:" + std::to_string(port);
    made.upstream_type = "fixed";
    return made;
  }

  TestCa ca_;
  std::filesystem::path folder_;
  RelayAlone alone_;
  Loop loop_{alone_.thread.io};
};

}  // namespace exotap::test
