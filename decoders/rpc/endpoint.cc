#include "decoders/rpc/endpoint.h"

#include <charconv>

#include "decoders/ascii.h"

namespace exotap {
namespace {

std::string_view service_of(std::uint16_t port) {
  switch (port) {
    case 593:
      return "endpoint mapper";
    case 6001:
      return "store";
    case 6002:
      return "referral";
    case 6004:
      return "directory";
    default:
      return {};
  }
}

}  // namespace

RpcEndpoint parse_rpc_endpoint(std::string_view query) {
  RpcEndpoint endpoint;
  // The last colon: an IPv6 address has its own.
  const std::size_t colon = query.rfind(':');
  if (colon == std::string_view::npos) {
    endpoint.server = query.substr(0, kMaxRpcServer);
    return endpoint;
  }
  endpoint.server = query.substr(0, colon).substr(0, kMaxRpcServer);
  const std::string_view digits = query.substr(colon + 1);
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error == std::errc{} && end == digits.data() + digits.size()) {
    endpoint.port = port;
    endpoint.service = service_of(port);
  }
  return endpoint;
}

bool is_rpc_proxy_path(std::string_view path) { return ends_with_lower(path, "/rpcproxy.dll"); }

}  // namespace exotap
