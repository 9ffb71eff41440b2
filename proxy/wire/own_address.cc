#include "proxy/wire/own_address.h"

#include "proxy/wire/address_range.h"

namespace exotap::wire {
namespace {

// An address belongs to this computer where a socket can be bound to it. Asked only of targets at
// our own port, so it may cost a system call.
bool is_own(const asio::ip::address& address) {
  asio::io_context io(1);
  Socket probe(io);
  ErrorCode error;
  const asio::ip::tcp::endpoint any_port(address, 0);
  probe.open(any_port.protocol(), error);
  if (!error) probe.bind(any_port, error);
  return !error;
}

}  // namespace

OwnAddress::OwnAddress(const Endpoint& listening) : port_(listening.port) {
  ErrorCode error;
  address_ = plain(asio::ip::make_address(listening.address, error));
}

bool OwnAddress::is_at(const asio::ip::tcp::endpoint& target) const {
  if (target.port() != port_ || port_ == 0) return false;
  const asio::ip::address address = plain(target.address());
  // A connection to "any address" goes to loopback.
  if (address.is_unspecified() || address == address_) return true;
  return address_.is_unspecified() && (is_loopback(address) || is_own(target.address()));
}

bool is_refused_target(const Fault& fault) {
  return fault.type == FaultType::proxy &&
         (fault.code == kLeadsToItself || fault.code == kLeadsToThisComputer);
}

bool is_private_to_this_computer(const asio::ip::address& target) {
  return is_loopback(target) || is_link_local(target) || plain(target).is_unspecified();
}

}  // namespace exotap::wire
