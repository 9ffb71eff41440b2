// What a client connection knows of the proxy behind exotap.
#pragma once

#include <memory>
#include <string>

#include "proxy/wire/server_tls.h"
#include "proxy/wire/upstream/proxy_tunnel.h"
#include "proxy/wire/upstream/route.h"

namespace exotap::wire {

struct UpstreamLink {
  Hop hop;                // the proxy that the server leg leads to; direct where there is none
  bool reusable = false;  // it refused a CONNECT and takes another on the same connection: a client
                          // signs in to it by several (NTLM, Negotiate)
  std::string answer;     // what it said to the last CONNECT, as it came; empty where nothing
  std::string authorization;                 // ours, for the next request in absolute-form
  std::unique_ptr<ServerIdentity> identity;  // of its own TLS; outlives that
  std::unique_ptr<ProxyTunnel> tunnel;       // through it, where it speaks TLS
};

}  // namespace exotap::wire
