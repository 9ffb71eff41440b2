#include "proxy/wire/upstream/upstream_fault.h"

#include "proxy/wire/error_names.h"
#include "proxy/wire/own_address.h"
#include "proxy/wire/own_answer.h"

namespace exotap::wire {
namespace {

std::string what_failed(const Fault& fault, const Hop& hop) {
  switch (fault.type) {
    case FaultType::dns:
      return "its name " + hop.at.host + " could not be resolved";
    case FaultType::timeout:
      return fault.stage == Stage::tls ? "its TLS handshake got no answer"
                                       : "nothing answered there";
    case FaultType::tls:
      return fault.code.starts_with("CERTIFICATE_") ? "its own certificate is bad"
                                                    : "the TLS handshake with it failed";
    default:
      return fault.code == "ECONNREFUSED" ? "it refused the connection" : "it could not be reached";
  }
}

std::string_view what_it_means(std::uint16_t status) {
  switch (status) {
    case 403:
      return "it forbids the connection";
    case 407:
      return "it wants a sign-in of its own";
    case 502:
    case 503:
      return "it could not reach the server";
    case 504:
      return "it got no answer from the server";
    default:
      return "it did not make the connection";
  }
}

}  // namespace

Fault dead_upstream(const Hop& hop, const Fault& fault) {
  if (is_refused_target(fault)) {
    return {fault.type, fault.stage, fault.code,
            "The proxy " + hop.name() +
                " is exotap itself, and no way out leads through it. Name the proxy behind exotap "
                "with --upstream, or none."};
  }
  if (fault.type == FaultType::client || fault.type == FaultType::proxy) return fault;
  return {FaultType::proxy, Stage::connect, fault.code,
          "The proxy " + hop.name() + " failed: " + what_failed(fault, hop) + " (" + fault.code +
              "). No other way was taken."};
}

Fault upstream_said_no(const Hop& hop, const UpstreamAnswer& answer) {
  Fault fault{FaultType::proxy, Stage::connect, {}, "The proxy " + hop.name()};
  switch (answer.state) {
    case UpstreamAnswer::State::not_http:
      fault.code = "NOT_HTTP";
      fault.detail += " does not answer as an HTTP proxy does (NOT_HTTP).";
      break;
    case UpstreamAnswer::State::cut:
      fault.code = error_name(answer.error);
      fault.detail += " ended the connection in place of an answer (" + fault.code + ").";
      break;
    default: {
      const std::uint16_t status = answer.message.head.status;
      fault.code = std::to_string(status);
      fault.detail += " answered " + fault.code + ": ";
      fault.detail += what_it_means(status);
      fault.detail += ".";
    }
  }
  return fault;
}

Fault no_route(std::string_view problem) {
  return {FaultType::proxy, Stage::connect, "NO_ROUTE",
          "The proxy settings do not say how to get there: " + std::string(problem) +
              ". No other way was taken."};
}

std::string upstream_page(const Fault& fault) {
  return own_answer(fault.code == "ETIMEDOUT" ? 504 : 502, "The proxy behind exotap failed",
                    fault.detail);
}

}  // namespace exotap::wire
