// One connection of exotap's own to a server, as far as TLS: to see how it goes. Nothing is asked
// inside, and nothing of any client's request is in it.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "proxy/wire/deadlines.h"
#include "proxy/wire/dial.h"
#include "proxy/wire/leg.h"
#include "proxy/wire/probe/probe_request.h"
#include "proxy/wire/server_tls.h"
#include "proxy/wire/upstream/proxy_tunnel.h"
#include "proxy/wire/upstream/route.h"

namespace exotap::wire {

// In whose manner TLS is spoken: the ALPN and versions of the client, or what exotap makes of them
// where it opens a connection.
enum class Manner : std::uint8_t { as_client, as_exotap };

// Lives on one I/O thread, at least until run() has returned; run() is called once.
class ProbeAttempt : private Deadline {
 public:
  // `request` must outlive it. The whole of it takes no longer than `patience`.
  ProbeAttempt(IoThread& thread, const ProbeRequest& request, Manner manner,
               std::chrono::seconds patience)
      : Deadline(thread.deadlines),
        thread_(thread),
        request_(request),
        manner_(manner),
        patience_(patience) {}

  // Through the same proxy where there was one, signing in there only as exotap itself may.
  [[nodiscard]] Task<void> run();
  // Ends it now.
  void cancel();

  // How it went; a bad certificate is a fault as it is on a client's connection.
  [[nodiscard]] const Fault& fault() const { return fault_; }
  // Why nothing can be said; else empty.
  [[nodiscard]] const std::string& no_answer() const { return no_answer_; }
  [[nodiscard]] const Endpoint& server() const { return server_; }
  [[nodiscard]] const Timings& timings() const { return timings_; }
  [[nodiscard]] const TlsRecord& tls() const { return tls_; }

 private:
  void expired() override;
  [[nodiscard]] Task<void> go();
  [[nodiscard]] Task<bool> dial(HostPort target);
  [[nodiscard]] Task<bool> dial_proxy(const Hop& hop);
  [[nodiscard]] Task<bool> pass_proxy(const Hop& hop);
  [[nodiscard]] bool enter_tunnel(const Hop& hop, std::string rest);
  [[nodiscard]] SslPtr make_ssl();
  [[nodiscard]] Task<void> shake_hands();

  IoThread& thread_;
  const ProbeRequest& request_;
  const Manner manner_;
  const std::chrono::seconds patience_;
  ServerIdentity identity_;  // outlives leg_'s TLS
  std::unique_ptr<ServerIdentity> proxy_identity_;
  std::unique_ptr<ProxyTunnel> tunnel_;
  std::unique_ptr<Dial> dial_;
  std::unique_ptr<Leg> leg_;
  bool timed_out_ = false;
  bool cancelled_ = false;
  Fault fault_;
  std::string no_answer_;
  Endpoint server_;
  Timings timings_;
  TlsRecord tls_;
};

}  // namespace exotap::wire
