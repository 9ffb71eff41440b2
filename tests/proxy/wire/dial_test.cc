// Reaching a server: what is connected, and what the record says where nothing is.
#include "proxy/wire/dial.h"

#include <gtest/gtest.h>

#include <boost/asio/post.hpp>

#include "tests/proxy/wire/loop.h"
#include "tests/proxy/wire/origin.h"
#include "tests/proxy/wire/silent_port.h"

namespace exotap::wire {
namespace {

class DialTest : public ::testing::Test {
 protected:
  std::uint16_t port() { return listener_.local_endpoint().port(); }

  test::Loop loop_;
  Acceptor listener_{loop_.io(), {asio::ip::address_v4::loopback(), 0}};
};

TEST_F(DialTest, AnAddressIsConnectedWithoutALookUp) {
  Dial dial(loop_.io(), {"127.0.0.1", port()});
  loop_.begin(dial.run());
  ASSERT_TRUE(loop_.run());
  EXPECT_FALSE(dial.fault()) << dial.fault().code;
  EXPECT_EQ(dial.server().address, "127.0.0.1");
  EXPECT_EQ(dial.server().port, port());
  EXPECT_EQ(dial.dns_time(), std::nullopt);
  ASSERT_TRUE(dial.connect_time());
  Socket socket = dial.take_socket();
  EXPECT_TRUE(socket.is_open());
  EXPECT_TRUE(socket.non_blocking());
  asio::ip::tcp::no_delay no_delay;
  socket.get_option(no_delay);
  EXPECT_TRUE(no_delay.value());
}

TEST_F(DialTest, ANameIsLookedUpAndOneOfItsAddressesServes) {
  // "localhost" may give ::1 first, where nobody listens: the next address serves.
  Dial dial(loop_.io(), {"localhost", port()});
  loop_.begin(dial.run());
  ASSERT_TRUE(loop_.run());
  EXPECT_FALSE(dial.fault()) << dial.fault().code;
  EXPECT_EQ(dial.server().address, "127.0.0.1");
  EXPECT_TRUE(dial.dns_time());
}

TEST_F(DialTest, WhereItMustNotLeadNothingIsSent) {
  const OwnAddress own(Endpoint{"127.0.0.1", port()});
  for (const DialLimits limits : {DialLimits{&own, false}, DialLimits{nullptr, true}}) {
    Dial dial(loop_.io(), {"localhost", port()}, limits);
    loop_.begin(dial.run());
    ASSERT_TRUE(loop_.run());
    EXPECT_TRUE(is_refused_target(dial.fault()));
    EXPECT_EQ(dial.fault().code, limits.own != nullptr ? "OWN_ADDRESS" : "OWN_COMPUTER");
    EXPECT_FALSE(dial.fault().detail.empty());
    EXPECT_EQ(dial.connect_time(), std::nullopt);
  }
  ErrorCode nobody;
  listener_.non_blocking(true);
  Socket none(loop_.io());
  listener_.accept(none, nobody);
  EXPECT_EQ(nobody, asio::error::would_block);
}

TEST_F(DialTest, ARefusalIsSaid) {
  Dial dial(loop_.io(), {"127.0.0.1", test::closed_port()});
  loop_.begin(dial.run());
  ASSERT_TRUE(loop_.run());
  EXPECT_EQ(dial.fault().type, FaultType::tcp);
  EXPECT_EQ(dial.fault().stage, Stage::connect);
  EXPECT_EQ(dial.fault().code, "ECONNREFUSED");
  EXPECT_EQ(dial.server().address, "127.0.0.1");
  EXPECT_TRUE(dial.connect_time());
}

TEST_F(DialTest, ANameThatDoesNotExistIsAFaultOfTheLookUp) {
  Dial dial(loop_.io(), {"nowhere.exotap.invalid", 443});
  loop_.begin(dial.run());
  ASSERT_TRUE(loop_.run());
  EXPECT_EQ(dial.fault().type, FaultType::dns);
  EXPECT_EQ(dial.fault().stage, Stage::resolve);
  EXPECT_FALSE(dial.fault().code.empty());
  EXPECT_EQ(dial.server().address, "");
  EXPECT_EQ(dial.connect_time(), std::nullopt);
}

TEST_F(DialTest, ASilentPortCanBeGivenUpAsATimeout) {
  const test::SilentPort silent;
  Dial dial(loop_.io(), {"127.0.0.1", silent.port()});
  loop_.begin(dial.run());
  ASSERT_TRUE(loop_.run_until([&] { return dial.stage() == Stage::connect; }));
  dial.cancel(false);
  ASSERT_TRUE(loop_.run());
  EXPECT_EQ(dial.fault().type, FaultType::timeout);
  EXPECT_EQ(dial.fault().stage, Stage::connect);
  EXPECT_EQ(dial.fault().code, "ETIMEDOUT");
  EXPECT_EQ(dial.server().port, silent.port());
}

TEST_F(DialTest, AClientThatLeftIsNoTimeout) {
  const test::SilentPort silent;
  Dial dial(loop_.io(), {"127.0.0.1", silent.port()});
  loop_.begin(dial.run());
  ASSERT_TRUE(loop_.run_until([&] { return dial.stage() == Stage::connect; }));
  dial.cancel(true);
  ASSERT_TRUE(loop_.run());
  EXPECT_EQ(dial.fault().type, FaultType::client);
  EXPECT_EQ(dial.fault().code, "ECANCELED");
}

TEST_F(DialTest, ALookUpThatIsCancelledIsAFaultOfItsStage) {
  Dial dial(loop_.io(), {"nowhere.exotap.invalid", 443});
  loop_.begin(dial.run());
  asio::post(loop_.io(), [&] { dial.cancel(false); });
  ASSERT_TRUE(loop_.run());
  // Whichever came first: it is never a fault of the connection.
  EXPECT_TRUE(dial.fault());
  EXPECT_EQ(dial.fault().stage, Stage::resolve);
}

}  // namespace
}  // namespace exotap::wire
