#include "decoders/rpc/endpoint.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

TEST(RpcEndpoint, TellsServerPortAndService) {
  const RpcEndpoint store =
      parse_rpc_endpoint("8f0d7ef5-4a1c-4b06-8ac1-0d2cb23c9d11@contoso.com:6001");
  EXPECT_EQ(store.server, "8f0d7ef5-4a1c-4b06-8ac1-0d2cb23c9d11@contoso.com");
  EXPECT_EQ(store.port, 6001);
  EXPECT_EQ(store.service, "store");
  EXPECT_EQ(parse_rpc_endpoint("ex01:6002").service, "referral");
  EXPECT_EQ(parse_rpc_endpoint("ex01:6004").service, "directory");
  EXPECT_EQ(parse_rpc_endpoint("ex01:593").service, "endpoint mapper");
  EXPECT_EQ(parse_rpc_endpoint("ex01:6005").service, "");
}

TEST(RpcEndpoint, OfAnIpv6AddressEndsAtTheLastColon) {
  const RpcEndpoint endpoint = parse_rpc_endpoint("2001:db8::1:6001");
  EXPECT_EQ(endpoint.server, "2001:db8::1");
  EXPECT_EQ(endpoint.port, 6001);
}

TEST(RpcEndpoint, MayLackItsParts) {
  EXPECT_EQ(parse_rpc_endpoint("").server, "");
  EXPECT_EQ(parse_rpc_endpoint("ex01").server, "ex01");
  EXPECT_FALSE(parse_rpc_endpoint("ex01").port);
  EXPECT_FALSE(parse_rpc_endpoint("ex01:").port);
  EXPECT_FALSE(parse_rpc_endpoint("ex01:70000").port);
  EXPECT_FALSE(parse_rpc_endpoint("ex01:60o1").port);
  EXPECT_EQ(parse_rpc_endpoint(std::string(5000, 'x') + ":6001").server.size(), kMaxRpcServer);
}

TEST(RpcProxyPath, IsToldByItsLastPart) {
  EXPECT_TRUE(is_rpc_proxy_path("/rpc/rpcproxy.dll"));
  EXPECT_TRUE(is_rpc_proxy_path("/Rpc/RpcProxy.dll"));
  EXPECT_TRUE(is_rpc_proxy_path("/rpcwithcert/rpcproxy.dll"));
  EXPECT_FALSE(is_rpc_proxy_path("/rpc/"));
  EXPECT_FALSE(is_rpc_proxy_path(""));
}

}  // namespace
}  // namespace exotap
