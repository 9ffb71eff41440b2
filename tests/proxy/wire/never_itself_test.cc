// exotap is no proxy to itself, by whatever name or spelling, and no way into its own computer for
// others. Over real sockets and the real resolver.
#include <gmock/gmock.h>

#include <iostream>

#include "proxy/wire/own_address.h"
#include "tests/proxy/wire/network_address.h"
#include "tests/proxy/wire/opened_fixture.h"

namespace exotap::test {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class NeverItself : public OpenedTest {
 protected:
  std::string port() const { return std::to_string(proxy_->listening().port); }

  // The answer to one request, to its end.
  std::string ask(const std::string& request, Peer client) {
    client.send(request);
    client.shutdown_send();
    return client.read_to_end();
  }
  std::string ask(const std::string& request) { return ask(request, dial_proxy()); }

  void expect_refused_record(std::size_t n, std::string_view code, const std::string& what) {
    const Exchange* record = recorder_.nth(n);
    ASSERT_NE(record, nullptr) << what;
    EXPECT_EQ(record->handling, Handling::refused) << what;
    EXPECT_EQ(record->handling_reason, "own_address") << what;
    EXPECT_EQ(record->fault.type, FaultType::proxy) << what;
    EXPECT_EQ(record->fault.code, code) << what;
    EXPECT_EQ(record->answer.head.status, 403) << what;
  }
};

// As a resolver takes them: inet_aton's spellings among them.
const char* const kSpellings[] = {
    "127.0.0.1", "localhost",          "LOCALHOST.",      "2130706433",
    "0x7f.1",    "0x7f000001",         "0177.0.0.1",      "127.1",
    "127.0.1",   "017700000001",       "0.0.0.0",         "0",
    "[::]",      "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]"};

TEST_F(NeverItself, ByNoSpelling) {
  start();
  std::size_t n = 0;
  for (const char* spelling : kSpellings) {
    const std::string self = spelling + (":" + port());
    for (const std::string& request :
         {"CONNECT " + self + " HTTP/1.1\r\nHost: " + self + "\r\n\r\n",
          "GET http://" + self + "/proxy.pac HTTP/1.1\r\nHost: " + self + "\r\n\r\n",
          "GET https://" + self + "/ HTTP/1.1\r\nHost: " + self + "\r\n\r\n"}) {
      const std::string answer = ask(request);
      EXPECT_THAT(answer, StartsWith("HTTP/1.1 403 ")) << request;
      EXPECT_THAT(answer, HasSubstr("where exotap listens")) << request;
      expect_refused_record(n++, wire::kLeadsToItself, request);
    }
  }
  EXPECT_EQ(recorder_.count(), n) << "nothing arrived at the listener but the clients themselves";
}

TEST_F(NeverItself, OverIpv6) {
  settings_.listen_address = "::1";
  start();
  for (const char* spelling : {"[::1]", "[0:0::1]", "[::]", "ip6-localhost", "localhost"}) {
    boost::asio::io_context io;
    boost::asio::ip::tcp::socket client(io);
    client.connect({boost::asio::ip::address_v6::loopback(), proxy_->listening().port});
    const std::string self = spelling + (":" + port());
    const std::string answer = ask("CONNECT " + self + " HTTP/1.1\r\n\r\n", Peer(client.release()));
    // A machine may lack one of the names; none leads back.
    EXPECT_THAT(answer, AnyOf(StartsWith("HTTP/1.1 403 "), StartsWith("HTTP/1.1 502 "))) << self;
    if (*spelling == '[') {
      EXPECT_THAT(answer, StartsWith("HTTP/1.1 403 ")) << self;
    }
  }
}

TEST_F(NeverItself, NotWhereConnectToLeads) {
  start();
  const std::uint16_t own = proxy_->listening().port;
  // The port is known only now: another proxy of the same settings at that port's neighbour.
  ASSERT_TRUE(settings_.connect_to.add("mail.contoso.com:443:localhost:" + std::to_string(own)));
  EXPECT_THAT(ask("CONNECT mail.contoso.com:443 HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 403 "));
  expect_refused_record(0, wire::kLeadsToItself, "--connect-to");
  EXPECT_TRUE(recorder_.nth(0)->mail_related);
}

TEST_F(NeverItself, NotAsItsOwnUpstream) {
  settings_.upstream.type = wire::UpstreamType::fixed;
  settings_.upstream.proxy = {wire::Hop::Kind::http, {"placeholder.contoso.com", 1}};
  start();
  // A name that leads here only once it is resolved; what is plainly itself is refused at start.
  settings_.upstream.proxy.at = {"0x7f.1", proxy_->listening().port};
  std::size_t n = 0;
  for (const char* request : {"CONNECT mail.contoso.com:443 HTTP/1.1\r\n\r\n",
                              "GET http://mail.contoso.com/ HTTP/1.1\r\nHost: m\r\n\r\n"}) {
    const std::string answer = ask(request);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 403 ")) << request;
    EXPECT_THAT(answer, HasSubstr("is exotap itself")) << request;
    expect_refused_record(n++, wire::kLeadsToItself, request);
  }
  EXPECT_EQ(recorder_.count(), n) << "it did not ask itself";
}

TEST_F(NeverItself, AnotherServiceAtTheSamePortIsReached) {
  Origin origin([](Peer& client) { echo_paths(client); });
  settings_.listen_address = "127.0.0.2";
  settings_.listen_port = origin.port();
  start();
  boost::asio::io_context io;
  boost::asio::ip::tcp::socket client(io);
  client.connect({boost::asio::ip::make_address("127.0.0.2"), origin.port()});
  EXPECT_THAT(ask("GET http://127.0.0.1:" + port() + "/there HTTP/1.1\r\nHost: h\r\n\r\n",
                  Peer(client.release())),
              ::testing::EndsWith("/there"));
}

TEST_F(NeverItself, ItsOwnPagesAreStillServed) {
  start();
  wire::OwnPages pages;
  pages.add("/proxy.pac", {"text/plain", "function"});
  proxy_->serve_pages(pages);
  EXPECT_THAT(ask("GET /proxy.pac HTTP/1.1\r\nHost: 127.0.0.1:" + port() + "\r\n\r\n"),
              ::testing::EndsWith("function"));
  EXPECT_THAT(ask("GET http://exotap.internal/proxy.pac HTTP/1.1\r\nHost: e\r\n\r\n"),
              ::testing::EndsWith("function"));
}

// Listening on all addresses, with a client that comes from the network.
class ForOthers : public NeverItself {
 protected:
  void SetUp() override {
    address_ = network_address();
    if (!address_) {
      GTEST_SKIP() << "this machine has no address but loopback: no client from elsewhere";
    }
    settings_.listen_address = "0.0.0.0";
  }
  Peer dial_from_elsewhere() {
    boost::asio::io_context io;
    boost::asio::ip::tcp::socket client(io);
    client.connect({boost::asio::ip::make_address(*address_), proxy_->listening().port});
    return Peer(client.release());
  }
  std::optional<std::string> address_;
};

TEST_F(ForOthers, AStrangerIsClosedBeforeAByte) {
  ASSERT_TRUE(settings_.clients.add("198.51.100.0/24"));
  start();
  EXPECT_EQ(ask("CONNECT mail.contoso.com:443 HTTP/1.1\r\n\r\n", dial_from_elsewhere()), "");
  EXPECT_EQ(recorder_.count(), 0U);
  EXPECT_THAT(ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), StartsWith("HTTP/1.1 400 "))
      << "loopback is always served";
}

