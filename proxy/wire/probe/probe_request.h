// What exotap may ask a server by itself, and about which exchanges. Pure: made of the record
// alone, and of it only what is no client's secret: names, addresses, what the ClientHello offered.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "capture/exchange.h"

namespace exotap::wire {

struct ProbeRequest {
  ProbeKind kind = ProbeKind::certificate;
  std::uint64_t about = 0;  // of the exchange, as the next three
  std::uint64_t connection_id = 0;
  Endpoint client;
  std::string scheme;
  std::string host;
  std::uint16_t port = 0;
  Endpoint address;              // where to dial; empty: the name is looked up
  std::string upstream_address;  // the proxy to go through; empty where straight
  std::string upstream_type;
  bool tls = false;
  std::string server_name;        // for the ClientHello; empty sends none
  std::vector<std::string> alpn;  // as the client offers it
  std::uint16_t max_version = 0;  // the client's highest; 0 where unknown
  // The failure to understand was that exotap and the server could not agree on TLS: then the
  // control agrees to what other programs may still agree to.
  bool lenient = false;
};

// Whether this tunnel hides a certificate that findings need: of a host that concerns mail, on
// port 443, TLS seen to be spoken, none seen.
[[nodiscard]] std::optional<ProbeRequest> certificate_question(const Exchange& exchange);

// Whether this failure might be exotap's doing: the server's leg failed before a request was sent
// on it. Neither requests nor answers are ever repeated: what fails after TLS is no question. Nor
// is a tunnel's TLS, which the client spoke itself, unless exotap had tried before it.
[[nodiscard]] std::optional<ProbeRequest> control_question(const Exchange& exchange);

}  // namespace exotap::wire
