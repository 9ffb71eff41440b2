#include "proxy/wire/error_names.h"

#include <array>
#include <boost/asio/error.hpp>
#include <utility>

namespace exotap::wire {
namespace {

namespace error = boost::asio::error;

struct AlertName {
  int description;
  std::string_view name;
};

constexpr std::array<AlertName, 27> kAlerts = {{
    {0, "close_notify"},
    {10, "unexpected_message"},
    {20, "bad_record_mac"},
    {22, "record_overflow"},
    {40, "handshake_failure"},
    {42, "bad_certificate"},
    {43, "unsupported_certificate"},
    {44, "certificate_revoked"},
    {45, "certificate_expired"},
    {46, "certificate_unknown"},
    {47, "illegal_parameter"},
    {48, "unknown_ca"},
    {49, "access_denied"},
    {50, "decode_error"},
    {51, "decrypt_error"},
    {70, "protocol_version"},
    {71, "insufficient_security"},
    {80, "internal_error"},
    {86, "inappropriate_fallback"},
    {90, "user_canceled"},
    {109, "missing_extension"},
    {110, "unsupported_extension"},
    {112, "unrecognized_name"},
    {113, "bad_certificate_status_response"},
    {115, "unknown_psk_identity"},
    {116, "certificate_required"},
    {120, "no_application_protocol"},
}};

std::string waited_for(Stage stage) {
  switch (stage) {
    case Stage::resolve:
      return "its name could not be looked up in time";
    case Stage::connect:
      return "nothing answered on this port";
    case Stage::tls:
      return "the connection opened, but the TLS handshake got no answer";
    case Stage::request:
      return "the request did not arrive in time";
    case Stage::answer:
      return "the server took the request and sent no answer";
    case Stage::tunnel:
      return "the connection was silent for too long";
  }
  return {};
}

}  // namespace

std::string error_name(const boost::system::error_code& code) {
  const std::pair<boost::system::error_code, const char*> names[] = {
      {error::connection_refused, "ECONNREFUSED"},
      {error::timed_out, "ETIMEDOUT"},
      {error::connection_reset, "ECONNRESET"},
      {error::connection_aborted, "ECONNABORTED"},
      {error::host_unreachable, "EHOSTUNREACH"},
      {error::network_unreachable, "ENETUNREACH"},
      {error::network_down, "ENETDOWN"},
      {error::broken_pipe, "EPIPE"},
      {error::access_denied, "EACCES"},
      {error::no_descriptors, "EMFILE"},
      {error::no_buffer_space, "ENOBUFS"},
      {error::address_family_not_supported, "EAFNOSUPPORT"},
      {error::host_not_found, "HOST_NOT_FOUND"},
      {error::host_not_found_try_again, "TRY_AGAIN"},
      {error::no_data, "NO_DATA"},
      {error::no_recovery, "NO_RECOVERY"},
      {error::service_not_found, "SERVICE_NOT_FOUND"},
      {error::eof, "EOF"},
      {error::operation_aborted, "ECANCELED"},
  };
  for (const auto& [known, name] : names) {
    if (known == code) return name;
  }
  return std::string(code.category().name()) + ":" + std::to_string(code.value());
}

std::string alert_name(int description) {
  for (const AlertName& alert : kAlerts) {
    if (alert.description == description) return std::string(alert.name);
  }
  return "alert " + std::to_string(description);
}

std::string fault_sentence(const Fault& fault, std::string_view host, std::uint16_t port) {
  const std::string whom = std::string(host) + " on port " + std::to_string(port);
  switch (fault.type) {
    case FaultType::none:
      return {};
    case FaultType::dns:
      return "The name " + std::string(host) + " could not be resolved (" + fault.code + ").";
    case FaultType::tcp:
      if (fault.code == "ECONNREFUSED")
        return whom + " refused the connection (" + fault.code + ").";
      return whom + " could not be reached (" + fault.code + ").";
    case FaultType::timeout:
      return whom + " did not answer in time: " + waited_for(fault.stage) + " (" + fault.code +
             ").";
    case FaultType::tls:
      return "The TLS handshake with " + whom + " failed (" + fault.code + ").";
    case FaultType::proxy:
      return "The proxy before " + whom + " failed (" + fault.code + ").";
    case FaultType::http:
      return "What " + whom + " and the client said is not HTTP/1.1 as it must be (" + fault.code +
             ").";
    case FaultType::client:
      return "The client ended the connection to " + whom + " (" + fault.code + ").";
  }
  return {};
}

}  // namespace exotap::wire
