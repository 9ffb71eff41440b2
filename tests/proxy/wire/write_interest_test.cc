// What the kernel is asked to watch of a socket, as it tells it itself (/proc/self/fdinfo).
#include "proxy/wire/write_interest.h"

#include <gtest/gtest.h>
#include <sys/epoll.h>

#include <boost/asio/write.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "tests/proxy/wire/loop.h"

namespace exotap::wire {
namespace {

// The events that are watched of `descriptor`; 0 where nobody watches it.
unsigned watched(int descriptor) {
  namespace fs = std::filesystem;
  for (const fs::directory_entry& entry : fs::directory_iterator("/proc/self/fdinfo")) {
    std::ifstream info(entry.path());
    for (std::string line; std::getline(info, line);) {
      std::istringstream words(line);
      std::string tfd, events_word;
      int target = -1;
      unsigned events = 0;
      words >> tfd >> target >> events_word >> std::hex >> events;
      if (tfd == "tfd:" && target == descriptor) return events;
    }
  }
  return 0;
}

Task<void> connect(Socket& socket, asio::ip::tcp::endpoint to, ErrorCode& result) {
  const auto [error] = co_await socket.async_connect(to, as_result);
  result = error;
}

Task<void> read_one(Socket& socket, char& byte) {
  const auto [error] = co_await socket.async_wait(Socket::wait_read, as_result);
  ErrorCode ignored;
  if (!error) socket.read_some(asio::buffer(&byte, 1), ignored);
}

TEST(WriteInterestTest, IsGoneAndTheConnectionIsNot) {
  test::Loop loop;
  Acceptor acceptor(loop.io(), {asio::ip::address_v4::loopback(), 0});
  Socket connected(loop.io());
  ErrorCode result = asio::error::in_progress;
  loop.begin(connect(connected, acceptor.local_endpoint(), result));
  ASSERT_TRUE(loop.run());
  ASSERT_FALSE(result) << result.message();
  ASSERT_NE(watched(connected.native_handle()) & EPOLLOUT, 0U) << "or there is nothing to do";

  Socket fresh = without_write_interest(std::move(connected), asio::ip::tcp::v4());
  ASSERT_TRUE(fresh.is_open());
  const unsigned events = watched(fresh.native_handle());
  EXPECT_NE(events & EPOLLIN, 0U);
  EXPECT_EQ(events & EPOLLOUT, 0U);
  EXPECT_EQ(fresh.remote_endpoint(), acceptor.local_endpoint());

  Socket far = acceptor.accept();
  char byte = 0;
  loop.begin(read_one(fresh, byte));
  asio::write(far, asio::buffer("x", 1));
  ASSERT_TRUE(loop.run());
  EXPECT_EQ(byte, 'x');
}

}  // namespace
}  // namespace exotap::wire
