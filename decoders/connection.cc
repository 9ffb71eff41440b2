#include "decoders/connection.h"

namespace exotap {
namespace {

using namespace fact;

constexpr const FactSpec* kEmits[] = {
    &kEventDuration,       &kErrorType,
    &kErrorCode,           &kErrorMessage,
    &kExotapFaultStage,    &kDnsResponseCode,
    &kExotapHandling,      &kExotapHandlingReason,
    &kExotapStepAside,     &kExotapProbe,
    &kExotapProbeError,    &kExotapConnect,
    &kExotapMailRelated,   &kExotapStillWaiting,
    &kExotapSpeculative,   &kExotapClientAborted,
    &kExotapClearToProxy,  &kExotapUpstreamAddress,
    &kExotapUpstreamType,  &kExotapUpstreamSignIn,
    &kExotapConnectionId,  &kExotapConnectionSequence,
    &kClientAddress,       &kClientPort,
    &kDestinationIp,       &kDestinationPort,
    &kExotapTimingDns,     &kExotapTimingConnect,
    &kExotapTimingTls,     &kExotapTimingWait,
    &kExotapTimingReceive,
};

std::string_view word(FaultType type) {
  switch (type) {
    case FaultType::none:
      return {};
    case FaultType::dns:
      return "dns";
    case FaultType::tcp:
      return "tcp";
    case FaultType::proxy:
      return "proxy";
    case FaultType::tls:
      return "tls";
    case FaultType::http:
      return "http";
    case FaultType::timeout:
      return "timeout";
    case FaultType::client:
      return "client";
  }
  return {};
}

std::string_view word(Stage stage) {
  switch (stage) {
    case Stage::resolve:
      return "resolve";
    case Stage::connect:
      return "connect";
    case Stage::tls:
      return "tls";
    case Stage::request:
      return "request";
    case Stage::answer:
      return "answer";
    case Stage::tunnel:
      return "tunnel";
  }
  return {};
}

std::string_view word(Handling handling) {
  switch (handling) {
    case Handling::opened:
      return "opened";
    case Handling::tunnelled:
      return "tunnelled";
    case Handling::clear:
      return "clear";
    case Handling::refused:
      return "refused";
    case Handling::probed:
      return "probed";
  }
  return {};
}

// The resolver's words in those of ECS, which are DNS's own (RFC 2308 for the second).
std::string_view dns_word(std::string_view code) {
  if (code == "HOST_NOT_FOUND") return "NXDOMAIN";
  if (code == "NO_DATA") return "NO_DATA";
  if (code == "TRY_AGAIN") return "SERVFAIL";
  return {};
}

void add_fault(const Fault& fault, Facts& facts) {
  facts.add(kErrorType, word(fault.type));
  facts.add_if(kErrorCode, fault.code);
  facts.add_if(kErrorMessage, fault.detail);
  if (fault.type == FaultType::dns) facts.add_if(kDnsResponseCode, dns_word(fault.code));
}

void add_time(const FactSpec& spec, const std::optional<Nanoseconds>& time, Facts& facts) {
  if (time) facts.add(spec, std::int64_t{time->count()});
}

void add_if_true(const FactSpec& spec, bool yes, Facts& facts) {
  if (yes) facts.add(spec, true);
}

void add_endpoint(const FactSpec& address, const FactSpec& port, const Endpoint& end,
                  Facts& facts) {
  if (end.address.empty()) return;
  facts.add(address, end.address);
  if (end.port != 0) facts.add(port, static_cast<int>(end.port));
}

void add_probe(const ProbeRecord& probe, Facts& facts) {
  facts.add(kExotapProbe, probe.kind == ProbeKind::control ? "control" : "certificate");
  facts.add_if(kExotapProbeError, probe.no_answer);
}

bool recognises(const Exchange& /*exchange*/) { return true; }

void decode_connection(const Exchange& exchange, Facts& facts) {
  facts.add(kEventDuration, std::int64_t{exchange.timings.total.count()});
  if (exchange.fault) add_fault(exchange.fault, facts);
  if (exchange.fault || exchange.still_waiting) {
    facts.add(kExotapFaultStage, word(exchange.fault.stage));
  }
  facts.add(kExotapHandling, word(exchange.handling));
  facts.add_if(kExotapHandlingReason, exchange.handling_reason);
  facts.add_if(kExotapStepAside, exchange.step_aside);
  if (exchange.probe) add_probe(*exchange.probe, facts);
  facts.add(kExotapMailRelated, exchange.mail_related);
  add_if_true(kExotapConnect, exchange.is_connect, facts);
  add_if_true(kExotapStillWaiting, exchange.still_waiting, facts);
  add_if_true(kExotapSpeculative, exchange.speculative, facts);
  add_if_true(kExotapClientAborted, exchange.client_aborted, facts);
  add_if_true(kExotapClearToProxy, exchange.clear_to_proxy, facts);
  facts.add_if(kExotapUpstreamAddress, exchange.upstream_address);
  facts.add_if(kExotapUpstreamType, exchange.upstream_type);
  facts.add_if(kExotapUpstreamSignIn, exchange.upstream_sign_in);
  facts.add(kExotapConnectionId, static_cast<std::int64_t>(exchange.connection_id));
  facts.add(kExotapConnectionSequence, static_cast<std::int64_t>(exchange.sequence));
  add_endpoint(kClientAddress, kClientPort, exchange.client, facts);
  add_endpoint(kDestinationIp, kDestinationPort, exchange.server, facts);
  add_time(kExotapTimingDns, exchange.timings.dns, facts);
  add_time(kExotapTimingConnect, exchange.timings.connect, facts);
  add_time(kExotapTimingTls, exchange.timings.tls, facts);
  add_time(kExotapTimingWait, exchange.timings.wait, facts);
  add_time(kExotapTimingReceive, exchange.timings.receive, facts);
}

}  // namespace

constinit const Decoder kConnectionDecoder{"connection", kEmits, recognises, decode_connection};

}  // namespace exotap
