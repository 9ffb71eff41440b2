// Where an RPC/HTTP request wants to go: `/rpc/rpcproxy.dll?server:port` (MS-RPCH 2.2.2). The query
// is no list of parameters but the server behind the proxy, since Exchange 2013
// `mailbox-guid@domain`, and its port, which says which service is meant.
// Pure; views point into the text given; nothing throws.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace exotap {

inline constexpr std::size_t kMaxRpcServer = 1024;  // MS-RPCH 2.2.2

struct RpcEndpoint {
  std::string_view server;  // empty where the query has none
  std::optional<std::uint16_t> port;
  // "store" 6001, "referral" 6002, "directory" 6004, "endpoint mapper" 593; empty for others.
  std::string_view service;
};
[[nodiscard]] RpcEndpoint parse_rpc_endpoint(std::string_view query);

// Whether the path is an RPC proxy's, whatever the case of its letters.
[[nodiscard]] bool is_rpc_proxy_path(std::string_view path);

}  // namespace exotap
