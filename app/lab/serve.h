// One virtual endpoint's connections: accept, misbehave or speak TLS, answer HTTP/1.1 requests.
// Only listener.cc and serve.cc include this: Asio and Beast compile slowly.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <functional>

#include "app/lab/message.h"
#include "app/lab/story.h"

namespace exotap::lab {

namespace asio = boost::asio;

struct VirtualEndpoint {
  Behaviour behaviour = Behaviour::normal;
  std::function<Answer(Request)> answering;
  asio::ssl::context tls{asio::ssl::context::tls_server};
  int connections = 0;  // open now
};

// Accepts and serves connections on the acceptor's io_context until that stops. `endpoint` outlives
// the io_context.
void start_serving(asio::ip::tcp::acceptor acceptor, VirtualEndpoint* endpoint);

}  // namespace exotap::lab
