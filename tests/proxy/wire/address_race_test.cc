// Which of a name's addresses is connected to, and what is said where none is.
#include "proxy/wire/address_race.h"

#include <gtest/gtest.h>

#include "tests/proxy/wire/loop.h"
#include "tests/proxy/wire/origin.h"
#include "tests/proxy/wire/silent_port.h"

namespace exotap::wire {
namespace {

using asio::ip::tcp;
using namespace std::chrono_literals;

constexpr std::chrono::hours kNever{1};

tcp::endpoint loopback(std::uint16_t port) { return {asio::ip::address_v4::loopback(), port}; }
tcp::endpoint v4(const char* address) { return {asio::ip::make_address_v4(address), 443}; }
tcp::endpoint v6(const char* address) { return {asio::ip::make_address_v6(address), 443}; }

class AddressRaceTest : public ::testing::Test {
 protected:
  tcp::endpoint open() { return listener_.local_endpoint(); }

  Task<void> run(AddressRace& race) { result_ = co_await race.run(); }

  test::Loop loop_;
  Acceptor listener_{loop_.io(), loopback(0)};
  test::SilentPort silent_;
  ErrorCode result_ = asio::error::in_progress;
};

TEST(InterleavedTest, FamiliesComeInTurnBeginningWithTheFirst) {
  const std::vector<tcp::endpoint> order = interleaved(
      {v6("2001:db8::1"), v6("2001:db8::2"), v6("2001:db8::3"), v4("192.0.2.1"), v4("192.0.2.2")});
  EXPECT_EQ(order,
            (std::vector<tcp::endpoint>{v6("2001:db8::1"), v4("192.0.2.1"), v6("2001:db8::2"),
                                        v4("192.0.2.2"), v6("2001:db8::3")}));
  EXPECT_TRUE(interleaved({}).empty());
}

TEST_F(AddressRaceTest, AnAddressThatSwallowsPacketsCostsOnlyItsLead) {
  AddressRace race(loop_.io(), {loopback(silent_.port()), open()}, 1ms);
  loop_.begin(run(race));
  ASSERT_TRUE(loop_.run());
  EXPECT_FALSE(result_) << result_.message();
  EXPECT_EQ(race.address(), open());
  Socket socket = race.take_socket();
  EXPECT_EQ(socket.remote_endpoint(), open());
  EXPECT_TRUE(socket.non_blocking());
}

TEST_F(AddressRaceTest, ARefusalGoesOnAtOnce) {
  AddressRace race(loop_.io(), {loopback(test::closed_port()), open()}, kNever);
  loop_.begin(run(race));
  ASSERT_TRUE(loop_.run());
  EXPECT_FALSE(result_) << result_.message();
  EXPECT_EQ(race.address(), open());
}

TEST_F(AddressRaceTest, TheFirstAddressServesAloneWhereItAnswers) {
  AddressRace race(loop_.io(), {open(), loopback(silent_.port())}, kNever);
  loop_.begin(run(race));
  ASSERT_TRUE(loop_.run());
  EXPECT_FALSE(result_) << result_.message();
  EXPECT_EQ(race.address(), open());
}

TEST_F(AddressRaceTest, TheFirstRefusalIsTheOneThatIsTold) {
  const tcp::endpoint first = loopback(test::closed_port());
  AddressRace race(loop_.io(), {first, loopback(test::closed_port())}, kNever);
  loop_.begin(run(race));
  ASSERT_TRUE(loop_.run());
  EXPECT_EQ(result_, asio::error::connection_refused);
  EXPECT_EQ(race.address(), first);
}

TEST_F(AddressRaceTest, ARefusalTellsMoreThanTheSilenceOfAnother) {
  const tcp::endpoint refusing = loopback(test::closed_port());
  AddressRace race(loop_.io(), {loopback(silent_.port()), refusing}, 1ms);
  loop_.begin(run(race));
  ASSERT_TRUE(loop_.run_until([&] { return race.address() == refusing; }));
  race.cancel();
  ASSERT_TRUE(loop_.run());
  EXPECT_EQ(result_, asio::error::connection_refused);
}

TEST_F(AddressRaceTest, CancelledBeforeAnythingHappenedItIsAborted) {
  AddressRace race(loop_.io(), {loopback(silent_.port()), loopback(silent_.port())}, kNever);
  loop_.begin(run(race));
  while (loop_.io().poll_one() > 0) {
  }
  race.cancel();
  ASSERT_TRUE(loop_.run());
  EXPECT_EQ(result_, asio::error::operation_aborted);
  EXPECT_EQ(race.address(), loopback(silent_.port()));
}

}  // namespace
}  // namespace exotap::wire
