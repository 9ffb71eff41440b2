// Bytes that come one at a time: a record's header before its body, a ticket behind an answer. What
// a leg gives back before it waits must not be what OpenSSL still stands in.
#include <gtest/gtest.h>

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <memory>
#include <tuple>

#include "proxy/wire/leg.h"
#include "tests/proxy/wire/leg_steps.h"
#include "tests/proxy/wire/loop.h"
#include "tests/proxy/wire/unlike_bytes.h"

namespace exotap::wire {
namespace {

// Carries bytes on, each by itself: the loop goes round in between, so the reader may have it.
Task<void> ferry(Socket& from, Socket& to) {
  constexpr int kRounds = 3;
  char byte = 0;
  while (true) {
    const auto [read_error, read] =
        co_await from.async_read_some(asio::buffer(&byte, 1), as_result);
    if (read_error) co_return;
    const auto [error, written] = co_await asio::async_write(to, asio::buffer(&byte, 1), as_result);
    if (error) co_return;
    for (int round = 0; round < kRounds; ++round)
      co_await asio::post(from.get_executor(), as_result);
  }
}

Task<void> shake(Leg& leg, HandshakeResult& result, int& done) {
  result = co_await leg.handshake();
  ++done;
}

// The TLS version, and whether the legs are kept warm.
class LegPieces : public ::testing::TestWithParam<std::tuple<int, bool>> {};

INSTANTIATE_TEST_SUITE_P(Versions, LegPieces,
                         ::testing::Combine(::testing::Values(TLS1_2_VERSION, TLS1_3_VERSION),
                                            ::testing::Bool()));

TEST_P(LegPieces, ComeAsTheyWereSent) {
  test::Loop loop;
  ChunkPool pool;
  Deadlines deadlines(loop.io());
  WarmLegs warm(deadlines);
  const auto [version, kept_warm] = GetParam();
  if (kept_warm) pool.keep_warm_in(&warm);
  test::SocketPair client = test::connected(loop.io());
  test::SocketPair server = test::connected(loop.io());
  Leg near(std::move(client.near), pool);
  Leg far(std::move(server.near), pool);
  const SslCtxPtr context = test::TestCa().server({});
  near.start_tls(test::connecting(version));
  far.start_tls(test::accepting(context.get()));
  loop.begin(ferry(client.far, server.far));
  loop.begin(ferry(server.far, client.far));
  HandshakeResult near_shaken, far_shaken;
  int shaken = 0;
  loop.begin(shake(near, near_shaken, shaken));
  loop.begin(shake(far, far_shaken, shaken));
  ASSERT_TRUE(loop.run_until([&] { return shaken == 2; }));

  // Both ways at once, in several records each, and tickets among them.
  const std::string there = test::unlike_bytes(3000, 1);
  const std::string back = test::unlike_bytes(3000, 2);
  std::string at_far, at_near;
  ReadState far_last{}, near_last{};
  loop.begin(test::receive(far, there.size(), at_far, far_last));
  loop.begin(test::receive(near, back.size(), at_near, near_last));
  for (std::size_t at = 0; at < there.size(); at += 750) {
    ASSERT_EQ(near.write_some(std::string_view(there).substr(at, 750)), 750U);
    ASSERT_EQ(far.write_some(std::string_view(back).substr(at, 750)), 750U);
  }
  EXPECT_TRUE(loop.run_until([&] {
    return (at_far.size() >= there.size() || far_last != ReadState::data) &&
           (at_near.size() >= back.size() || near_last != ReadState::data);
  }));
  EXPECT_TRUE(at_far == there);
  EXPECT_TRUE(at_near == back);
  near.close();
  far.close();
  EXPECT_TRUE(loop.run());
}

}  // namespace
}  // namespace exotap::wire
