// Who comes in, and what those meet who do not.
#include "proxy/wire/front_door.h"

#include <gmock/gmock.h>

#include <boost/asio/error.hpp>
#include <string>
#include <vector>

#include "tests/proxy/wire/loop.h"

namespace exotap::wire {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class FrontDoorTest : public ::testing::Test {
 protected:
  // One connection arrives, from this address as the system tells it.
  bool comes_in(const char* from) {
    pair_.emplace(test::connected(loop_.io()));
    kept_ = door_.admit(pair_->far, {asio::ip::make_address(from), 50000});
    return kept_.has_value();
  }
  // What the client is told before its connection's end; "RESET" where it was cut.
  std::string told() {
    std::string all;
    pair_->near.non_blocking(false);
    for (;;) {
      char bytes[1024];
      ErrorCode error;
      const std::size_t n = pair_->near.receive(asio::buffer(bytes), 0, error);
      if (error == asio::error::eof) return all;
      if (error) return "RESET";
      all.append(bytes, n);
    }
  }

  test::Loop loop_;
  ClientAdmission admission_;
  ClientPlaces places_{1};
  std::vector<std::string> notices_;
  FrontDoor::Notice notice_ = [this](const std::string& said) { notices_.push_back(said); };
  FrontDoor door_{admission_, places_, notice_};
  std::optional<test::SocketPair> pair_;
  std::optional<ClientPlaces::Place> kept_;
};

TEST_F(FrontDoorTest, ThisComputersClientsComeIn) {
  EXPECT_TRUE(comes_in("127.0.0.1"));
  EXPECT_TRUE(pair_->far.is_open());
  EXPECT_EQ(places_.taken(), 1U);
  EXPECT_TRUE(notices_.empty());
}

TEST_F(FrontDoorTest, AStrangerMeetsAClosedDoorAndAPersonOneLine) {
  ASSERT_TRUE(admission_.add("198.51.100.0/24"));
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(comes_in("192.0.2.1"));
  EXPECT_FALSE(pair_->far.is_open());
  EXPECT_EQ(told(), "") << "not a byte";
  EXPECT_EQ(places_.taken(), 0U);
  EXPECT_THAT(notices_,
              ElementsAre(AllOf(HasSubstr("a client at 192.0.2.1"), HasSubstr("--allow-client"))));
  EXPECT_TRUE(comes_in("::ffff:198.51.100.7"));
}

TEST_F(FrontDoorTest, OneTooManyIsToldWhyAndHarmsNobody) {
  ASSERT_TRUE(comes_in("127.0.0.1"));
  ClientPlaces::Place first = std::move(*kept_);
  EXPECT_FALSE(comes_in("127.0.0.1"));
  EXPECT_THAT(told(), AllOf(StartsWith("HTTP/1.1 503 "), HasSubstr("Too many connections")));
  EXPECT_FALSE(comes_in("127.0.0.1"));
  EXPECT_THAT(notices_, ElementsAre(HasSubstr("all 1 connections are taken")));
  EXPECT_EQ(places_.taken(), 1U);
  first = {};
  EXPECT_TRUE(comes_in("127.0.0.1"));
}

TEST_F(FrontDoorTest, OneTooManyIsToldWhyThoughItSpokeFirst) {
  ASSERT_TRUE(comes_in("127.0.0.1"));
  const ClientPlaces::Place first = std::move(*kept_);
  pair_.emplace(test::connected(loop_.io()));
  pair_->near.send(asio::buffer(std::string("CONNECT mail.contoso.com:443 HTTP/1.1\r\n\r\n")));
  pair_->far.wait(Socket::wait_read);
  EXPECT_FALSE(door_.admit(pair_->far, {asio::ip::address_v4::loopback(), 1}));
  EXPECT_THAT(told(), StartsWith("HTTP/1.1 503 "));
}

TEST_F(FrontDoorTest, ThatNobodyCanBeAcceptedIsSaidOnce) {
  for (int i = 0; i < 100; ++i) door_.cannot_accept(asio::error::no_descriptors);
  EXPECT_THAT(notices_, ElementsAre(AllOf(StartsWith("cannot accept connections just now: "),
                                          HasSubstr("ulimit -n"))));
}

TEST_F(FrontDoorTest, WithoutAnybodyToTellItStillDecides) {
  const FrontDoor::Notice nobody;
  FrontDoor door(admission_, places_, nobody);
  pair_.emplace(test::connected(loop_.io()));
  EXPECT_FALSE(door.admit(pair_->far, {asio::ip::make_address("192.0.2.1"), 1}));
  door.cannot_accept(asio::error::no_descriptors);
}

}  // namespace
}  // namespace exotap::wire
