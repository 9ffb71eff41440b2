#include "app/lab/listener.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <list>
#include <thread>
#include <vector>

#include "app/lab/serve.h"

namespace exotap::lab {

using asio::ip::tcp;

struct Loopback::State {
  // What coroutines refer to stands before the io_context, which destroys them; what needs the
  // io_context stands behind it.
  std::list<VirtualEndpoint> endpoints;
  asio::io_context io{1};
  std::vector<tcp::acceptor> held;
  std::list<tcp::socket> fillers;
  std::thread thread;
};

namespace {

tcp::acceptor bound(asio::io_context& io) {
  tcp::acceptor acceptor(io);
  acceptor.open(tcp::v4());
  acceptor.bind({asio::ip::address_v4::loopback(), 0});
  return acceptor;
}

}  // namespace

Loopback::Loopback() : state_(std::make_unique<State>()) {}

Loopback::~Loopback() {
  state_->io.stop();
  if (state_->thread.joinable()) state_->thread.join();
}

std::uint16_t Loopback::listen(Behaviour behaviour, const Equipping& equip, Answering answering) {
  State& s = *state_;
  tcp::acceptor acceptor = bound(s.io);
  const tcp::endpoint local = acceptor.local_endpoint();
  if (behaviour == Behaviour::refused) {
    s.held.push_back(std::move(acceptor));  // bound, so that nobody else listens there
    return local.port();
  }
  if (behaviour == Behaviour::silent) {
    constexpr int kFillers = 4;
    acceptor.listen(0);
    for (int i = 0; i < kFillers; ++i) {
      // The system connects the first at once; the others wait in vain, as the client will.
      tcp::socket& filler = s.fillers.emplace_back(s.io, tcp::v4());
      filler.async_connect(local, [](const boost::system::error_code&) {});
    }
    s.held.push_back(std::move(acceptor));
    return local.port();
  }
  acceptor.listen();
  VirtualEndpoint& endpoint = s.endpoints.emplace_back();
  endpoint.behaviour = behaviour;
  endpoint.answering = std::move(answering);
  if (behaviour == Behaviour::normal) equip(endpoint.tls.native_handle());
  start_serving(std::move(acceptor), &endpoint);
  return local.port();
}

void Loopback::start() {
  state_->thread = std::thread([this] { state_->io.run(); });
}

}  // namespace exotap::lab