TEST_F(ForOthers, WhomItServesItDoesNotLetIntoItsOwnComputer) {
  Origin origin([](Peer& client) { echo_paths(client); });
  ASSERT_TRUE(settings_.clients.add(*address_));
  ASSERT_TRUE(
      settings_.connect_to.add("mail.contoso.com:80:127.0.0.1:" + std::to_string(origin.port())));
  start();
  std::size_t n = 0;
  for (const char* host : {"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "0.0.0.0",
                           "169.254.169.254", "[fe80::1]"}) {
    const std::string target = host + (":" + std::to_string(origin.port()));
    EXPECT_THAT(ask("CONNECT " + target + " HTTP/1.1\r\n\r\n", dial_from_elsewhere()),
                StartsWith("HTTP/1.1 403 "))
        << target;
    expect_refused_record(n++, wire::kLeadsToThisComputer, target);
  }
  // Where the options themselves lead, everybody is led.
  EXPECT_THAT(
      ask("GET http://mail.contoso.com/led HTTP/1.1\r\nHost: m\r\n\r\n", dial_from_elsewhere()),
      ::testing::EndsWith("/led"));
  // And this computer's own clients reach its services as ever.
  EXPECT_THAT(ask("GET http://127.0.0.1:" + std::to_string(origin.port()) +
                  "/own HTTP/1.1\r\nHost: h\r\n\r\n"),
              ::testing::EndsWith("/own"));
}

TEST_F(ForOthers, NoAddressOfThisComputerLeadsBack) {
  ASSERT_TRUE(settings_.clients.add(*address_));
  start();
  for (const std::string& host : {*address_, "[::ffff:" + *address_ + "]", std::string("127.0.0.9"),
                                  std::string("localhost")}) {
    const std::string self = host + ":" + port();
    EXPECT_THAT(ask("CONNECT " + self + " HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 403 ")) << self;
  }
}

TEST_F(ForOthers, ItsPagesAreServedUnderTheAddressThatWasReached) {
  ASSERT_TRUE(settings_.clients.add(*address_));
  start();
  wire::OwnPages pages;
  pages.add("/", {"text/plain", "start"});
  proxy_->serve_pages(pages);
  EXPECT_THAT(ask("GET / HTTP/1.1\r\nHost: " + *address_ + ":" + port() + "\r\n\r\n",
                  dial_from_elsewhere()),
              ::testing::EndsWith("start"));
  EXPECT_THAT(ask("GET / HTTP/1.1\r\nHost: rebound.example\r\n\r\n", dial_from_elsewhere()),
              StartsWith("HTTP/1.1 400 "));
}

}  // namespace
}  // namespace exotap::test
