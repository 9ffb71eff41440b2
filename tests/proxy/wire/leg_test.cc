// One side of a connection, in clear and in TLS: every byte in order, every end told as it was.
#include "proxy/wire/leg.h"

#include <gtest/gtest.h>

#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <memory>

#include "tests/proxy/wire/leg_steps.h"
#include "tests/proxy/wire/loop.h"
#include "tests/proxy/wire/unlike_bytes.h"

namespace exotap::wire {
namespace {

using namespace std::string_literals;
using test::await_readable;
using test::receive;
using test::send_all;
using test::shake_hands;
using test::unlike_bytes;

class LegTest : public ::testing::Test {
 protected:
  void connect(bool small = false) {
    test::SocketPair pair = test::connected(loop_.io(), small);
    near_ = std::make_unique<Leg>(std::move(pair.near), pool_);
    far_ = std::make_unique<Leg>(std::move(pair.far), pool_);
  }
  void start_tls(int max_version = TLS1_3_VERSION) {
    near_->start_tls(test::connecting(max_version));
    far_->start_tls(test::accepting(context().get()));
    loop_.begin(shake_hands(*near_, near_shaken_));
    loop_.begin(shake_hands(*far_, far_shaken_));
    ASSERT_TRUE(loop_.run());
    ASSERT_EQ(near_shaken_.state, HandshakeResult::State::done) << near_shaken_.detail;
    ASSERT_EQ(far_shaken_.state, HandshakeResult::State::done) << far_shaken_.detail;
  }
  static const SslCtxPtr& context() {
    static const SslCtxPtr made = test::TestCa().server({});
    return made;
  }
  // The next thing a read says, once there is something to say.
  ReadState next_state(Leg& leg) {
    std::string into;
    ReadState state = ReadState::would_block;
    loop_.begin(receive(leg, 1, into, state));
    EXPECT_TRUE(loop_.run());
    return state;
  }
  std::string read(Leg& leg, std::size_t size) {
    std::string into;
    ReadState state{};
    loop_.begin(receive(leg, size, into, state));
    EXPECT_TRUE(loop_.run());
    return into;
  }

