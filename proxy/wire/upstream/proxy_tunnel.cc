#include "proxy/wire/upstream/proxy_tunnel.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <utility>

namespace exotap::wire {
namespace {

// Two ends of one connection. Loopback TCP, because every platform has it: the connection to a
// listener that is already listening stands at once. Somebody else may be quicker: the ends are
// compared.
ErrorCode make_pair(asio::io_context& io, Socket& near, Socket& far) {
  ErrorCode error;
  const asio::ip::tcp::endpoint loopback(asio::ip::address_v4::loopback(), 0);
  Acceptor acceptor(io);
  acceptor.open(loopback.protocol(), error);
  if (!error) acceptor.bind(loopback, error);
  if (!error) acceptor.listen(1, error);
  if (error) return error;
  const auto where = acceptor.local_endpoint(error);
  if (!error) near.open(where.protocol(), error);
  if (!error) near.connect(where, error);
  if (!error) acceptor.accept(far, error);
  if (error) return error;
  if (far.remote_endpoint(error) != near.local_endpoint(error)) {
    return asio::error::connection_aborted;
  }
  for (Socket* socket : {&near, &far}) {
    if (!error) socket->non_blocking(true, error);
    if (!error) socket->set_option(asio::ip::tcp::no_delay(true), error);
  }
  return error;
}

}  // namespace

ErrorCode ProxyTunnel::begin(std::string rest, Socket& near) {
  Socket far(thread_.io);
  if (const ErrorCode error = make_pair(thread_.io, near, far)) return error;
  far_ = std::make_unique<Leg>(std::move(far), thread_.pool);
  running_ = true;
  asio::co_spawn(thread_.io, run(std::move(rest)), asio::detached);
  return {};
}

Task<void> ProxyTunnel::run(std::string rest) {
  co_await far_->write(rest);
  Tunnel tunnel(thread_, *far_, *proxy_);
  co_await tunnel.run();
  running_ = false;
  if (waiting_ != nullptr) waiting_->cancel();
}

Task<void> ProxyTunnel::ended() {
  if (far_) far_->close();
  proxy_->close();
  Timer timer(thread_.io);
  timer.expires_at(SteadyClock::time_point::max());
  waiting_ = &timer;
  while (running_) co_await timer.async_wait(as_result);
  waiting_ = nullptr;
}

}  // namespace exotap::wire
