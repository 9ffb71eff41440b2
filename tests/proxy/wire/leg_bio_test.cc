// The BIO that OpenSSL reads and writes through: a leg's buffers, and honest words when they are
// empty or full.
#include "proxy/wire/leg_bio.h"

#include <gtest/gtest.h>

#include "certs/openssl.h"
#include "tests/proxy/wire/leg_steps.h"
#include "tests/proxy/wire/loop.h"

namespace exotap::wire {
namespace {

class LegBioTest : public ::testing::Test {
 protected:
  test::Loop loop_;
  ChunkPool pool_;
  test::SocketPair pair_ = test::connected(loop_.io(), true);
  Leg near_{std::move(pair_.near), pool_};
  Leg far_{std::move(pair_.far), pool_};
  BioPtr bio_{make_leg_bio(near_)};
};

TEST_F(LegBioTest, ReadsWhatTheLegHolds) {
  near_.unread("abcdef");
  char bytes[4];
  EXPECT_EQ(BIO_read(bio_.get(), bytes, 4), 4);
  EXPECT_EQ(std::string_view(bytes, 4), "abcd");
  EXPECT_EQ(BIO_read(bio_.get(), bytes, 4), 2);
  EXPECT_EQ(std::string_view(bytes, 2), "ef");
}

TEST_F(LegBioTest, WithNothingHeldAsksToTryAgainAndTouchesNoSocket) {
  EXPECT_EQ(far_.write_some("on its way"), 10U);
  near_.socket().wait(Socket::wait_read);
  char byte = 0;
  EXPECT_EQ(BIO_read(bio_.get(), &byte, 1), -1);
  EXPECT_TRUE(BIO_should_retry(bio_.get()));
  EXPECT_TRUE(BIO_should_read(bio_.get()));
  EXPECT_NE(BIO_eof(bio_.get()), 1);
}

TEST_F(LegBioTest, AtTheEndOfTheStreamSaysSo) {
  far_.shutdown_send();
  near_.socket().wait(Socket::wait_read);
  char byte = 0;
  EXPECT_EQ(near_.read_some(&byte, 1).state, ReadState::closed);
  EXPECT_EQ(BIO_read(bio_.get(), &byte, 1), 0);
  EXPECT_FALSE(BIO_should_retry(bio_.get()));
  EXPECT_EQ(BIO_eof(bio_.get()), 1);
}

TEST_F(LegBioTest, WritesGatherUntilTheLegSendsThem) {
  EXPECT_EQ(BIO_write(bio_.get(), "abc", 3), 3);
  EXPECT_EQ(BIO_write(bio_.get(), "def", 3), 3);
  EXPECT_EQ(BIO_flush(bio_.get()), 1);
  EXPECT_TRUE(near_.pending());
  char byte = 0;
  EXPECT_EQ(far_.read_some(&byte, 1).state, ReadState::would_block);
  ErrorCode error;
  loop_.begin(test::send_all(near_, "", error));
  std::string got;
  ReadState state{};
  loop_.begin(test::receive(far_, 6, got, state));
  ASSERT_TRUE(loop_.run());
  EXPECT_EQ(got, "abcdef");
  EXPECT_FALSE(near_.pending());
}

TEST_F(LegBioTest, AFullBufferIsSentOnAndThenAsksToTryAgain) {
  const std::string record(16 * 1024, 'r');
  std::size_t taken = 0;
  int last = 1;
  while (last > 0 && taken < (8U << 20U)) {
    last = BIO_write(bio_.get(), record.data(), static_cast<int>(record.size()));
    if (last > 0) taken += static_cast<std::size_t>(last);
  }
  EXPECT_EQ(last, -1);
  EXPECT_TRUE(BIO_should_write(bio_.get()));
  EXPECT_GT(taken, kChunkSize) << "some went out to make room";
  EXPECT_LT(taken, 2U << 20U);
}

TEST_F(LegBioTest, AConnectionThatBrokeIsNotTriedAgain) {
  far_.close(true);
  near_.socket().wait(Socket::wait_read);
  char byte = 0;
  EXPECT_EQ(near_.read_some(&byte, 1).state, ReadState::failed);
  EXPECT_EQ(BIO_write(bio_.get(), "abc", 3), -1);
  EXPECT_FALSE(BIO_should_retry(bio_.get()));
}

TEST_F(LegBioTest, NothingToWriteIsNothingWritten) {
  EXPECT_EQ(BIO_write(bio_.get(), "", 0), 0);
  EXPECT_FALSE(near_.pending());
}

}  // namespace
}  // namespace exotap::wire
