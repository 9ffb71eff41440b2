#include "decoders/flow/port_reach.h"

#include "decoders/flow/flow.h"
#include "decoders/flow/organisation.h"

namespace exotap::flow {
namespace {

constexpr std::uint16_t kHttps = 443;
constexpr std::uint16_t kHttp = 80;

bool server_spoke_tls(const TlsRecord& tls) {
  return tls.established || !tls.chain.empty() || !tls.alert_received.empty() ||
         !tls.client_alert.empty();
}

// The names that Outlook guesses from an address: the domain itself and "autodiscover." before it.
// Nobody need answer there.
bool is_guessed(std::string_view host) {
  return host.starts_with("autodiscover.") || organisation_of(host) == host;
}

// A connection still being made when it was told early.
bool hangs(const Exchange& exchange) {
  const Stage stage = exchange.fault.stage;
  return exchange.still_waiting && !exchange.fault &&
         (stage == Stage::connect || (stage == Stage::tls && !server_spoke_tls(exchange.tls)));
}

}  // namespace

std::optional<bool> reached(const Exchange& exchange) {
  const Fault& fault = exchange.fault;
  if (!fault) {
    if (exchange.still_waiting || exchange.handling == Handling::refused) return std::nullopt;
    if (exchange.is_connect) {
      return exchange.server.address.empty() ? std::nullopt : std::optional(true);
    }
    return exchange.answer.head.empty() ? std::nullopt : std::optional(true);
  }
  switch (fault.type) {
    case FaultType::tcp:
    case FaultType::timeout:
    case FaultType::tls:
      if (fault.stage == Stage::connect) return false;
      if (fault.stage != Stage::tls) return std::nullopt;
      return server_spoke_tls(exchange.tls);
    default:
      return std::nullopt;
  }
}

void PortReach::fold(const Exchange& exchange, Facts& facts) {
  // Behind a proxy it is the proxy's network that was tried.
  if (!exchange.upstream_address.empty()) return;
  if (exchange.host.empty() || exchange.port == 0) return;
  const std::optional<bool> now = reached(exchange);
  if (now == std::optional(false) || hangs(exchange)) state(exchange, facts);
  if (!now || (!*now && !exchange.mail_related)) return;
  const HostPortView key{exchange.host, exchange.port};
  Last& last = *hosts_.find_or_make(mix(hash_of(key.host), key.port), key).first;
  last.at = ended(exchange);
  last.ok = *now;
  last.ever_ok = last.ever_ok || *now;
}

void PortReach::state(const Exchange& exchange, Facts& facts) {
  const HostPortView key{exchange.host, exchange.port};
  const Last* self = hosts_.find(mix(hash_of(key.host), key.port), key);
  facts.add(fact::kFlowHostWorkedBefore, self != nullptr && self->ever_ok);
  if (exchange.port != kHttps) return;
  int ok = 0;
  int failed = 0;
  bool port80_ok = false;
  hosts_.each([&](const HostPort& other, const Last& last) {
    if (!within(last.at, exchange.started, kReachMemory)) return;
    if (other.port == kHttp && last.ok) port80_ok = true;
    if (other.port != kHttps || other.host == exchange.host) return;
    if (last.ok) {
      ++ok;
    } else if (!is_guessed(other.host)) {
      ++failed;
    }
  });
  facts.add(fact::kFlowPort443OthersOk, ok);
  facts.add(fact::kFlowPort443OthersFailed, failed);
  facts.add(fact::kFlowPort443OnlyThisHost, ok > 0 && failed == 0);
  facts.add(fact::kFlowPort443AllHosts, ok == 0 && failed > 0);
  facts.add(fact::kFlowPort443Port80Ok, port80_ok);
}

}  // namespace exotap::flow
