// The proxy as a whole: how it starts, how it ends, and what it says when it cannot.
#include "proxy/wire/proxy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "tests/proxy/wire/opened_fixture.h"
#include "tests/proxy/wire/signal.h"
#include "tests/proxy/wire/silent_port.h"

namespace exotap::test {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds kGrace{15};

class ProxyAsAWhole : public OpenedTest {
 protected:
  std::string error_of_another(const wire::Settings& settings, const std::string& ca_file = {}) {
    const std::vector<std::string> anchors = {ca_file.empty() ? (folder_ / "root.pem").string()
                                                              : ca_file};
    wire::Proxy other(settings, *authority_, anchors, recorder_);
    return other.start();
  }
  std::chrono::milliseconds time_to_stop(std::chrono::milliseconds grace) {
    const auto begun = Clock::now();
    proxy_->stop(grace);
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun);
  }
};

TEST_F(ProxyAsAWhole, ListensWhereItSays) {
  start();
  EXPECT_EQ(proxy_->listening().address, "127.0.0.1");
  EXPECT_NE(proxy_->listening().port, 0);
  EXPECT_TRUE(dial_proxy().is_open());
}

// Keeps who connected.
class Door : public Tap {
 public:
  void offer(ExchangePtr) noexcept override {}
  void accepted(std::uint64_t connection_id, const Endpoint& client) noexcept override {
    const std::lock_guard lock(mutex_);
    clients_.emplace_back(connection_id, client.port);
    changed_.notify_all();
  }
  std::vector<std::pair<std::uint64_t, std::uint16_t>> wait_for(std::size_t many) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(20), [&] { return clients_.size() >= many; });
    return clients_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::pair<std::uint64_t, std::uint16_t>> clients_;
};

TEST_F(ProxyAsAWhole, TheTapIsToldWhoConnectsBeforeTheClientSaysAWord) {
  start();  // for the authority
  Door door;
  const std::vector<std::string> anchors = {(folder_ / "root.pem").string()};
  wire::Proxy other(settings_, *authority_, anchors, door);
  ASSERT_EQ(other.start(), "");
  boost::asio::io_context context;
  const boost::asio::ip::tcp::endpoint where(boost::asio::ip::address_v4::loopback(),
                                             other.listening().port);
  boost::asio::ip::tcp::socket one(context);
  boost::asio::ip::tcp::socket two(context);
  one.connect(where);
  EXPECT_EQ(door.wait_for(1).size(), 1U);
  two.connect(where);
  const auto clients = door.wait_for(2);
  ASSERT_EQ(clients.size(), 2U);
  EXPECT_EQ(clients[0].second, one.local_endpoint().port());
  EXPECT_EQ(clients[1].second, two.local_endpoint().port());
  EXPECT_NE(clients[0].first, clients[1].first);
}

TEST_F(ProxyAsAWhole, APortInUseIsSaidWithWhatToDo) {
  start();
  wire::Settings same = settings_;
  same.listen_port = proxy_->listening().port;
  const std::string error = error_of_another(same);
  EXPECT_TRUE(
      error.starts_with("cannot listen on 127.0.0.1:" + std::to_string(same.listen_port) + ": "))
      << error;
  EXPECT_NE(error.find("--listen"), std::string::npos);
}

TEST_F(ProxyAsAWhole, WhatIsNoAddressIsSaid) {
  start();
  wire::Settings odd = settings_;
  odd.listen_address = "localhost";
  EXPECT_NE(error_of_another(odd).find("not an IP address"), std::string::npos);
}

TEST_F(ProxyAsAWhole, ATrustFileThatCannotBeReadIsSaid) {
  start();
  EXPECT_NE(error_of_another(settings_, "/nowhere/ca.pem").find("/nowhere/ca.pem"),
            std::string::npos);
}

