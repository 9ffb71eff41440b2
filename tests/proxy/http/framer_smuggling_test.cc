// The shapes by which two readers come to see different messages in the same bytes: each refused,
// at once and byte by byte alike.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "proxy/http/framer.h"
#include "tests/proxy/http/framer_run.h"

namespace exotap::http {
namespace {

using testing::hear;

struct Shape {
  std::string what;
  std::string bytes;
  FramingError error;
};

constexpr auto kLine = FramingError::malformed_start_line;
constexpr auto kField = FramingError::malformed_field;
constexpr auto kLength = FramingError::ambiguous_length;
constexpr auto kChunk = FramingError::chunk_malformed;
constexpr auto kVersion = FramingError::unsupported_version;
constexpr auto kNotHttp = FramingError::not_http;

std::string request(const std::string& fields) {
  return "POST / HTTP/1.1\r\nHost: a.example\r\n" + fields + "\r\n\r\n";
}
std::string answer(const std::string& fields) {
  return "HTTP/1.1 200 OK\r\n" + fields + "\r\n\r\n";
}
std::string chunks(const std::string& chunks) {
  return request("Transfer-Encoding: chunked") + chunks;
}

void expect_refused(Direction direction, const std::vector<Shape>& shapes) {
  for (const Shape& shape : shapes) {
    const auto whole = hear(direction, {shape.bytes});
    EXPECT_TRUE(whole.read_alike) << shape.what;
    EXPECT_EQ(to_string(whole.error), to_string(shape.error)) << shape.what << ": " << whole.reason;
    EXPECT_FALSE(whole.reason.empty()) << shape.what;
    EXPECT_TRUE(whole.messages.empty()) << shape.what;
    EXPECT_TRUE(same(whole, hear(direction, testing::byte_by_byte(shape.bytes)))) << shape.what;
  }
}

TEST(FramerSmuggling, RefusesAmbiguousLengths) {
  const std::vector<std::string> length_fields = {
      "Content-Length: 5\r\nTransfer-Encoding: chunked",
      "Transfer-Encoding: chunked\r\nContent-Length: 5",
      "Content-Length: 5\r\nContent-Length: 6",
      "Content-Length: 5\r\ncontent-length: 5",
      "Content-Length: 5, 5",
      "Content-Length: 5, 6",
      "Content-Length: 5,",
      "Content-Length: +5",
      "Content-Length: -5",
      "Content-Length: 0x5",
      "Content-Length: 5 5",
      "Content-Length: 5;a",
      "Content-Length: \"5\"",
      "Content-Length:",
      "Content-Length: 9223372036854775808",
      "Content-Length: 18446744073709551616",
      "Content-Length: 18446744073709551621",
      "Content-Length: 99999999999999999999999999",
      "Content-Length: \xd9\xa5",
      "Transfer-Encoding: chunked, chunked",
      "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
      "Transfer-Encoding: chunked, gzip",
      "Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip",
      "Transfer-Encoding: chunked, identity",
      "Transfer-Encoding: identity",
      "Transfer-Encoding: identity, chunked",
      "Transfer-Encoding: xchunked",
      "Transfer-Encoding: chunkedx",
      "Transfer-Encoding: \"chunked\"",
      "Transfer-Encoding: chunked;q=1",
      "Transfer-Encoding: chunked,",
      "Transfer-Encoding: ,chunked",
      "Transfer-Encoding: gzip,,chunked",
      "Transfer-Encoding: chu nked",
      "Transfer-Encoding:",
      "Transfer-Encoding: cow\r\nContent-Length: 5",
      "Transfer-Encoding: gzip chunked",
  };
  for (const std::string& fields : length_fields) {
    expect_refused(Direction::requests, {{fields, request(fields), kLength}});
    expect_refused(Direction::answers, {{fields, answer(fields), kLength}});
  }
  expect_refused(
      Direction::requests,
      {{"not chunked at last", request("Transfer-Encoding: gzip"), kLength},
       {"HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", kLength},
       {"CONNECT", "CONNECT a:443 HTTP/1.1\r\nContent-Length: 5\r\n\r\n", kLength},
       {"CONNECT", "CONNECT a:443 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", kLength}});
  expect_refused(Direction::answers,
                 {{"HTTP/1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", kLength}});
}

TEST(FramerSmuggling, RefusesMalformedFields) {
  const std::vector<std::string> fields = {
      "Host : a",
      "Host\t: a",
      " X: leading",
      "\tX: leading",
      "X: a\r\n folded",
      "X: a\r\n\tfolded",
      "X: a\r\n ",
      "no colon",
      "nocolon",
      ": no name",
      "X y: a",
      "X\x01: a",
      "X\x80: a",
      "X(: a",
      "X: a\nContent-Length: 5",
      "X: a\rContent-Length: 5",
      "X: a\r\rContent-Length: 5",
      "X: a\r",
      "\rX: a",
      std::string("X: a\0b", 6),
      std::string("X\0: a", 5),
      "X: a\x01",
      "X: a\x0b"
      "b",
      "X: \x7f",
      "Content-Length: 5\r\n : a",
      "Transfer-Encoding : chunked",
      "Transfer-Encoding\x0b: chunked",
      "X: a\n\nGET /smuggled HTTP/1.1",
  };
  for (const std::string& field : fields) {
    expect_refused(Direction::requests, {{field, request(field), kField}});
    expect_refused(Direction::answers, {{field, answer(field), kField}});
  }
  expect_refused(Direction::requests,
                 {{"two hosts", request("host: b.example"), kField},
                  {"bare LF", "GET / HTTP/1.1\r\nHost: a\n\n", kField},
                  {"bare LF at last", "GET / HTTP/1.1\r\nA: b\r\n\n", kField}});
}

TEST(FramerSmuggling, RefusesMalformedRequestLines) {
  expect_refused(Direction::requests,
                 {{"bare LF", "GET / HTTP/1.1\nHost: a\r\n\r\n", kLine},
                  {"bare LF before", "\nGET / HTTP/1.1\r\n\r\n", kLine},
                  {"bare CR before", "\rGET / HTTP/1.1\r\n\r\n", kLine},
                  {"bare CR", "GET /\r HTTP/1.1\r\n\r\n", kLine},
                  {"tab", "GET\t/ HTTP/1.1\r\n\r\n", kLine},
                  {"tab in the target", "GET /\ta HTTP/1.1\r\n\r\n", kLine},
                  {"two spaces", "GET  / HTTP/1.1\r\n\r\n", kLine},
                  {"no target, two spaces", "GET  HTTP/1.1\r\n\r\n", kLine},
                  {"space in the target", "GET /a b HTTP/1.1\r\n\r\n", kLine},
                  {"space behind", "GET / HTTP/1.1 \r\n\r\n", kLine},
                  {"no target", "GET HTTP/1.1\r\n\r\n", kLine},
                  {"method no token", "G(T / HTTP/1.1\r\n\r\n", kLine},
                  {"NUL", std::string("GET /\0 HTTP/1.1\r\n\r\n", 19), kLine},
                  {"version", "GET / HTTP/1.1x\r\n\r\n", kLine},
                  {"version", "GET / HTTP/1\r\n\r\n", kLine},
                  {"version", "GET / HTTP/1.10\r\n\r\n", kLine},
                  {"version", "GET / HTTP/2.0\r\n\r\n", kVersion},
                  {"version", "GET / HTTP/0.9\r\n\r\n", kVersion},
                  {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", kVersion},
                  {"HTTP/0.9", "GET /\r\n\r\n", kVersion},
                  {"lower case", "GET / http/1.1\r\n\r\n", kNotHttp},
                  {"TLS", "\x16\x03\x01\x02", kNotHttp},
                  {"SSH", "SSH-2.0-OpenSSH_9.2\r\n", kNotHttp},
                  {"HTTP/2 frame", std::string("\0\0\x12\x04", 4), kNotHttp},
                  {"space before", " GET / HTTP/1.1\r\n\r\n", kNotHttp}});
}

TEST(FramerSmuggling, RefusesMalformedStatusLines) {
  expect_refused(Direction::answers, {{"bare LF", "HTTP/1.1 200 OK\n\r\n", kLine},
                                      {"bare CR", "HTTP/1.1 200 O\rK\r\n\r\n", kLine},
                                      {"two digits", "HTTP/1.1 20 OK\r\n\r\n", kLine},
                                      {"four digits", "HTTP/1.1 2000 OK\r\n\r\n", kLine},
                                      {"below 100", "HTTP/1.1 099 OK\r\n\r\n", kLine},
                                      {"no status", "HTTP/1.1 OK\r\n\r\n", kLine},
                                      {"no status", "HTTP/1.1\r\n\r\n", kLine},
                                      {"no status", "HTTP/1.1 \r\n\r\n", kLine},
                                      {"two spaces", "HTTP/1.1  200 OK\r\n\r\n", kLine},
                                      {"sign", "HTTP/1.1 +20 OK\r\n\r\n", kLine},
                                      {"version", "HTTP/1.x 200 OK\r\n\r\n", kLine},
                                      {"version", "HTTP/ 200 OK\r\n\r\n", kLine},
                                      {"version", "HTTP/2.0 200 OK\r\n\r\n", kVersion},
                                      {"version", "HTTP/0.9 200 OK\r\n\r\n", kVersion},
                                      {"ICY", "ICY 200 OK\r\n\r\n", kNotHttp},
                                      {"HTTP/0.9", "<html>", kNotHttp},
                                      {"TLS alert", "\x15\x03\x03", kNotHttp}});
}

TEST(FramerSmuggling, RefusesMalformedChunks) {
  expect_refused(Direction::requests,
                 {{"bare LF after the size", chunks("5\nhello\r\n0\r\n\r\n"), kChunk},
                  {"bare CR after the size", chunks("5\rhello\r\n0\r\n\r\n"), kChunk},
                  {"bare LF after the data", chunks("5\r\nhello\n0\r\n\r\n"), kChunk},
                  {"no end of the data", chunks("5\r\nhello0\r\n\r\n"), kChunk},
                  {"data too long", chunks("5\r\nhello!!\r\n0\r\n\r\n"), kChunk},
                  {"size 0x", chunks("0x5\r\nhello\r\n0\r\n\r\n"), kChunk},
                  {"sign", chunks("+5\r\nhello\r\n0\r\n\r\n"), kChunk},
                  {"negative", chunks("-1\r\nhello\r\n0\r\n\r\n"), kChunk},
                  {"no size", chunks("\r\nhello\r\n0\r\n\r\n"), kChunk},
                  {"space before", chunks(" 5\r\nhello\r\n0\r\n\r\n"), kChunk},
                  {"underscore", chunks("1_0\r\nhello\r\n0\r\n\r\n"), kChunk},
                  {"overflow", chunks("10000000000000000\r\nhello\r\n0\r\n\r\n"), kChunk},
                  {"overflow", chunks("fffffffffffffffff\r\nhello\r\n0\r\n\r\n"), kChunk},
                  {"LF in an extension", chunks("5;a\nb\r\nhello\r\n0\r\n\r\n"), kChunk},
                  {"CR in an extension", chunks("5;a\rb\r\nhello\r\n0\r\n\r\n"), kChunk},
                  {"LF in a quoted value", chunks("5;a=\"\n\"\r\nhello\r\n0\r\n\r\n"), kChunk},
                  {"bare LF after the last chunk", chunks("0\n\r\n"), kChunk},
                  {"bare LF at the end", chunks("0\r\n\n"), kField},
                  {"trailer folded", chunks("0\r\nX: a\r\n b\r\n\r\n"), kField},
                  {"trailer with a bare LF", chunks("0\r\nX: a\nY: b\r\n\r\n"), kField},
                  {"trailer without colon", chunks("0\r\nGET / HTTP/1.1\r\n\r\n"), kField},
                  {"trailer that frames", chunks("0\r\nContent-Length: 5\r\n\r\n"), kLength},
                  {"trailer that frames", chunks("0\r\ntransfer-encoding: x\r\n\r\n"), kLength},
                  {"trailer that routes", chunks("0\r\nHost: b.example\r\n\r\n"), kLength}});
}

TEST(FramerSmuggling, BoundsEverything) {
  const Limits limits{.head = 500, .fields = 5, .chunk_line = 20, .trailers = 100};
  const std::string long_text(600, 'a');
  const std::string chunked = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
  const std::vector<Shape> shapes = {
      {"target", "GET /" + long_text, FramingError::head_too_large},
      {"value", "GET / HTTP/1.1\r\nX: " + long_text + "\r\n\r\n", FramingError::head_too_large},
      {"unfinished", "GET / HTTP/1.1\r\nX: " + long_text, FramingError::head_too_large},
      {"no HTTP at all", "\x16\x03" + long_text + "\r\n", kNotHttp},
      {"fields", "GET / HTTP/1.1\r\nA:\r\nA:\r\nA:\r\nA:\r\nA:\r\nA:\r\n\r\n",
       FramingError::too_many_fields},
      {"extension", chunked + "5;" + long_text + "\r\nhello\r\n0\r\n\r\n", kChunk},
      {"unfinished extension", chunked + "5;" + long_text, kChunk},
      {"extension of a later chunk", chunked + "1\r\na\r\n1;" + long_text + "\r\na\r\n", kChunk},
      {"extension of the last chunk", chunked + "0;" + long_text + "\r\n\r\n", kChunk},
      {"leading zeros", chunked + std::string(50, '0') + "5\r\nhello\r\n0\r\n\r\n", kChunk},
      {"trailers", chunked + "0\r\nX: " + long_text + "\r\n\r\n", kChunk},
      {"trailer fields", chunked + "0\r\nA:\r\nA:\r\nA:\r\nA:\r\nA:\r\nA:\r\n\r\n",
       FramingError::too_many_fields},
  };
  for (const Shape& shape : shapes) {
    const auto whole = hear(Direction::requests, {shape.bytes}, {}, limits);
    EXPECT_EQ(to_string(whole.error), to_string(shape.error)) << shape.what << ": " << whole.reason;
    const auto pieces = testing::byte_by_byte(shape.bytes);
    EXPECT_TRUE(same(whole, hear(Direction::requests, pieces, {}, limits))) << shape.what;
  }
  const std::string most = chunked + "5;" + std::string(18, 'a') + "\r\nhello\r\n0\r\n\r\n";
  EXPECT_EQ(hear(Direction::requests, {most}, {}, {.chunk_line = 22}).messages.size(), 1u);
}

TEST(FramerSmuggling, StaysRefused) {
  Framer framer(Direction::requests);
  EXPECT_EQ(framer.read("GET / HTTP/9.9\r\n").part, Part::refused);
  EXPECT_EQ(framer.read("GET / HTTP/1.1\r\n\r\n").part, Part::refused);
  EXPECT_EQ(framer.finish().part, Part::refused);
  EXPECT_EQ(framer.error(), FramingError::unsupported_version);
  EXPECT_FALSE(framer.error_reason().empty());
}

// What must still pass: strictness that breaks sign-in would be a fault of ours.
TEST(FramerSmuggling, PassesWhatIsPlain) {
  const std::vector<std::string> plain = {
      request("Content-Length: 0"),
      request("Content-Length: 0000"),
      request("Content-Length:\t0  "),
      request("Transfer-Encoding: chunked") + "0\r\n\r\n",
      request("Transfer-Encoding: Chunked") + "0\r\n\r\n",
      request("Transfer-Encoding: gzip, chunked") + "0\r\n\r\n",
      request("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked") + "0\r\n\r\n",
      request("Cookie: a=\"b\"; c=\xe2\x82\xac"),
      request("X!#$%&'*+-.^_`|~09: odd but a token"),
      "GET /\xc3\xbcml\xe4ut?q={a|b}\"<> HTTP/1.1\r\n\r\n",
      "GET http://a.example/x HTTP/1.1\r\nHost: a.example\r\n\r\n",
      "OPTIONS * HTTP/1.1\r\n\r\n",
      "GET / HTTP/1.2\r\n\r\n",
      "GET / HTTP/1.0\r\n\r\n",
  };
  for (const std::string& bytes : plain) {
    const auto heard = hear(Direction::requests, {bytes});
    EXPECT_TRUE(heard.read_alike);
    EXPECT_EQ(heard.messages.size(), 1u) << bytes << ": " << heard.reason;
    EXPECT_EQ(heard.forwarded, bytes);
  }
}

}  // namespace
}  // namespace exotap::http
