#include "proxy/wire/probe/probe_request.h"

#include "proxy/wire/host_policy.h"
#include "proxy/wire/step_aside.h"
#include "proxy/wire/tls_numbers.h"

namespace exotap::wire {
namespace {

constexpr std::uint16_t kHttpsPort = 443;

// version_name() turned round; what is older than TLS 1.2 is not offered anyway.
std::uint16_t version_of(const std::string& name) {
  if (name.empty()) return 0;
  return name == "1.3" ? kTls13 : kTls12;
}

// What it is about, and how the client greeted the server; where no ClientHello was seen, as a
// plain client of today does.
ProbeRequest request_about(const Exchange& exchange, ProbeKind kind) {
  ProbeRequest request;
  request.kind = kind;
  request.about = exchange.id;
  request.connection_id = exchange.connection_id;
  request.client = exchange.client;
  request.scheme = exchange.scheme;
  request.host = exchange.host;
  request.port = exchange.port;
  request.upstream_address = exchange.upstream_address;
  request.upstream_type = exchange.upstream_type;
  const TlsRecord& tls = exchange.tls;
  if (!tls.client_max_version.empty()) {
    request.server_name = tls.client_sni;
    request.alpn = tls.client_alpn;
    request.max_version = version_of(tls.client_max_version);
  } else {
    if (!is_ip_address(exchange.host)) request.server_name = exchange.host;
    request.alpn = {"h2", "http/1.1"};
  }
  return request;
}

bool is_reachable_by_us(const Exchange& exchange) {
  return !exchange.probe && !exchange.still_waiting && !exchange.host.empty() && exchange.port != 0;
}

}  // namespace

std::optional<ProbeRequest> certificate_question(const Exchange& exchange) {
  const TlsRecord& tls = exchange.tls;
  const bool hidden = tls.attempted && !tls.version.empty() && tls.chain.empty();
  if (exchange.handling != Handling::tunnelled || !exchange.is_connect || !hidden ||
      !exchange.mail_related || exchange.port != kHttpsPort || !is_reachable_by_us(exchange)) {
    return std::nullopt;
  }
  ProbeRequest request = request_about(exchange, ProbeKind::certificate);
  request.tls = true;
  if (exchange.upstream_address.empty()) {
    if (exchange.server.address.empty()) return std::nullopt;
    request.address = exchange.server;
  }
  return request;
}

std::optional<ProbeRequest> control_question(const Exchange& exchange) {
  const Fault& fault = exchange.fault;
  const bool of_server = fault.type == FaultType::dns || fault.type == FaultType::tcp ||
                         fault.type == FaultType::proxy || fault.type == FaultType::tls ||
                         fault.type == FaultType::timeout;
  if (!of_server || fault.stage > Stage::tls || !exchange.mail_related ||
      !is_reachable_by_us(exchange)) {
    return std::nullopt;
  }
  // It would be a proxy for itself; or nobody knows the way out.
  if (fault.code == "ELOOP") return std::nullopt;
  if (fault.type == FaultType::proxy && exchange.upstream_address.empty()) return std::nullopt;
  const bool tunnelled = exchange.handling == Handling::tunnelled;
  if (tunnelled && fault.stage == Stage::tls && exchange.step_aside != kServerHandshakeFailed) {
    return std::nullopt;
  }
  ProbeRequest request = request_about(exchange, ProbeKind::control);
  request.tls = fault.stage == Stage::tls || (exchange.is_connect && exchange.port == kHttpsPort);
  request.lenient = fault.code == "HANDSHAKE_FAILED" && !tunnelled;
  return request;
}

}  // namespace exotap::wire
