#include "proxy/http/framer.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/proxy/http/framer_run.h"

namespace exotap::http {
namespace {

using testing::hear;
using testing::Heard;
using testing::Listener;

constexpr auto kRequests = Direction::requests;
constexpr auto kAnswers = Direction::answers;

TEST(Framer, KnowsWhetherAHeadHasBegunAndIsNotWhole) {
  Framer framer(kRequests);
  EXPECT_FALSE(framer.inside_head());
  EXPECT_EQ(framer.read("POST / HTTP/1.1\r\nContent-Length: 2\r\n").part, Part::need_more);
  EXPECT_TRUE(framer.inside_head());
  EXPECT_EQ(framer.read("\r\n").part, Part::head);
  EXPECT_FALSE(framer.inside_head());
  EXPECT_EQ(framer.read("a").part, Part::body);
  EXPECT_FALSE(framer.inside_head()) << "a body may take its time";
  EXPECT_EQ(framer.read("b").part, Part::end);
  EXPECT_FALSE(framer.inside_head());
}

const std::string kAutodiscover =
    "POST /autodiscover/autodiscover.xml HTTP/1.1\r\n"
    "Host: autodiscover.contoso.example\r\n"
    "Content-Type: text/xml\r\n"
    "X-Empty:\r\n"
    "User-Agent:  Microsoft Office/16.0 \t\r\n"
    "Content-Length: 6\r\n"
    "\r\n"
    "<a></a";

TEST(Framer, ReadsARequestWithABody) {
  const Heard heard = hear(kRequests, {kAutodiscover});
  EXPECT_TRUE(heard.read_alike);
  ASSERT_EQ(heard.messages.size(), 1u);
  const Message& request = heard.messages[0];
  EXPECT_EQ(request.head.method(), "POST");
  EXPECT_EQ(request.head.target(), "/autodiscover/autodiscover.xml");
  EXPECT_EQ(request.head.version_minor, 1);
  EXPECT_EQ(request.head.status, 0);
  ASSERT_EQ(request.head.fields.size(), 5u);
  EXPECT_EQ(request.head.find("host"), "autodiscover.contoso.example");
  EXPECT_EQ(request.head.find("x-empty"), "");
  EXPECT_EQ(request.head.field(3).name, "User-Agent");
  EXPECT_EQ(request.head.field(3).value, "Microsoft Office/16.0");
  EXPECT_EQ(request.body, "<a></a");
  EXPECT_EQ(request.body_size, 6u);
  EXPECT_TRUE(request.complete);
  EXPECT_EQ(heard.forwarded, kAutodiscover);
}

TEST(Framer, SaysEachPartOnce) {
  Framer framer(kRequests);
  EXPECT_TRUE(framer.between_messages());
  const std::size_t head_size = kAutodiscover.size() - 6;
  std::string_view rest = kAutodiscover;

  Step step = framer.read(rest.substr(0, 10));
  EXPECT_EQ(step.part, Part::need_more);
  EXPECT_EQ(step.consumed, 10u);
  EXPECT_FALSE(framer.between_messages());

  rest.remove_prefix(10);
  step = framer.read(rest);
  EXPECT_EQ(step.part, Part::head);
  EXPECT_EQ(step.consumed, head_size - 10);
  EXPECT_EQ(framer.message().head.text, kAutodiscover.substr(0, head_size));
  EXPECT_TRUE(framer.keep_alive());
  EXPECT_FALSE(framer.chunked());

  EXPECT_EQ(framer.read("").part, Part::need_more);
  step = framer.read("<a></");
  EXPECT_EQ(step.part, Part::body);
  EXPECT_EQ(step.consumed, 5u);
  step = framer.read("aGET");
  EXPECT_EQ(step.part, Part::end);
  EXPECT_EQ(step.consumed, 1u);
  EXPECT_TRUE(framer.between_messages());
  EXPECT_TRUE(framer.message().complete);
  EXPECT_EQ(framer.take().body, "<a></a");
  EXPECT_EQ(framer.read("").part, Part::need_more);
  EXPECT_EQ(framer.read("GET").part, Part::need_more);
}

TEST(Framer, ReadsTheRpcVerbsThatLlhttpDoesNotKnow) {
  for (const std::string method : {"RPC_IN_DATA", "RPC_OUT_DATA", "BITS_POST", "X-ODD.verb"}) {
    const std::string bytes = method +
                              " /rpc/rpcproxy.dll?mail.contoso.example:6001 HTTP/1.1\r\n"
                              "Content-Length: 1073741824\r\n\r\n";
    Framer framer(kRequests);
    EXPECT_EQ(framer.read(bytes).part, Part::head) << method;
    EXPECT_EQ(framer.message().head.method(), method);
    const Step step = framer.read("first bytes");
    EXPECT_EQ(step.part, Part::body);
    EXPECT_EQ(step.consumed, 11u);
  }
}

TEST(Framer, CountsABodyItDoesNotKeep) {
  constexpr std::uint64_t kLength = std::uint64_t{1} << 30;
  Framer framer(kRequests, {.recorded_body = 1000});
  (void)framer.read("RPC_IN_DATA /rpc HTTP/1.1\r\nContent-Length: 1073741824\r\n\r\n");
  const std::string piece(64 * 1024, 'x');
  std::uint64_t left = kLength;
  Step step;
  while (left > 0) {
    step = framer.read(piece);
    ASSERT_EQ(step.consumed, piece.size());
    left -= step.consumed;
  }
  EXPECT_EQ(step.part, Part::end);
  EXPECT_EQ(framer.message().body_size, kLength);
  EXPECT_EQ(framer.message().body.size(), 1000u);
  EXPECT_LT(framer.message().body.capacity(), 4096u);
  EXPECT_TRUE(framer.message().body_truncated());
}

TEST(Framer, RemovesTheChunkedCodingFromTheRecordOnly) {
  const std::string bytes =
      "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5;flag;name=\"a b\"\r\nhello\r\n00A\r\n, exchange\r\n0\r\n"
      "X-Checksum: 1\r\nX-More:  2 \r\n\r\n";
  const Heard heard = hear(kRequests, {bytes});
  EXPECT_TRUE(heard.read_alike);
  ASSERT_EQ(heard.messages.size(), 1u);
  EXPECT_EQ(heard.messages[0].body, "hello, exchange");
  EXPECT_EQ(heard.messages[0].body_size, 15u);
  EXPECT_EQ(heard.messages[0].trailers, "X-Checksum: 1\r\nX-More:  2 \r\n");
  EXPECT_EQ(heard.forwarded, bytes);
}

TEST(Framer, ForwardsChunksAsTheyCome) {
  Framer framer(kAnswers);
  (void)framer.read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
  EXPECT_TRUE(framer.chunked());
  const Step pending = framer.read("9\r\nPENDING\r\n\r\n");
  EXPECT_EQ(pending.part, Part::body);
  EXPECT_EQ(pending.consumed, 14u);
  const Step last = framer.read("0\r\n");
  EXPECT_EQ(last.part, Part::body);
  EXPECT_EQ(last.consumed, 3u);
  const Step end = framer.read("\r\nHTTP/1.1 200 OK\r\n");
  EXPECT_EQ(end.part, Part::end);
  EXPECT_EQ(end.consumed, 2u);
}

TEST(Framer, ReadsPipelinedRequests) {
  const std::string get = "GET /owa HTTP/1.1\r\nHost: a.example\r\n\r\n";
  const std::string all = get + kAutodiscover + get + get;
  const Heard heard = hear(kRequests, {all});
  ASSERT_EQ(heard.messages.size(), 4u);
  EXPECT_EQ(heard.messages[1].body, "<a></a");
  EXPECT_EQ(heard.messages[2].head.text, get);
  EXPECT_TRUE(heard.messages[2].body.empty());
  EXPECT_EQ(heard.forwarded, all);
}

TEST(Framer, PassesOverEmptyLinesBeforeARequest) {
  const Heard heard = hear(kRequests, {"\r\n\r\nGET / HTTP/1.1\r\n\r\n"});
  ASSERT_EQ(heard.messages.size(), 1u);
  EXPECT_EQ(heard.forwarded, "GET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(heard.messages[0].head.target(), "/");
  const std::string three = "\r\n\r\n\r\n";
  const Heard twice = hear(kRequests, {three + kAutodiscover + three + kAutodiscover});
  EXPECT_EQ(twice.messages.size(), 2u);
  const std::string many(40, '\n');
  EXPECT_EQ(hear(kRequests, {"\r\n\r\n\r\n\r\n\r\n\r\n"}).error,
            FramingError::malformed_start_line);
  EXPECT_EQ(hear(kRequests, {many}).error, FramingError::malformed_start_line);
}

// Who asked decides where an answer ends: RFC 9112 section 6.3.
TEST(Framer, EndsAnswersWithoutBodyAtTheirHead) {
  const std::string length = "\r\nContent-Length: 99\r\n\r\n";
  const std::string chunked = "\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const std::string status :
       {"204 No Content", "304 Not Modified", "100 Continue", "103 Early Hints"}) {
    EXPECT_EQ(hear(kAnswers, {"HTTP/1.1 " + status + length}).messages.size(), 1u) << status;
    EXPECT_EQ(hear(kAnswers, {"HTTP/1.1 " + status + chunked}).messages.size(), 1u) << status;
    EXPECT_EQ(hear(kAnswers, {"HTTP/1.1 " + status + "\r\n\r\n"}).messages.size(), 1u) << status;
  }
  for (const std::string& fields : {length, chunked, std::string("\r\n\r\n")}) {
    const Heard heard = hear(kAnswers, {"HTTP/1.1 200 OK" + fields}, {.to_head = true});
    EXPECT_EQ(heard.messages.size(), 1u) << fields;
    EXPECT_EQ(heard.error, FramingError::none);
  }
}

TEST(Framer, ReadsInterimAnswersAsMessagesOfTheirOwn) {
  const Heard heard = hear(kAnswers, {"HTTP/1.1 100 Continue\r\n\r\n"
                                      "HTTP/1.1 102\r\n\r\n"
                                      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"});
  ASSERT_EQ(heard.messages.size(), 3u);
  EXPECT_EQ(heard.messages[0].head.status, 100);
  EXPECT_EQ(heard.messages[1].head.status, 102);
  EXPECT_EQ(heard.messages[1].head.reason(), "");
  EXPECT_EQ(heard.messages[2].body, "ok");
}

TEST(Framer, ReadsAnAnswerUntilTheConnectionCloses) {
  Listener listener(kAnswers);
  listener.hear("HTTP/1.1 200 OK\r\n\r\nsome ");
  EXPECT_TRUE(listener.framer().close_delimited());
  EXPECT_FALSE(listener.framer().keep_alive());
  listener.hear("body\r\n\r\nHTTP/1.1 200 OK\r\n\r\n");
  EXPECT_TRUE(listener.heard().messages.empty());
  listener.hang_up();
  ASSERT_EQ(listener.heard().messages.size(), 1u);
  EXPECT_EQ(listener.heard().messages[0].body, "some body\r\n\r\nHTTP/1.1 200 OK\r\n\r\n");
  EXPECT_TRUE(listener.heard().messages[0].complete);
  EXPECT_EQ(listener.framer().finish().part, Part::need_more);
}

TEST(Framer, ReadsACompressedTransferUntilTheConnectionCloses) {
  const Heard heard = hear(kAnswers, {"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nzzz"});
  ASSERT_EQ(heard.messages.size(), 1u);
  EXPECT_EQ(heard.messages[0].body_size, 3u);
}

TEST(Framer, ReadsOddButPlainAnswers) {
  for (const std::string head :
       {"HTTP/1.1 449 Retry after sending a PROVISION command", "HTTP/1.1 456", "HTTP/1.1 200 ",
        "HTTP/1.0 401 Unauthorized", "HTTP/1.1 999 No",
        "HTTP/1.1 200 D\xe9"
        "j\xe0 vu"}) {
    const Heard heard = hear(kAnswers, {head + "\r\nServer: \xc3\x9c\xff\r\nX-A:\r\n"
                                               "content-length: 3\r\n\r\nabc"});
    ASSERT_EQ(heard.messages.size(), 1u) << head << ": " << heard.reason;
    EXPECT_EQ(heard.messages[0].head.find("Server"), "\xc3\x9c\xff");
    EXPECT_EQ(heard.messages[0].body, "abc");
  }
  const Heard odd = hear(kAnswers, {"HTTP/1.1 456 Odd  One \r\nContent-Length: 0\r\n\r\n"});
  ASSERT_EQ(odd.messages.size(), 1u);
  EXPECT_EQ(odd.messages[0].head.status, 456);
  EXPECT_EQ(odd.messages[0].head.reason(), "Odd  One ");
}

TEST(Framer, KeepsRepeatedFieldsInOrder) {
  const Heard heard = hear(kAnswers, {"HTTP/1.1 401 Unauthorized\r\n"
                                      "WWW-Authenticate: Negotiate\r\n"
                                      "www-authenticate: NTLM\r\n"
                                      "Content-Length: 0\r\n\r\n"});
  ASSERT_EQ(heard.messages.size(), 1u);
  const std::vector<std::string_view> expected = {"Negotiate", "NTLM"};
  EXPECT_EQ(heard.messages[0].head.find_all("WWW-Authenticate"), expected);
}

TEST(Framer, IsOpaqueAfterAConnectRequest) {
  const Heard heard = hear(kRequests, {"CONNECT outlook.office365.com:443 HTTP/1.0\r\n"
                                       "Proxy-Connection: Keep-Alive\r\nContent-Length: 0\r\n\r\n"
                                       "\x16\x03\x01"});
  ASSERT_EQ(heard.messages.size(), 1u);
  EXPECT_EQ(heard.messages[0].head.target(), "outlook.office365.com:443");
  EXPECT_EQ(heard.opaque, "\x16\x03\x01");
  EXPECT_EQ(heard.error, FramingError::none);
}

TEST(Framer, IsOpaqueAfterASuccessfulAnswerToConnect) {
  const std::string established = "HTTP/1.0 200 Connection established\r\n\r\n\x16\x03";
  EXPECT_EQ(hear(kAnswers, {established}, {.to_connect = true}).opaque, "\x16\x03");
  EXPECT_EQ(hear(kAnswers, {established}).opaque, "");
  const Heard refused = hear(kAnswers,
                             {"HTTP/1.1 407 Proxy Authentication Required\r\n"
                              "Content-Length: 4\r\n\r\nsorry"},
                             {.to_connect = true});
  ASSERT_EQ(refused.messages.size(), 1u);
  EXPECT_EQ(refused.messages[0].body, "sorr");
}

TEST(Framer, IsOpaqueAfterASwitchOfProtocols) {
  const Heard heard = hear(kAnswers, {"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\n"
                                      "Upgrade: websocket\r\n\r\n\x81\x05hello"});
  ASSERT_EQ(heard.messages.size(), 1u);
  EXPECT_EQ(heard.opaque, "\x81\x05hello");
}

TEST(Framer, ReadsOnAfterAnUpgradeThatMayBeRefused) {
  const std::string wish =
      "GET /chat HTTP/1.1\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n\r\n";
  Framer framer(kRequests);
  EXPECT_EQ(framer.read(wish).part, Part::head);
  EXPECT_TRUE(framer.wants_upgrade());
  EXPECT_EQ(framer.read("").part, Part::end);
  const Heard heard = hear(kRequests, {wish + kAutodiscover + wish});
  EXPECT_EQ(heard.messages.size(), 3u);
  const Heard with_body = hear(kRequests, {"POST / HTTP/1.1\r\nConnection: upgrade\r\n"
                                           "Upgrade: h2c\r\nContent-Length: 2\r\n\r\nhi" +
                                           wish});
  ASSERT_EQ(with_body.messages.size(), 2u);
  EXPECT_EQ(with_body.messages[0].body, "hi");
}

TEST(Framer, SaysThatAStreamEndedInsideAMessage) {
  for (const std::string cut :
       {"G", "GET / HTTP/1.1\r\nHost: a", "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nabcd",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: 1\r\n"}) {
    EXPECT_EQ(hear(kRequests, {cut}).error, FramingError::truncated) << cut;
  }
  EXPECT_EQ(hear(kRequests, {kAutodiscover}).error, FramingError::none);
  EXPECT_EQ(hear(kRequests, {""}).error, FramingError::none);
  Framer framer(kRequests);
  EXPECT_EQ(framer.finish().part, Part::need_more);
}

// The same parts come out, whatever pieces the bytes came in.
TEST(Framer, DoesNotMindHowTheBytesAreSplit) {
  struct Case {
    Direction direction;
    AnswerContext context;
    std::string bytes;
  };
  const std::vector<Case> cases = {
      {kRequests, {}, "\r\n" + kAutodiscover + kAutodiscover},
      {kRequests,
       {},
       "POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"
       "5;a=\"b\"\r\nhello\r\nA\r\n, exchange\r\n0;last\r\nX-T: 1\r\n\r\nGET / HTTP/1.1\r\n\r\n"},
      {kRequests,
       {},
       "CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\n\r\nGET / HTTP/1.1"},
      {kRequests, {}, "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n"},
      {kRequests, {}, "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n"},
      {kRequests, {}, "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n"},
      {kAnswers, {}, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nuntil close"},
      {kAnswers, {}, "HTTP/1.1 101 Switching Protocols\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"},
      {kAnswers, {.to_head = true}, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"},
      {kAnswers, {.to_connect = true}, "HTTP/1.1 200 Connection established\r\n\r\n\x16\x03"},
  };
  for (const Case& c : cases) {
    const std::string_view bytes = c.bytes;
    const Heard whole = hear(c.direction, {bytes}, c.context);
    EXPECT_TRUE(same(whole, hear(c.direction, testing::byte_by_byte(bytes), c.context))) << bytes;
    for (std::size_t at = 0; at <= bytes.size(); ++at) {
      const Heard split = hear(c.direction, {bytes.substr(0, at), bytes.substr(at)}, c.context);
      EXPECT_TRUE(same(whole, split)) << bytes << " split at " << at;
    }
  }
}

// What is no HTTP can be passed on as it came.
TEST(Framer, KeepsWhatEarlierReadsBroughtOfAnotherProtocol) {
  const std::string smtp = "220 mail.contoso.example ESMTP\r\n";
  for (const auto& [direction, bytes] : {std::pair{kAnswers, smtp}, std::pair{kRequests, smtp},
                                         std::pair{kAnswers, std::string("HTX\r\n")}}) {
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      Framer framer(direction);
      std::string passed_on;
      if (framer.read(bytes.substr(0, at)).part == Part::refused) {
        passed_on = framer.message().head.text + bytes.substr(0, at);
        passed_on += bytes.substr(at);
      } else {
        ASSERT_EQ(framer.read(bytes.substr(at)).part, Part::refused);
        passed_on = framer.message().head.text + bytes.substr(at);
      }
      EXPECT_EQ(framer.error(), FramingError::not_http);
      EXPECT_EQ(passed_on, bytes);
    }
  }
}

TEST(Framer, CanBeMoved) {
  Framer framer(kRequests);
  (void)framer.read("GET / HT");
  Framer moved = std::move(framer);
  EXPECT_EQ(moved.read("TP/1.1\r\n\r\n").part, Part::head);
  EXPECT_EQ(moved.message().head.target(), "/");
}

TEST(Framer, NamesItsErrorsForFacts) {
  EXPECT_EQ(to_string(FramingError::ambiguous_length), "ambiguous_length");
  EXPECT_EQ(to_string(FramingError::not_http), "not_http");
  EXPECT_EQ(to_string(FramingError::none), "none");
}

}  // namespace
}  // namespace exotap::http