TEST_F(ProxyAsAWhole, ServesOnSeveralThreads) {
  settings_.threads = 3;
  serve_tls([](Peer& client) { echo_paths(client); });
  std::vector<Peer> clients;
  for (int i = 0; i < 9; ++i) clients.push_back(open());
  for (Peer& client : clients) client.send(get("/1"));
  for (Peer& client : clients) EXPECT_EQ(client.read(ok("/1").size()), ok("/1"));
}

TEST_F(ProxyAsAWhole, IdsAreUniqueOverAllThreads) {
  settings_.threads = 3;
  serve_tls([](Peer& client) { echo_paths(client); });
  for (int i = 0; i < 6; ++i) {
    Peer client = open();
    client.send(get("/1"));
    client.read(ok("/1").size());
  }
  proxy_->stop(kGrace);
  std::vector<std::uint64_t> ids;
  for (std::size_t i = 0; i < recorder_.count(); ++i) ids.push_back(recorder_.nth(i)->id);
  std::sort(ids.begin(), ids.end());
  EXPECT_EQ(std::unique(ids.begin(), ids.end()), ids.end());
  EXPECT_EQ(ids.size(), 12U);
}

TEST_F(ProxyAsAWhole, WithoutConnectionsStopsAtOnce) {
  start();
  EXPECT_LT(time_to_stop(kGrace), kGrace);
  EXPECT_FALSE(dial_proxy().is_open());
  proxy_->stop(kGrace);
}

TEST_F(ProxyAsAWhole, StopBeforeStartIsNothing) {
  start();
  wire::Proxy other(settings_, *authority_, {}, recorder_);
  other.stop(kGrace);
}

TEST_F(ProxyAsAWhole, StopClosesIdleConnectionsWithoutWaiting) {
  serve_tls([](Peer& client) { echo_paths(client); });
  Peer idle = open();
  idle.send(get("/1"));
  EXPECT_EQ(idle.read(ok("/1").size()), ok("/1"));
  Peer silent = dial_proxy();
  EXPECT_LT(time_to_stop(kGrace), kGrace);
  EXPECT_TRUE(idle.ended());
  EXPECT_FALSE(idle.was_reset());
  EXPECT_TRUE(silent.ended());
}

TEST_F(ProxyAsAWhole, StopLetsAnExchangeUnderWayFinish) {
  Signal asked, go;
  serve_tls([&](Peer& client) {
    client.read_until("\r\n\r\n");
    asked.raise();
    go.wait();
    client.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhal");
    client.send("ves");
    client.read_to_end();
  });
  Peer client = open();
  client.send(get("/slow"));
  ASSERT_TRUE(asked.wait());
  std::thread stopping([&] { proxy_->stop(kGrace); });
  go.raise();
  EXPECT_EQ(client.read_to_end(), "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhalves");
  client.close();
  stopping.join();
  const Exchange* exchange = recorder_.nth(1);
  ASSERT_NE(exchange, nullptr);
  EXPECT_FALSE(exchange->fault);
  EXPECT_EQ(exchange->answer.body, "halves");
}

TEST_F(ProxyAsAWhole, StopDoesNotCutTheLastAnswersEndFromASlowReader) {
  // The server has said everything; the client has yet to take it.
  constexpr std::size_t kSize = 30U << 20U;
  const std::string body(kSize, 'b');
  Signal sent;
  serve_tls([&](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(kSize) + "\r\n\r\n");
    for (std::size_t at = 0; at < kSize; at += 64 * 1024) {
      if (!client.send(std::string_view(body).substr(at, 64 * 1024))) return;
      sent.raise();
    }
    client.read_to_end();
  });
  Peer client = open();
  client.send(get("/"));
  client.read_until("\r\n\r\n");
  ASSERT_TRUE(sent.wait());
  (void)sent.settled(std::chrono::milliseconds(300));
  std::thread stopping([&] { proxy_->stop(kGrace); });
  EXPECT_EQ(client.read(kSize).size(), kSize);
  client.close();
  stopping.join();
}

