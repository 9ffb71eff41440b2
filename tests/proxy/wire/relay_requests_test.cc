// The client's direction: what the server is sent, byte for byte, and what it is never sent.
#include <gtest/gtest.h>

#include <thread>

#include "proxy/wire/relay.h"
#include "tests/proxy/wire/opened_fixture.h"
#include "tests/proxy/wire/signal.h"
#include "tests/proxy/wire/unlike_bytes.h"

namespace exotap::test {
namespace {

class RelayRequestsTest : public OpenedTest {
 protected:
  // Reads one request of this body size and says what came.
  void serve_upload(std::size_t size) {
    serve_tls([this, size](Peer& client) {
      client.read_until("\r\n\r\n");
      body_ = client.read(size);
      client.send(ok(""));
      client.read_to_end();
    });
  }
  std::string body_;
};

TEST_F(RelayRequestsTest, AnUploadOfEightMebibytesArrivesWhole) {
  const std::string body = unlike_bytes(8U << 20U);
  serve_upload(body.size());
  Peer client = open();
  ASSERT_TRUE(client.send(post("/upload", body.size())));
  ASSERT_TRUE(client.send(body));
  EXPECT_TRUE(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 200"));
  EXPECT_TRUE(body_ == body);
  const Exchange* exchange = recorder_.nth(1);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->request.body_size, body.size());
  EXPECT_TRUE(exchange->request.body_truncated());
  EXPECT_TRUE(body.starts_with(exchange->request.body));
}

TEST_F(RelayRequestsTest, AChunkedUploadArrivesChunkForChunk) {
  std::string sent;
  for (unsigned i = 1; i <= 40; ++i) sent += chunk(unlike_bytes(i * 5000, i));
  sent += "0\r\n\r\n";
  serve_upload(sent.size());
  Peer client = open();
  ASSERT_TRUE(
      client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + sent));
  EXPECT_TRUE(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 200"));
  EXPECT_TRUE(body_ == sent);
}

TEST_F(RelayRequestsTest, AHeadLargerThanAnyBufferArrivesWhole) {
  std::string seen;
  serve_tls([&](Peer& client) {
    seen = client.read_until("\r\n\r\n");
    client.send(ok("fine"));
    client.read_to_end();
  });
  std::string head = "GET / HTTP/1.1\r\nHost: mail.contoso.com\r\n";
  for (int i = 0; i < 12; ++i)
    head += "Cookie-" + std::to_string(i) + ": " + std::string(16'000, 'c') + "\r\n";
  head += "\r\n";
  Peer client = open();
  ASSERT_TRUE(client.send(head));
  EXPECT_TRUE(client.read_until("fine").ends_with("fine"));
  EXPECT_TRUE(seen == head);
}

TEST_F(RelayRequestsTest, ARequestThatComesByteByByteArrivesTheSame) {
  std::string seen;
  serve_tls([&](Peer& client) {
    seen = client.read_until("last");
    client.send(ok("fine"));
    client.read_to_end();
  });
  Peer client = open();
  const std::string request = post("/slow", 8) + "the last";
  for (const char byte : request) ASSERT_TRUE(client.send({&byte, 1}));
  EXPECT_TRUE(client.read_until("fine").ends_with("fine"));
  EXPECT_EQ(seen, request);
}

TEST_F(RelayRequestsTest, AnUnfinishedHeadDoesNotReachTheServer) {
  Signal answered;
  std::string seen;
  serve_tls([&](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send(ok("1"));
    seen = client.read_to_end();
    answered.raise();
  });
  Peer client = open();
  client.send(get("/1") + "GET /2 HTTP/1.1\r\nHost: mail.cont");
  client.read(ok("1").size());
  client.close();
  ASSERT_TRUE(answered.wait());
  EXPECT_EQ(seen, "");
}

TEST_F(RelayRequestsTest, MorePipelinedRequestsThanTheBoundAreAllAnsweredInOrder) {
  serve_tls([](Peer& client) { echo_paths(client); });
  constexpr int kMany = 3 * static_cast<int>(wire::kMaxPipelined);
  std::string all;
  std::string expected;
  for (int i = 0; i < kMany; ++i) {
    all += get("/" + std::to_string(i));
    expected += ok("/" + std::to_string(i));
  }
  Peer client = open();
  ASSERT_TRUE(client.send(all));
  EXPECT_EQ(client.read(expected.size()), expected);
}

TEST_F(RelayRequestsTest, AServerThatDoesNotReadStopsTheClientToo) {
  constexpr std::size_t kSize = 40U << 20U;
  const std::string body = unlike_bytes(kSize);
  Signal go;
  std::string got;
  serve_tls([&](Peer& client) {
    client.read_until("\r\n\r\n");
    go.wait();
    got = client.read(kSize);
    client.send(ok("all"));
    client.read_to_end();
  });
  Peer client = open();
  Signal sent;
  std::thread sender([&] {
    client.send(post("/", kSize));
    for (std::size_t at = 0; at < kSize; at += 64 * 1024) {
      if (!client.send(std::string_view(body).substr(at, 64 * 1024))) return;
      sent.raise(64 * 1024);
    }
  });
  // Only the system's buffers stand between client and server.
  EXPECT_LT(sent.settled(std::chrono::milliseconds(500)), 30U << 20U);
  go.raise();
  sender.join();
  EXPECT_TRUE(client.read_until("all").ends_with("all"));
  EXPECT_TRUE(got == body);
}

TEST_F(RelayRequestsTest, AClientThatLeavesInTheMiddleOfItsBodyIsRecordedAsThat) {
  Signal ended;
  serve_tls([&](Peer& client) {
    client.read_to_end();
    ended.raise();
  });
  Peer client = open();
  client.send(post("/", 100) + "only this");
  client.close();
  const Exchange* exchange = recorder_.nth(1);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->fault.type, FaultType::client);
  EXPECT_EQ(exchange->fault.stage, Stage::request);
  EXPECT_TRUE(exchange->client_aborted);
  EXPECT_EQ(exchange->request.body, "only this");
  EXPECT_FALSE(exchange->request.complete);
  EXPECT_TRUE(ended.wait()) << "the server's connection ends with the client's";
}

TEST_F(RelayRequestsTest, AUserAgentsEmptyLineBetweenRequestsIsNoRequest) {
  serve_tls([](Peer& client) { echo_paths(client); });
  Peer client = open();
  client.send(get("/1") + "\r\n" + get("/2"));
  EXPECT_EQ(client.read((ok("/1") + ok("/2")).size()), ok("/1") + ok("/2"));
}

struct Smuggling {
  const char* name;
  const char* request;
};

class SmuggledRequest : public OpenedTest, public ::testing::WithParamInterface<Smuggling> {};

TEST_P(SmuggledRequest, NeverReachesTheServerAndIsRefused) {
  Signal ended;
  std::string seen;
  serve_tls([&](Peer& client) {
    seen = client.read_until("\r\n\r\n");
    client.send(ok("good"));
    seen += client.read_to_end();
    ended.raise();
  });
  Peer client = open();
  client.send(get("/good"));
  client.read_until("good");
  client.send(GetParam().request);
  const std::string answer = client.read_to_end();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 4")) << answer;
  EXPECT_EQ(answer.find("HTTP/1.1", 1), std::string::npos) << "one answer, not two";
  ASSERT_TRUE(ended.wait());
  EXPECT_EQ(seen, get("/good"));
  const Exchange* exchange = recorder_.nth(2);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->handling, Handling::refused);
  EXPECT_EQ(exchange->handling_reason, "ambiguous_framing");
  EXPECT_EQ(exchange->fault.type, FaultType::http);
  EXPECT_EQ(exchange->fault.stage, Stage::request);
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, SmuggledRequest,
    ::testing::Values(
        Smuggling{
            "two_lengths",
            "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"},
        Smuggling{
            "length_and_chunked",
            "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 30\r\nTransfer-Encoding: chunked\r\n\r\n"
            "0\r\n\r\nGET /admin HTTP/1.1\r\n\r\n"},
        Smuggling{"odd_coding",
                  "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"},
        Smuggling{
            "chunked_not_last",
            "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"},
        Smuggling{"space_before_colon",
                  "POST / HTTP/1.1\r\nHost: h\r\nContent-Length : 5\r\n\r\nhello"},
        Smuggling{"folded_line",
                  "POST / HTTP/1.1\r\nHost: h\r\nX: a\r\n Content-Length: 5\r\n\r\nhello"},
        Smuggling{"bare_line_feed", "GET / HTTP/1.1\nHost: h\r\n\r\n"},
        Smuggling{"negative_length", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n"},
        Smuggling{"signed_length", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: +5\r\n\r\nhello"},
        Smuggling{"two_hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"}),
    [](const auto& shape) { return std::string(shape.param.name); });

}  // namespace
}  // namespace exotap::test
