#include "app/doctor/free_port.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace exotap {

namespace asio = boost::asio;

bool port_is_free(const Endpoint& where) {
  boost::system::error_code error;
  const auto address = asio::ip::make_address(where.address, error);
  if (error) return false;
  asio::io_context context;
  asio::ip::tcp::acceptor acceptor(context);
  const asio::ip::tcp::endpoint endpoint(address, where.port);
  acceptor.open(endpoint.protocol(), error);
  // As the proxy itself does: old connections are no hindrance.
  if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(1, error);
  return !error;
}

}  // namespace exotap
