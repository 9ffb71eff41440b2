// Watching a wait: the notice, the end, and the client that does not wait for either.
#include "proxy/wire/patience.h"

#include <gtest/gtest.h>

#include "tests/proxy/wire/loop.h"

namespace exotap::wire {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

struct Told : PatienceOwner {
  void still_waiting() override {
    ++waiting;
    told_at = Clock::now();
  }
  void out_of_time() override {
    ++over;
    over_at = Clock::now();
  }
  void client_left() override { ++left; }
  int waiting = 0, over = 0, left = 0;
  SteadyTime told_at{}, over_at{};
};

class PatienceTest : public ::testing::Test {
 protected:
  test::Loop loop_;
  ChunkPool pool_;
  Deadlines deadlines_{loop_.io()};
  test::SocketPair pair_ = test::connected(loop_.io());
  Leg client_{std::move(pair_.near), pool_};
  Told told_;
  Patience patience_{deadlines_, client_, told_};
};

TEST_F(PatienceTest, AWaitIsToldFirstAndEndedThen) {
  const SteadyTime begun = Clock::now();
  patience_.begin(milliseconds(600));
  ASSERT_TRUE(loop_.run_until([&] { return told_.over > 0; }));
  EXPECT_EQ(told_.waiting, 1);
  EXPECT_GE(told_.told_at - begun, milliseconds(300));
  EXPECT_GE(told_.over_at - begun, milliseconds(600));
  EXPECT_EQ(told_.left, 0);
  EXPECT_FALSE(patience_.client_gave_up());
}

TEST_F(PatienceTest, TheNoticeMayBeUnwanted) {
  patience_.begin(milliseconds(300), false);
  ASSERT_TRUE(loop_.run_until([&] { return told_.over > 0; }));
  EXPECT_EQ(told_.waiting, 0);
}

TEST_F(PatienceTest, AWaitThatEndsInTimeIsNotSpokenOf) {
  patience_.begin(milliseconds(200));
  patience_.end();
  Told other;
  Patience longer(deadlines_, client_, other);
  longer.begin(milliseconds(700));
  ASSERT_TRUE(loop_.run_until([&] { return other.over > 0; }));
  EXPECT_EQ(told_.waiting + told_.over + told_.left, 0);
}

TEST_F(PatienceTest, AClientThatHangsUpSoonHasLostInterest) {
  patience_.begin(std::chrono::seconds(15));
  pair_.far.close();
  ASSERT_TRUE(loop_.run_until([&] { return told_.left > 0; }));
  EXPECT_EQ(told_.left, 1);
  EXPECT_EQ(told_.over, 0);
}

TEST_F(PatienceTest, AClientThatHasSentMoreIsStillThere) {
  pair_.far.send(asio::buffer("GET", 3));
  patience_.begin(milliseconds(1200));
  ASSERT_TRUE(loop_.run_until([&] { return told_.over > 0; }));
  EXPECT_EQ(told_.left, 0);
}

TEST_F(PatienceTest, AClientThatHangsUpLateGaveUpAndTheWaitStaysWorthAFinding) {
  patience_.begin(std::chrono::seconds(7));
  ASSERT_TRUE(loop_.run_until([&] { return told_.waiting > 0; }));  // at 3.5 seconds
  Told other;
  Patience a_second(deadlines_, client_, other);
  a_second.begin(milliseconds(1000), false);
  ASSERT_TRUE(loop_.run_until([&] { return other.over > 0; }));
  pair_.far.close();
  ASSERT_TRUE(loop_.run_until([&] { return told_.over > 0; }));
  EXPECT_EQ(told_.left, 0);
  EXPECT_TRUE(patience_.client_gave_up());
}

TEST(PeerHasClosed, LooksWithoutReading) {
  test::Loop loop;
  ChunkPool pool;
  test::SocketPair pair = test::connected(loop.io());
  Leg leg(std::move(pair.near), pool);
  EXPECT_FALSE(peer_has_closed(leg));
  pair.far.send(asio::buffer("x", 1));
  pair.far.close();
  leg.socket().wait(Socket::wait_read);
  EXPECT_FALSE(peer_has_closed(leg)) << "a byte stands before the end";
  char byte = 0;
  EXPECT_EQ(leg.read_some(&byte, 1).state, ReadState::data);
  leg.socket().wait(Socket::wait_read);
  EXPECT_TRUE(peer_has_closed(leg));
}

}  // namespace
}  // namespace exotap::wire
