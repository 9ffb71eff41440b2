#include "app/doctor/server_time.h"

#include <gmock/gmock.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <thread>

namespace exotap {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using testing::HasSubstr;

// Answers one request with these bytes.
class OneAnswer {
 public:
  explicit OneAnswer(std::string answer)
      : acceptor_(context_, {asio::ip::address_v4::loopback(), 0}),
        thread_([this, answer = std::move(answer)] {
          boost::system::error_code ignored;
          tcp::socket socket = acceptor_.accept(ignored);
          asio::read_until(socket, asio::dynamic_buffer(asked_), "\r\n\r\n", ignored);
          asio::write(socket, asio::buffer(answer), ignored);
        }) {}
  ~OneAnswer() {
    if (thread_.joinable()) thread_.join();
  }
  OneAnswer(const OneAnswer&) = delete;
  OneAnswer& operator=(const OneAnswer&) = delete;
  [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
  const std::string& asked() {
    thread_.join();
    return asked_;
  }

 private:
  asio::io_context context_;
  tcp::acceptor acceptor_;
  std::string asked_;
  std::thread thread_;
};

TEST(ServerTime, IsTheDateOfWhateverAnswerComes) {
  OneAnswer server("HTTP/1.1 404 Not Found\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n");
  const auto time = server_time("127.0.0.1", server.port());
  ASSERT_TRUE(time) << time.error;
  EXPECT_EQ(std::chrono::system_clock::to_time_t(*time), 784111777);
  EXPECT_THAT(server.asked(), testing::StartsWith("HEAD / HTTP/1.1\r\nHost: 127.0.0.1\r\n"));
}

TEST(ServerTime, AnAnswerWithoutADateIsAnError) {
  OneAnswer none("HTTP/1.1 200 OK\r\n\r\n");
  EXPECT_THAT(server_time("127.0.0.1", none.port()).error, HasSubstr("no date"));
  OneAnswer broken("HTTP/1.1 200 OK\r\nDate: yesterday\r\n\r\n");
  EXPECT_THAT(server_time("127.0.0.1", broken.port()).error, HasSubstr("no date"));
  OneAnswer noise("\x16\x03\x01 no HTTP\r\n\r\n");
  EXPECT_FALSE(server_time("127.0.0.1", noise.port()));
}

TEST(ServerTime, NobodyThereIsAnErrorThatNamesWho) {
  std::uint16_t port = 0;
  {
    asio::io_context context;
    port = tcp::acceptor(context, {asio::ip::address_v4::loopback(), 0}).local_endpoint().port();
  }
  EXPECT_THAT(server_time("127.0.0.1", port).error, HasSubstr("127.0.0.1:"));
}

}  // namespace
}  // namespace exotap
