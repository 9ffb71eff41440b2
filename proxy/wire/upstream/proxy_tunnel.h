// A tunnel through a proxy that is itself spoken to in TLS, as a socket: so that the server's TLS
// can run inside it like over any other connection. Costs a pair of loopback sockets; only https://
// proxies need it.
#pragma once

#include <memory>
#include <string>

#include "proxy/wire/leg.h"
#include "proxy/wire/server_tls.h"
#include "proxy/wire/tunnel.h"

namespace exotap::wire {

// Lives on one I/O thread. Between begin() and the return of ended() it must not be destroyed.
class ProxyTunnel {
 public:
  // `proxy` has its tunnel; `identity` is that of its TLS.
  ProxyTunnel(IoThread& thread, std::unique_ptr<ServerIdentity> identity,
              std::unique_ptr<Leg> proxy)
      : thread_(thread), identity_(std::move(identity)), proxy_(std::move(proxy)) {}

  // `rest`: what came from the server already. The other end goes to `near`; an error where the
  // system gives no sockets.
  [[nodiscard]] ErrorCode begin(std::string rest, Socket& near);
  // Ends it, where that has not happened, and waits for it.
  [[nodiscard]] Task<void> ended();

 private:
  using Timer = asio::basic_waitable_timer<SteadyClock, asio::wait_traits<SteadyClock>, Executor>;
  [[nodiscard]] Task<void> run(std::string rest);

  IoThread& thread_;
  std::unique_ptr<ServerIdentity> identity_;  // outlives the TLS
  std::unique_ptr<Leg> proxy_;
  std::unique_ptr<Leg> far_;
  Timer* waiting_ = nullptr;
  bool running_ = false;
};

}  // namespace exotap::wire