  test::Loop loop_;
  ChunkPool pool_;
  std::unique_ptr<Leg> near_, far_;
  HandshakeResult near_shaken_, far_shaken_;
};

// 0: in clear.
class LegOfEachKind : public LegTest, public ::testing::WithParamInterface<int> {
 protected:
  void connect_as_told(bool small = false) {
    connect(small);
    if (GetParam() != 0) start_tls(GetParam());
  }
};

INSTANTIATE_TEST_SUITE_P(Kinds, LegOfEachKind, ::testing::Values(0, TLS1_2_VERSION, TLS1_3_VERSION),
                         [](const auto& kind) {
                           return kind.param == 0                ? "clear"s
                                  : kind.param == TLS1_2_VERSION ? "tls12"s
                                                                 : "tls13"s;
                         });

TEST_P(LegOfEachKind, CarriesEightMebibytesBothWaysAtOnce) {
  connect_as_told();
  const std::string up = unlike_bytes(8U << 20U, 1);
  const std::string down = unlike_bytes(8U << 20U, 2);
  std::string got_up, got_down;
  ErrorCode up_error, down_error;
  ReadState up_state{}, down_state{};
  loop_.begin(send_all(*near_, up, up_error));
  loop_.begin(send_all(*far_, down, down_error));
  loop_.begin(receive(*far_, up.size(), got_up, up_state));
  loop_.begin(receive(*near_, down.size(), got_down, down_state));
  ASSERT_TRUE(loop_.run());
  EXPECT_FALSE(up_error) << up_error.message();
  EXPECT_FALSE(down_error) << down_error.message();
  EXPECT_TRUE(got_up == up);
  EXPECT_TRUE(got_down == down);
}

TEST_P(LegOfEachKind, ThroughSmallSocketBuffersNothingIsLost) {
  connect_as_told(true);
  const std::string data = unlike_bytes(600'000);
  std::string got;
  ErrorCode error;
  ReadState state{};
  loop_.begin(send_all(*near_, data, error));
  loop_.begin(receive(*far_, data.size(), got, state));
  ASSERT_TRUE(loop_.run());
  EXPECT_TRUE(got == data);
  EXPECT_FALSE(near_->pending());
}

TEST_P(LegOfEachKind, HoldsNoMoreThanItsChunkForAPeerThatDoesNotRead) {
  connect_as_told(true);
  const std::string data = unlike_bytes(20U << 20U);
  std::size_t taken = 0;
  std::size_t last = 1;
  // The system's own buffers grow a little before they are full.
  while (last > 0) {
    last = near_->write_some(std::string_view(data).substr(taken));
    taken += last;
  }
  EXPECT_TRUE(near_->pending());
  EXPECT_LT(taken, 2U << 20U);
  std::string got;
  ErrorCode error;
  ReadState state{};
  loop_.begin(send_all(*near_, std::string_view(data).substr(taken, 1'000'000), error));
  loop_.begin(receive(*far_, taken + 1'000'000, got, state));
  ASSERT_TRUE(loop_.run());
  EXPECT_TRUE(got == data.substr(0, taken + 1'000'000));
}

TEST_P(LegOfEachKind, WhatWasSaidBeforeTheEndIsReadBeforeIt) {
  connect_as_told();
  EXPECT_EQ(near_->write_some("last words"), 10U);
  near_->shutdown_send();
  EXPECT_EQ(read(*far_, 100), "last words");
  EXPECT_EQ(next_state(*far_), ReadState::closed);
  EXPECT_FALSE(far_->closed_without_notify());
  EXPECT_FALSE(far_->error());
}

TEST_P(LegOfEachKind, AnEndIsToldAsOftenAsItIsAskedFor) {
  connect_as_told();
  EXPECT_EQ(near_->write_some("x"), 1U);
  if (near_->is_tls()) {
    SSL_shutdown(near_->ssl());  // close_notify alone: the socket stays as it is
    EXPECT_EQ(near_->write_some(""), 0U);
  } else {
    near_->shutdown_send();
  }
  EXPECT_EQ(read(*far_, 1), "x");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(next_state(*far_), ReadState::closed);
}

TEST_P(LegOfEachKind, OneDirectionMayEndAndTheOtherGoOn) {
  connect_as_told();
  near_->shutdown_send();
  EXPECT_EQ(next_state(*far_), ReadState::closed);
  EXPECT_EQ(far_->write_some("still here"), 10U);
  EXPECT_EQ(read(*near_, 10), "still here");
}

TEST_P(LegOfEachKind, AResetIsAFailureWithItsName) {
  connect_as_told();
  near_->close(true);
  EXPECT_EQ(next_state(*far_), ReadState::failed);
  EXPECT_EQ(far_->error(), asio::error::connection_reset);
}

TEST_P(LegOfEachKind, ClosingEndsAWait) {
  connect_as_told();
  ErrorCode error;
  loop_.begin(await_readable(*near_, error));
  asio::post(loop_.io(), [&] { near_->close(); });
  ASSERT_TRUE(loop_.run());
  EXPECT_EQ(error, asio::error::operation_aborted);
  EXPECT_FALSE(near_->is_open());
  near_->close();
}

TEST_P(LegOfEachKind, ClosingEndsAWriteThatWaits) {
  connect_as_told(true);
  const std::string data = unlike_bytes(4U << 20U);
  ErrorCode error;
  loop_.begin(send_all(*near_, data, error));
  ASSERT_TRUE(loop_.run_until([&] { return near_->pending(); }));
  asio::post(loop_.io(), [&] { near_->close(); });
  ASSERT_TRUE(loop_.run());
  EXPECT_TRUE(error);
}

TEST_P(LegOfEachKind, WhileItWaitsItHoldsNoBuffer) {
  connect_as_told();
  const std::string data = unlike_bytes(300'000);
  std::string got;
  ErrorCode error;
  ReadState state{};
  loop_.begin(send_all(*near_, data, error));
  loop_.begin(receive(*far_, data.size(), got, state));
  ASSERT_TRUE(loop_.run());
  char byte = 0;
  EXPECT_EQ(near_->read_some(&byte, 1).state, ReadState::would_block);
  EXPECT_EQ(far_->read_some(&byte, 1).state, ReadState::would_block);
  // All that were ever borrowed are back: ending the legs brings no more.
  const std::size_t kept = pool_.kept();
  EXPECT_GE(kept, 1U);
  ErrorCode near_end, far_end;
  loop_.begin(await_readable(*near_, near_end));
  loop_.begin(await_readable(*far_, far_end));
  EXPECT_EQ(pool_.kept(), kept);
  near_->close();
  far_->close();
  ASSERT_TRUE(loop_.run());
  near_.reset();
  far_.reset();
  EXPECT_EQ(pool_.kept(), kept);
}

TEST_P(LegOfEachKind, WhatThePeerSaidIsReadThoughWritingToItFails) {
  // A server that answers 413 and closes while the body is still coming.
  connect_as_told();
  EXPECT_EQ(far_->write_some("413"), 3U);
  const std::string body = unlike_bytes(1000);
  EXPECT_EQ(near_->write_some(body), body.size());
  far_->socket().wait(Socket::wait_read);
  far_->close();  // with our bytes unread: the system sends a reset
  const std::string more = unlike_bytes(8U << 20U);
  ErrorCode error;
  loop_.begin(send_all(*near_, more, error));
  ASSERT_TRUE(loop_.run());
  EXPECT_TRUE(error);
  std::string got;
  ReadState state{};
  loop_.begin(receive(*near_, 4, got, state));
  ASSERT_TRUE(loop_.run());
  EXPECT_EQ(got, "413");
  EXPECT_EQ(state, ReadState::failed);
}

TEST_F(LegTest, WhatIsGivenBackIsReadAgainBeforeWhatFollows) {
  connect();
  EXPECT_EQ(far_->write_some("CONNECT"), 7U);
  const std::string peeked = read(*near_, 7);
  EXPECT_EQ(far_->write_some(" more"), 5U);
  near_->unread(peeked);
  EXPECT_EQ(read(*near_, 12), "CONNECT more");
}

TEST_F(LegTest, GivingBackGoesBeforeWhatIsAlreadyHeld) {
  connect();
  EXPECT_EQ(far_->write_some("abcdef"), 6U);
  near_->socket().wait(Socket::wait_read);
  char bytes[3];
  EXPECT_EQ(near_->read_some(bytes, 3).size, 3U);
  near_->unread({bytes, 3});
  EXPECT_EQ(read(*near_, 6), "abcdef");
}

TEST_F(LegTest, AHandshakeTakesTheHelloThatWasLookedAt) {
  connect();
  near_->start_tls(test::connecting());
  loop_.begin(shake_hands(*near_, near_shaken_));
  std::string hello;
  ReadState state{};
  loop_.begin(receive(*far_, 200, hello, state));
  ASSERT_TRUE(loop_.run_until([&] { return hello.size() >= 200; }));
  far_->unread(hello);
  far_->start_tls(test::accepting(context().get()));
  loop_.begin(shake_hands(*far_, far_shaken_));
  ASSERT_TRUE(loop_.run());
  EXPECT_EQ(near_shaken_.state, HandshakeResult::State::done);
  EXPECT_EQ(far_shaken_.state, HandshakeResult::State::done);
}

TEST_F(LegTest, AnEndInTlsWithoutGoodbyeIsToldApart) {
  connect();
  start_tls();
  ErrorCode ignored;
  near_->socket().shutdown(Socket::shutdown_send, ignored);
  EXPECT_EQ(next_state(*far_), ReadState::closed);
  EXPECT_TRUE(far_->closed_without_notify());
}

TEST_F(LegTest, AKeyUpdateInTheMiddleIsNoObstacle) {
  connect();
  start_tls();
  EXPECT_EQ(near_->write_some("before "), 7U);
  SSL_key_update(near_->ssl(), SSL_KEY_UPDATE_REQUESTED);
  EXPECT_EQ(near_->write_some("after"), 5U);
  EXPECT_EQ(read(*far_, 12), "before after");
  EXPECT_EQ(far_->write_some("answer"), 6U);
  EXPECT_EQ(read(*near_, 6), "answer");
}

TEST_F(LegTest, GarbageAmongTlsRecordsIsAFailureAndNotAnEnd) {
  connect();
  start_tls();
  ErrorCode ignored;
  asio::write(near_->socket(),
              asio::buffer("\x17\x03\x03\x00\x20this is no record of theirs....."s), ignored);
  EXPECT_EQ(next_state(*far_), ReadState::failed);
  EXPECT_TRUE(far_->error());
}

// A handshake as the client of a peer that says `words` and then closes, or not.
class HandshakeThatFails : public LegTest {
 protected:
  HandshakeResult against(std::string_view words, bool close, bool reset = false) {
    connect();
    near_->keep_first_bytes();
    near_->start_tls(test::connecting());
    loop_.begin(shake_hands(*near_, near_shaken_));
    std::string hello;
    ReadState state{};
    loop_.begin(receive(*far_, 100, hello, state));
    EXPECT_TRUE(loop_.run_until([&] { return hello.size() >= 100; }));
    EXPECT_EQ(far_->write_some(words), words.size());
    if (close) far_->close(reset);
    EXPECT_TRUE(loop_.run());
    return near_shaken_;
  }
};

TEST_F(HandshakeThatFails, ByAnAlertSaysWhichOne) {
  const HandshakeResult result = against("\x15\x03\x03\x00\x02\x02\x70"s, false);
  EXPECT_EQ(result.state, HandshakeResult::State::alert);
  EXPECT_EQ(result.alert, 112);
}

TEST_F(HandshakeThatFails, ByAnAlertAndACloseIsStillThatAlert) {
  const HandshakeResult result = against("\x15\x03\x03\x00\x02\x02\x28"s, true);
  EXPECT_EQ(result.state, HandshakeResult::State::alert);
  EXPECT_EQ(result.alert, 40);
}

TEST_F(HandshakeThatFails, ByAnEndIsACut) {
  const HandshakeResult result = against("", true);
  EXPECT_EQ(result.state, HandshakeResult::State::cut);
  EXPECT_EQ(result.error, asio::error::eof);
}

TEST_F(HandshakeThatFails, ByAResetIsACutByReset) {
  const HandshakeResult result = against("", true, true);
  EXPECT_EQ(result.state, HandshakeResult::State::cut);
  EXPECT_EQ(result.error, asio::error::connection_reset);
}

TEST_F(HandshakeThatFails, InTheMiddleOfARecordIsACut) {
  const HandshakeResult result = against("\x16\x03\x03\x00\x7a\x02\x00"s, true);
  EXPECT_EQ(result.state, HandshakeResult::State::cut);
  EXPECT_EQ(result.error, asio::error::eof);
}

TEST_F(HandshakeThatFails, ByAnotherProtocolIsNoTlsWhetherOrNotItCloses) {
  EXPECT_EQ(against("HTTP/1.0 400 Bad Request\r\n\r\n", false).state,
            HandshakeResult::State::not_tls);
  EXPECT_EQ(near_->first_bytes(), "HTTP/1.0 400 Bad Request\r\n\r\n");
  EXPECT_EQ(against("HTTP/1.0 400 Bad Request\r\n\r\n", true).state,
            HandshakeResult::State::not_tls);
  EXPECT_EQ(against("ha", true).state, HandshakeResult::State::not_tls) << "too short for a record";
}

TEST_F(HandshakeThatFails, KeepsABoundedPartOfWhatWasSaid) {
  (void)against(std::string(5000, 'x'), false);
  EXPECT_EQ(near_->first_bytes(), std::string(Leg::kFirstBytes, 'x'));
}

TEST_F(HandshakeThatFails, WithoutACommonVersionFailsHereAndIsAnAlertThere) {
  connect();
  near_->start_tls(test::connecting(TLS1_2_VERSION));
  SslPtr newest = test::accepting(context().get());
  SSL_set_min_proto_version(newest.get(), TLS1_3_VERSION);
  far_->start_tls(std::move(newest));
  loop_.begin(shake_hands(*near_, near_shaken_));
  loop_.begin(shake_hands(*far_, far_shaken_));
  ASSERT_TRUE(loop_.run());
  EXPECT_EQ(far_shaken_.state, HandshakeResult::State::failed);
  EXPECT_FALSE(far_shaken_.detail.empty());
  EXPECT_EQ(near_shaken_.state, HandshakeResult::State::alert);
  EXPECT_EQ(near_shaken_.alert, 70);
}

TEST_F(HandshakeThatFails, ByOurOwnCloseIsACutToo) {
  connect();
  near_->start_tls(test::connecting());
  loop_.begin(shake_hands(*near_, near_shaken_));
  asio::post(loop_.io(), [&] { near_->close(); });
  ASSERT_TRUE(loop_.run());
  EXPECT_EQ(near_shaken_.state, HandshakeResult::State::cut);
  EXPECT_EQ(near_shaken_.error, asio::error::operation_aborted);
}

}  // namespace
}  // namespace exotap::wire
