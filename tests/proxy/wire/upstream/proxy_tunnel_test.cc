#include "proxy/wire/upstream/proxy_tunnel.h"

#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include "tests/proxy/wire/loop.h"
#include "tests/proxy/wire/relay_alone.h"

namespace exotap::test {
namespace {

using wire::ProxyTunnel;

class ProxyTunnelTest : public ::testing::Test {
 protected:
  ProxyTunnelTest() {
    SocketPair pair = connected(loop_.io());
    server_ = std::make_unique<wire::Socket>(std::move(pair.far));
    tunnel_ = std::make_unique<ProxyTunnel>(
        alone_.thread, nullptr,
        std::make_unique<wire::Leg>(std::move(pair.near), alone_.thread.pool));
  }
  static wire::Task<void> end(ProxyTunnel& tunnel) { co_await tunnel.ended(); }
  std::string read(wire::Socket& socket, std::size_t size) {
    std::string got(size, '\0');
    std::size_t have = 0;
    EXPECT_TRUE(loop_.run_until([&] {
      wire::ErrorCode error;
      have += socket.read_some(wire::asio::buffer(got.data() + have, size - have), error);
      return have == size || (error && error != wire::asio::error::would_block);
    }));
    return got.substr(0, have);
  }

  RelayAlone alone_;
  Loop loop_{alone_.thread.io};
  std::unique_ptr<wire::Socket> server_;
  std::unique_ptr<ProxyTunnel> tunnel_;
};

TEST_F(ProxyTunnelTest, CarriesBothWaysAndWhatCameEarlyFirst) {
  wire::Socket near(loop_.io());
  ASSERT_FALSE(tunnel_->begin("early ", near));
  wire::asio::write(*server_, wire::asio::buffer(std::string("later")));
  EXPECT_EQ(read(near, 11), "early later");
  wire::asio::write(near, wire::asio::buffer(std::string("up")));
  EXPECT_EQ(read(*server_, 2), "up");
  loop_.begin(end(*tunnel_));
  EXPECT_TRUE(loop_.run());
}

TEST_F(ProxyTunnelTest, OneSidesEndIsTheOthers) {
  wire::Socket near(loop_.io());
  ASSERT_FALSE(tunnel_->begin({}, near));
  server_->shutdown(wire::Socket::shutdown_send);
  EXPECT_EQ(read(near, 1), "");
  loop_.begin(end(*tunnel_));
  EXPECT_TRUE(loop_.run());
}

TEST_F(ProxyTunnelTest, OneThatNeverBeganHasEnded) {
  loop_.begin(end(*tunnel_));
  EXPECT_TRUE(loop_.run());
}

}  // namespace
}  // namespace exotap::test