TEST_F(ProxyAsAWhole, AfterTheGraceStopEndsWhatIsLeftAndRecordsIt) {
  Signal asked;
  serve_tls([&](Peer& client) {
    client.read_until("\r\n\r\n");
    asked.raise();
    client.read_to_end();
  });
  Peer client = open();
  client.send(get("/endless"));
  ASSERT_TRUE(asked.wait());
  EXPECT_GE(time_to_stop(std::chrono::milliseconds(300)), std::chrono::milliseconds(300));
  EXPECT_TRUE(client.ended());
  ASSERT_EQ(recorder_.count(), 2U);
  EXPECT_EQ(recorder_.nth(1)->request.head.target(), "/endless");
  EXPECT_TRUE(recorder_.nth(1)->fault);
}

TEST_F(ProxyAsAWhole, StopWithTwoHundredConnectionsOfEveryKind) {
  settings_.threads = 2;
  Origin raw([](Peer& client) { client.read_to_end(); });
  serve(raw.port(), "bank.example");
  const SilentPort silent;
  serve(silent.port(), "silent.contoso.com");
  serve_tls([](Peer& client) {
    const std::string head = client.read_until("\r\n\r\n");
    if (head.starts_with("GET /wait")) client.read_to_end();
    client.send(ok("x"));
    client.read_to_end();
  });
  std::vector<Peer> clients;
  for (int i = 0; i < 200; ++i) {
    switch (i % 5) {
      case 0:
        clients.push_back(open());
        break;  // idle
      case 1:
        clients.push_back(open());
        clients.back().send(get("/wait"));
        break;
      case 2:
        clients.push_back(dial_proxy());
        connect(clients.back(), "bank.example:443");
        break;
      case 3:
        clients.push_back(dial_proxy());
        clients.back().send("CONNECT silent.contoso.com:443 HTTP/1.1\r\n\r\n");
        break;
      default:
        clients.push_back(dial_proxy());
        clients.back().send("GET http://half.a.head/ HT");
        break;
    }
  }
  EXPECT_LT(time_to_stop(std::chrono::milliseconds(500)), kGrace);
  for (Peer& client : clients) {
    client.read_to_end();
    EXPECT_TRUE(client.ended());
  }
  const std::size_t told = recorder_.count();
  EXPECT_GE(told, 120U) << "opened and tunnelled ones have their records";
}

TEST_F(ProxyAsAWhole, ConnectionsThatComeTogetherWithStopEndToo) {
  settings_.threads = 2;
  serve_tls([](Peer& client) { echo_paths(client); });
  std::vector<Peer> clients;
  for (int i = 0; i < 50; ++i) {
    clients.push_back(dial_proxy());
    clients.back().send("CONNECT mail.contoso.com:443 HTTP/1.1\r\n\r\n");
  }
  EXPECT_LT(time_to_stop(kGrace), kGrace);
  for (Peer& client : clients) client.read_to_end();
}

TEST_F(ProxyAsAWhole, ItsPortIsFreeAgainAfterStop) {
  serve_tls([](Peer& client) { echo_paths(client); });
  Peer client = open();
  client.send(get("/1"));
  client.read(ok("/1").size());
  wire::Settings same = settings_;
  same.listen_port = proxy_->listening().port;
  proxy_->stop(kGrace);
  EXPECT_EQ(error_of_another(same), "");
}

TEST_F(ProxyAsAWhole, AHeadThatIsNeverFinishedOccupiesNobodyElse) {
  serve_tls([](Peer& client) { echo_paths(client); });
  std::vector<Peer> slow;
  for (int i = 0; i < 50; ++i) {
    slow.push_back(dial_proxy());
    slow.back().send("CONNECT mail.contoso.com:443 HTTP/1.1\r\nX-Slow: ");
  }
  Peer client = open();
  client.send(get("/1"));
  EXPECT_EQ(client.read(ok("/1").size()), ok("/1"));
}

}  // namespace
}  // namespace exotap::test
