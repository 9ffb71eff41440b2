// What has no end by itself has one here: heads that come a byte at a time, bodies of single bytes,
// connections without number.
#include <gmock/gmock.h>
#include <sys/resource.h>

#include <atomic>
#include <ctime>
#include <mutex>

#include "tests/proxy/wire/opened_fixture.h"
#include "tests/proxy/wire/signal.h"

namespace exotap::test {
namespace {

using ::testing::EndsWith;
using ::testing::StartsWith;
using Clock = std::chrono::steady_clock;

class BoundedTest : public OpenedTest {
 protected:
  // Sends a byte every 50 ms until the other side ends it; how long that took.
  static std::chrono::milliseconds trickle(Peer& client, std::string_view bytes) {
    const auto begun = Clock::now();
    const auto patience = begun + std::chrono::seconds(20);
    std::size_t at = 0;
    while (Clock::now() < patience && client.send(bytes.substr(at++ % bytes.size(), 1)) &&
           !client.ends_within(std::chrono::milliseconds(50))) {
    }
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun);
  }
  static constexpr std::chrono::milliseconds kHeadTime{600};
  static constexpr std::chrono::seconds kLimit{15};  // for a busy machine
};

TEST_F(BoundedTest, AHeadThatComesByteByByteHasOneDeadlineInAll) {
  settings_.head_timeout = kHeadTime;
  start();
  Peer client = dial_proxy();
  client.send("CONNECT mail.contoso.com:443 HTTP/1.1\r\nX: ");
  const auto took = trickle(client, "a");
  EXPECT_GE(took, kHeadTime / 2);
  EXPECT_LT(took, kLimit);
}

TEST_F(BoundedTest, InsideTlsToo) {
  settings_.head_timeout = kHeadTime;
  settings_.idle_timeout = std::chrono::seconds(1);
  serve_tls([](Peer& client) { echo_paths(client); });
  Peer client = open();
  client.send(get("/1"));
  EXPECT_EQ(client.read(ok("/1").size()), ok("/1"));
  client.send("GET /2 HTTP/1.1\r\nX: ");
  EXPECT_LT(trickle(client, "a"), kLimit);
}

TEST_F(BoundedTest, AClientHelloToo) {
  settings_.head_timeout = kHeadTime;
  Origin origin([](Peer& client) { client.read_to_end(); });
  serve(origin.port());
  start();
  Peer client = dial_proxy();
  ASSERT_THAT(connect(client, "mail.contoso.com:443"), StartsWith("HTTP/1.1 200"));
  client.send(std::string("\x16\x03\x01\x20\x00\x01\x00\x1f\xfc\x03\x03", 11));
  EXPECT_LT(trickle(client, "a"), kLimit);
}

TEST_F(BoundedTest, ABodyOfSingleBytesPassesAndIsKeptOnlyInPart) {
  constexpr std::size_t kChunks = 200'000;
  serve_tls([](Peer& client) {
    client.read_until("0\r\n\r\n");
    client.send(ok("thanks"));
    client.read_to_end();
  });
  Peer client = open();
  client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
  std::string piece;
  for (int i = 0; i < 1000; ++i) piece += "1\r\nx\r\n";
  for (std::size_t sent = 0; sent < kChunks; sent += 1000) ASSERT_TRUE(client.send(piece));
  client.send("0\r\n\r\n");
  EXPECT_THAT(client.read_until("thanks"), EndsWith("thanks"));
  const Exchange* record = recorder_.nth(1);
  ASSERT_NE(record, nullptr);
  EXPECT_EQ(record->request.body_size, kChunks);
  EXPECT_EQ(record->request.body.size(), 64U * 1024);
}

TEST_F(BoundedTest, OneTooManyIsTurnedAwayAndNobodyElseNotices) {
  settings_.most_connections = 5;
  std::vector<std::string> notices;
  std::mutex mutex;
  settings_.notice = [&](const std::string& said) {
    const std::lock_guard lock(mutex);
    notices.push_back(said);
  };
  serve_tls([](Peer& client) { echo_paths(client); });
  std::vector<Peer> inside;
  for (int i = 0; i < 5; ++i) inside.push_back(open());
  for (int i = 0; i < 50; ++i) {
    Peer late = dial_proxy();
    EXPECT_THAT(late.read_to_end(), StartsWith("HTTP/1.1 503 "));
  }
  for (Peer& client : inside) {
    client.send(get("/still"));
    EXPECT_EQ(client.read(ok("/still").size()), ok("/still"));
  }
  {
    const std::lock_guard lock(mutex);
    EXPECT_THAT(notices, ::testing::ElementsAre(::testing::HasSubstr("all 5 connections")));
  }
  inside.pop_back();
  // Its place is free as soon as its end was seen.
  const auto patience = Clock::now() + kLimit;
  std::string answer;
  while (!answer.starts_with("HTTP/1.1 200") && Clock::now() < patience) {
    Peer next = dial_proxy();
    answer = connect(next, "mail.contoso.com:443");
  }
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200"));
}

// Every descriptor this process may still open, taken; given back at the end.
class AllDescriptors {
 public:
  AllDescriptors() {
    getrlimit(RLIMIT_NOFILE, &before_);
    rlimit low = before_;
    low.rlim_cur = 256;
    setrlimit(RLIMIT_NOFILE, &low);
    for (int fd = dup(0); fd >= 0; fd = dup(0)) taken_.push_back(fd);
  }
  ~AllDescriptors() { give_back(); }
  void give_back_one() {
    ::close(taken_.back());
    taken_.pop_back();
  }
  void give_back() {
    for (const int fd : taken_) ::close(fd);
    taken_.clear();
    setrlimit(RLIMIT_NOFILE, &before_);
  }

 private:
  rlimit before_{};
  std::vector<int> taken_;
};

TEST_F(BoundedTest, WithoutDescriptorsNewClientsWaitAndOldOnesGoOn) {
  Signal told;
  std::atomic<int> notices{0};
  settings_.notice = [&](const std::string& said) {
    EXPECT_THAT(said, StartsWith("cannot accept connections just now: "));
    ++notices;
    told.raise();
  };
  serve_tls([](Peer& client) { echo_paths(client); });
  Peer old = open();
  old.send(get("/before"));
  EXPECT_EQ(old.read(ok("/before").size()), ok("/before"));
  AllDescriptors all;
  all.give_back_one();  // for the client; the proxy has none to take it with
  Peer late = dial_proxy();
  ASSERT_TRUE(late.is_open());
  late.send("CONNECT mail.contoso.com:443 HTTP/1.1\r\n\r\n");
  ASSERT_TRUE(told.wait());
  const std::clock_t begun = std::clock();
  for (int i = 0; i < 100; ++i) {
    old.send(get("/meanwhile"));
    EXPECT_EQ(old.read(ok("/meanwhile").size()), ok("/meanwhile"));
  }
  EXPECT_FALSE(late.ends_within(std::chrono::milliseconds(500)));
  EXPECT_LT(std::clock() - begun, CLOCKS_PER_SEC / 2) << "nobody spins";
  all.give_back();
  EXPECT_THAT(late.read_until("\r\n\r\n"), StartsWith("HTTP/1.1 200 ")) << "served after all";
  EXPECT_EQ(notices, 1) << "said once";
}

}  // namespace
}  // namespace exotap::test
