// Request smuggling, over real sockets: every shape by which two readers of the same bytes may see
// different messages, and what becomes of it here. Nothing in between: it is refused before the
// server hears of it, or cut off before the server sees an end, or it passes in a way that leaves
// no doubt, and the table says why.
#include <gmock/gmock.h>

#include <condition_variable>
#include <mutex>
#include <vector>

#include "tests/proxy/wire/opened_fixture.h"

namespace exotap::test {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

struct Shape {
  const char* what;
  std::string bytes;
};

std::string head(const std::string& fields) {
  return "POST /x HTTP/1.1\r\nHost: mail.contoso.com\r\n" + fields + "\r\n";
}
std::string chunked(const std::string& body) {
  return head("Transfer-Encoding: chunked\r\n") + body;
}
const std::string kHidden = "GET /hidden HTTP/1.1\r\nHost: h\r\n\r\n";

// Refused whole: the server hears nothing of it.
const std::vector<Shape> kRefused = {
    {"length and chunked",
     head("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n"},
    {"chunked and length",
     head("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n") + "0\r\n\r\n"},
    {"chunked twice", head("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")},
    {"chunked, then another", head("Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip\r\n")},
    {"chunked not last", head("Transfer-Encoding: chunked, identity\r\n")},
    {"unknown coding", head("Transfer-Encoding: xchunked\r\n")},
    {"coding with a vertical tab", head("Transfer-Encoding: \x0b"
                                        "chunked\r\n")},
    {"coding with junk behind", head("Transfer-Encoding: chunked zorg\r\n")},
    {"coding with a parameter", head("Transfer-Encoding: chunked;q=1\r\n")},
    {"coding in quotes", head("Transfer-Encoding: \"chunked\"\r\n")},
    {"empty coding", head("Transfer-Encoding:\r\n")},
    {"space before the colon", head("Transfer-Encoding : chunked\r\n") + "0\r\n\r\n" + kHidden},
    {"tab before the colon", head("Content-Length\t: 5\r\n")},
    {"name with a NUL", head(std::string("Content-Length\0: 5\r\n", 20))},
    {"coding in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
    {"two lengths that differ", head("Content-Length: 5\r\nContent-Length: 6\r\n")},
    {"two lengths alike", head("Content-Length: 5\r\nContent-Length: 5\r\n") + "hello"},
    {"list of lengths", head("Content-Length: 5, 5\r\n")},
    {"length with a plus", head("Content-Length: +5\r\n")},
    {"negative length", head("Content-Length: -5\r\n")},
    {"length with a space", head("Content-Length: 5 5\r\n")},
    {"length in hex", head("Content-Length: 0x5\r\n")},
    {"length that is negative to who counts in 63 bits",
     head("Content-Length: 9223372036854775808\r\n")},
    {"length that overflows", head("Content-Length: 18446744073709551621\r\n")},
    {"empty length", head("Content-Length:\r\n")},
    {"folded field", head("X: a\r\n Transfer-Encoding: chunked\r\n")},
    {"folded coding", head("Transfer-Encoding:\r\n chunked\r\n")},
    {"white space before the first field", "GET / HTTP/1.1\r\n Host: h\r\n\r\n"},
    {"bare LF between fields", head("X: a\nContent-Length: 30\r\n")},
    {"bare LF at the end", "GET / HTTP/1.1\r\nHost: h\n\n" + kHidden},
    {"bare LF after the request line", "GET / HTTP/1.1\nHost: h\r\n\r\n"},
    {"bare CR in a field", head("X: a\rContent-Length: 30\r\n")},
    {"NUL in a field", head(std::string("X: a\0b\r\n", 8))},
    {"control in a field", head("X: a\x01\r\n")},
    {"field without a colon", head("Content-Length 5\r\n")},
    {"two hosts", head("Host: other.example\r\n")},
    {"two spaces in the request line", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n"},
    {"a space in the target", "GET /a HTTP/1.1 /b HTTP/1.1\r\nHost: h\r\n\r\n"},
    {"tab in the request line", "GET\t/ HTTP/1.1\r\nHost: h\r\n\r\n"},
    {"HTTP/0.9", "GET /\r\n\r\n"},
    {"HTTP/2.0", "GET / HTTP/2.0\r\nHost: h\r\n\r\n"},
    {"the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
    {"odd version", "GET / HTTP/1.1x\r\nHost: h\r\n\r\n"},
    {"CONNECT with a length", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n"},
    {"CONNECT with chunks",
     "CONNECT a:443 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"},
    {"a hundred thousand fields",
     [] {
       std::string many = "GET / HTTP/1.1\r\nHost: h\r\n";
       for (int i = 0; i < 100000; ++i) many += "a:\r\n";
       return many + "\r\n";
     }()},
    {"a field without an end", "GET / HTTP/1.1\r\nX: " + std::string(300 * 1024, 'x')},
};

// The head is good and has passed; what follows is no chunk.
const std::vector<Shape> kCut = {
    {"size with a plus", chunked("+5\r\nhello\r\n0\r\n\r\n")},
    {"negative size", chunked("-1\r\nhello\r\n0\r\n\r\n")},
    {"size that overflows", chunked("10000000000000005\r\nhello\r\n0\r\n\r\n")},
    {"size in 0x", chunked("0x5\r\nhello\r\n0\r\n\r\n")},
    {"no size", chunked("\r\nhello\r\n0\r\n\r\n")},
    {"space before the size", chunked(" 5\r\nhello\r\n0\r\n\r\n")},
    {"bare LF after the size", chunked("5\nhello\r\n0\r\n\r\n")},
    {"bare CR after the size", chunked("5\rhello\r\n0\r\n\r\n")},
    {"bare LF in an extension", chunked("5;a\nb\r\nhello\r\n0\r\n\r\n")},
    {"bare LF after the data", chunked("5\r\nhello\n0\r\n\r\n")},
    {"more data than said", chunked("5\r\nhello!!\r\n0\r\n\r\n")},
    {"endless extension", chunked("5;" + std::string(8 * 1024, 'e') + "\r\nhello\r\n0\r\n\r\n")},
    {"endless extension in small chunks",
     [] {
       std::string many;
       for (int i = 0; i < 20; ++i)
         many += "1;" + std::string(static_cast<std::size_t>(i) * 256, 'e') + "\r\nx\r\n";
       return chunked(many + "0\r\n\r\n");
     }()},
    {"a trailer that frames", chunked("0\r\nContent-Length: 5\r\n\r\n")},
    {"a folded trailer", chunked("0\r\nX: a\r\n b\r\n\r\n")},
    {"a trailer that is a request", chunked("0\r\n" + kHidden)},
    {"endless trailers", chunked("0\r\nX: " + std::string(80 * 1024, 't') + "\r\n\r\n")},
    {"bare LF at the end", chunked("0\r\n\n")},
};

class SmugglingTest : public OpenedTest {
 protected:
  // A server that keeps what each of its connections brought, and answers whole heads.
  void serve_a_listener(const std::string& answer = "") {
    serve_tls([this, answer](Peer& client) {
      std::string all;
      if (!answer.empty()) {
        all = client.read_until("\r\n\r\n");
        client.send(answer);
      }
      all += client.read_to_end();
      const std::lock_guard lock(mutex_);
      heard_.push_back(all);
      changed_.notify_all();
    });
  }
  std::string heard(std::size_t n) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(20), [&] { return heard_.size() > n; });
    return heard_.size() > n ? heard_[n] : "nothing ended";
  }
  void expect_recorded(std::size_t n, const char* what) {
    const Exchange* record = recorder_.nth(n);
    ASSERT_NE(record, nullptr) << what;
    EXPECT_EQ(record->handling, Handling::refused) << what;
    EXPECT_EQ(record->handling_reason, "ambiguous_framing") << what;
    EXPECT_EQ(record->fault.type, FaultType::http) << what;
    EXPECT_EQ(record->fault.stage, Stage::request) << what;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> heard_;
};

TEST_F(SmugglingTest, InsideTlsNoneReachesTheServer) {
  serve_a_listener();
  std::size_t n = 0;
  for (const Shape& shape : kRefused) {
    Peer client = open();
    client.send(shape.bytes);
    const std::string answer = client.read_to_end();
    EXPECT_THAT(answer, ::testing::AnyOf(StartsWith("HTTP/1.1 400 "), StartsWith("HTTP/1.1 431 "),
                                         StartsWith("HTTP/1.1 505 ")))
        << shape.what;
    EXPECT_EQ(answer.find("\nHTTP/1.1 "), std::string::npos) << shape.what << ": one answer";
    EXPECT_EQ(heard(n++), "") << shape.what;
    expect_recorded(n * 2 - 1, shape.what);  // each has a CONNECT before it
  }
}

TEST_F(SmugglingTest, InClearNoneReachesAnybody) {
  start();
  std::size_t n = 0;
  for (const Shape& shape : kRefused) {
    Peer client = dial_proxy();
    client.send(shape.bytes);
    EXPECT_THAT(client.read_to_end(),
                ::testing::AnyOf(StartsWith("HTTP/1.1 400 "), StartsWith("HTTP/1.1 431 "),
                                 StartsWith("HTTP/1.1 505 ")))
        << shape.what;
    expect_recorded(n++, shape.what);
  }
}

TEST_F(SmugglingTest, WhatGoesBadBehindItsHeadIsCutOffBeforeItsEnd) {
  serve_a_listener();
  std::size_t n = 0;
  for (const Shape& shape : kCut) {
    Peer client = open();
    client.send(shape.bytes);
    EXPECT_THAT(client.read_to_end(), StartsWith("HTTP/1.1 400 ")) << shape.what;
    const std::string before = heard(n++);
    EXPECT_THAT(before, ::testing::AnyOf("", StartsWith("POST /x HTTP/1.1\r\n"))) << shape.what;
    EXPECT_THAT(before, Not(EndsWith("0\r\n\r\n"))) << shape.what << ": the server sees no end";
    EXPECT_THAT(before, Not(HasSubstr("/hidden"))) << shape.what;
    expect_recorded(n * 2 - 1, shape.what);
  }
}

// What passes, and why it is one message to every reader.
TEST_F(SmugglingTest, WhatPassesPassesAsItCame) {
  const std::vector<Shape> good = {
      {"an extension is part of its line", chunked("5;a=\"b\"\r\nhello\r\n0\r\n\r\n")},
      {"leading zeros are digits", chunked("0005\r\nhello\r\n0\r\n\r\n")},
      {"a length of zeros and digits", head("Content-Length: 005\r\n") + "hello"},
      {"a trailer that frames nothing", chunked("5\r\nhello\r\n0\r\nX: y\r\n\r\n")},
      {"HTTP/1.0 has no chunks and its length",
       "POST /x HTTP/1.0\r\nContent-Length: 5\r\n\r\nhello"},
      {"a foreign absolute-form: the server decides, framing is the same",
       "POST http://other.example/x HTTP/1.1\r\nHost: mail.contoso.com\r\nContent-Length: 5\r\n\r\n"
       "hello"},
  };
  serve_a_listener("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  std::size_t n = 0;
  for (const Shape& shape : good) {
    Peer client = open();
    client.send(shape.bytes);
    EXPECT_THAT(client.read_until("\r\n\r\n"), StartsWith("HTTP/1.1 200 OK")) << shape.what;
    client.close();
    EXPECT_EQ(heard(n++), shape.bytes) << shape.what;
    const Exchange* record = recorder_.nth(n * 2 - 1);
    ASSERT_NE(record, nullptr) << shape.what;
    EXPECT_TRUE(record->request.complete) << shape.what;
    EXPECT_EQ(record->request.body, "hello") << shape.what;
  }
}

TEST_F(SmugglingTest, AnUpgradeThatIsRefusedHidesNoRequest) {
  std::string second;
  serve_tls([&](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1");
    second = client.read_until("\r\n\r\n");
    client.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n2");
    client.read_to_end();
  });
  Peer client = open();
  client.send(
      "GET /a HTTP/1.1\r\nHost: h\r\nConnection: Upgrade, HTTP2-Settings\r\n"
      "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n" +
      kHidden);
  client.read_until("\r\n\r\n2");
  EXPECT_EQ(second, kHidden);
  client.close();
  const Exchange* hidden = recorder_.nth(2);
  ASSERT_NE(hidden, nullptr);
  EXPECT_EQ(hidden->request.head.target(), "/hidden") << "a request of its own in the record";
}

TEST_F(SmugglingTest, WhoseHostItIsTheTargetDecidesInClear) {
  std::string seen;
  Origin origin([&](Peer& client) {
    seen = client.read_until("\r\n\r\n");
    client.send(ok("x"));
    client.read_to_end();
  });
  serve(origin.port(), "a.example", 80);
  start();
  Peer client = dial_proxy();
  client.send("GET http://a.example/ HTTP/1.1\r\nHost: b.example\r\n\r\n");
  client.read_until("\r\n\r\nx");
  EXPECT_EQ(seen, "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n");
}

// The same shapes in answers: the client gets an explanation in place of the answer, or no end.
TEST_F(SmugglingTest, AnswersToo) {
  const std::string ok = "HTTP/1.1 200 OK\r\n";
  const std::vector<Shape> bad = {
      {"length and chunked",
       ok + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
      {"two lengths", ok + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"},
      {"length with a plus", ok + "Content-Length: +5\r\n\r\nhello"},
      {"chunked twice", ok + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"},
      {"space before the colon", ok + "Content-Length : 5\r\n\r\nhello"},
      {"folded", ok + "X: a\r\n b\r\n\r\n"},
      {"bare LF", ok + "X: a\nContent-Length: 0\r\n\r\n"},
      {"bare CR", ok + "X: a\rContent-Length: 0\r\n\r\n"},
      {"NUL", ok + std::string("X: a\0\r\n\r\n", 9)},
      {"chunked in HTTP/1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
      {"HTTP/2", "HTTP/2 200 OK\r\n\r\n"},
      {"odd status", "HTTP/1.1 2000 OK\r\n\r\n"},
  };
  std::string next;
  serve_tls([&](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send(next);
    client.read_to_end();
  });
  std::size_t n = 0;
  for (const Shape& shape : bad) {
    next = shape.bytes;
    Peer client = open();
    client.send(get("/"));
    EXPECT_THAT(client.read_to_end(), StartsWith("HTTP/1.1 502 ")) << shape.what;
    client.close();  // else its record waits for that
    n += 2;
    const Exchange* record = recorder_.nth(n - 1);
    ASSERT_NE(record, nullptr) << shape.what;
    EXPECT_EQ(record->fault.type, FaultType::http) << shape.what;
    EXPECT_EQ(record->fault.stage, Stage::answer) << shape.what;
    EXPECT_EQ(record->handling_reason, "ambiguous_answer") << shape.what;
  }
  next = ok + "Transfer-Encoding: chunked\r\n\r\n+5\r\nhello\r\n0\r\n\r\n";
  Peer client = open();
  client.send(get("/"));
  EXPECT_THAT(client.read_to_end(), Not(EndsWith("0\r\n\r\n"))) << "no end";
  EXPECT_EQ(recorder_.nth(n + 1)->fault.code, "chunk_malformed");
  EXPECT_EQ(recorder_.nth(n + 1)->handling_reason, "ambiguous_answer");
}

}  // namespace
}  // namespace exotap::test
