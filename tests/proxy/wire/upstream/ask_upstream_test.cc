#include "proxy/wire/upstream/ask_upstream.h"

#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include "tests/proxy/wire/loop.h"

namespace exotap::test {
namespace {

using wire::UpstreamAnswer;
using State = UpstreamAnswer::State;

wire::Task<void> ask(wire::Leg& leg, std::string head, UpstreamAnswer& answer) {
  co_await wire::ask_upstream(leg, head, answer);
}

// The answer to a CONNECT, given in pieces of this size; the proxy closes behind it if asked to.
UpstreamAnswer answer_to(const std::string& bytes, bool close = true, std::size_t piece = 65536) {
  Loop loop;
  wire::ChunkPool pool;
  SocketPair pair = connected(loop.io());
  wire::Leg leg(std::move(pair.near), pool);
  UpstreamAnswer answer;
  loop.begin(ask(leg, "CONNECT h:443 HTTP/1.1\r\n\r\n", answer));
  pair.far.non_blocking(false);
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    wire::asio::write(pair.far, wire::asio::buffer(bytes.substr(at, piece)));
    if (piece < bytes.size()) loop.io().poll();
  }
  if (close) pair.far.shutdown(wire::Socket::shutdown_send);
  EXPECT_TRUE(loop.run());
  std::string asked(26, '\0');
  wire::asio::read(pair.far, wire::asio::buffer(asked));
  EXPECT_EQ(asked, "CONNECT h:443 HTTP/1.1\r\n\r\n");
  return answer;
}

TEST(AskUpstream, AcceptedKeepsWhatTheServerSaidAlready) {
  for (const std::size_t piece : {1U, 65536U}) {
    const UpstreamAnswer answer = answer_to(
        "HTTP/1.0 200 Connection established\r\nProxy-agent: t\r\n\r\nSSH-2.0", false, piece);
    EXPECT_EQ(answer.state, State::accepted);
    EXPECT_EQ(answer.text, "HTTP/1.0 200 Connection established\r\nProxy-agent: t\r\n\r\n");
    // What was not read yet is still in the socket.
    EXPECT_TRUE(std::string("SSH-2.0").starts_with(answer.rest));
    EXPECT_TRUE(piece == 1 || answer.rest == "SSH-2.0");
    EXPECT_EQ(answer.message.head.status, 200);
  }
}

TEST(AskUpstream, ASwitchOfProtocolsIsARefusalThatIsNamed) {
  const UpstreamAnswer answer =
      answer_to("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n");
  EXPECT_EQ(answer.state, State::refused);
  EXPECT_EQ(answer.message.head.status, 101);
  EXPECT_FALSE(answer.keep_alive);
}

TEST(AskUpstream, ALengthMeansNothingInAnAcceptance) {
  const UpstreamAnswer answer =
      answer_to("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", false);
  EXPECT_EQ(answer.state, State::accepted);
  EXPECT_EQ(answer.rest, "hello");
}

TEST(AskUpstream, ARefusalComesWholeAndAsItCame) {
  const std::string no =
      "HTTP/1.1 407 Proxy Authentication Required\r\nPROXY-authenticate: NTLM\r\n"
      "Content-Length: 4\r\n\r\nbody";
  for (const std::size_t piece : {1U, 7U, 65536U}) {
    const UpstreamAnswer answer = answer_to(no, false, piece);
    EXPECT_EQ(answer.state, State::refused);
    EXPECT_EQ(answer.text, no);
    EXPECT_TRUE(answer.keep_alive);
    EXPECT_EQ(answer.message.body, "body");
  }
  const std::string chunked =
      "HTTP/1.1 403 No\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n";
  EXPECT_EQ(answer_to(chunked, false).text, chunked);
  EXPECT_TRUE(answer_to(chunked, false).keep_alive);
}

TEST(AskUpstream, AConnectionThatEndsIsNotForMore) {
  const UpstreamAnswer closes =
      answer_to("HTTP/1.1 407 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", false);
  EXPECT_EQ(closes.state, State::refused);
  EXPECT_FALSE(closes.keep_alive);
  const UpstreamAnswer until_end = answer_to("HTTP/1.1 502 No\r\n\r\nuntil the end");
  EXPECT_EQ(until_end.state, State::refused);
  EXPECT_EQ(until_end.text, "HTTP/1.1 502 No\r\n\r\nuntil the end");
  EXPECT_FALSE(until_end.keep_alive);
}

TEST(AskUpstream, InterimAnswersArePassedOver) {
  const UpstreamAnswer answer =
      answer_to("HTTP/1.1 102 Wait\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", false);
  EXPECT_EQ(answer.state, State::accepted);
  EXPECT_EQ(answer.text, "HTTP/1.1 200 OK\r\n\r\n");
}

TEST(AskUpstream, AnEndInPlaceOfAnAnswerIsACut) {
  EXPECT_EQ(answer_to("").state, State::cut);
  EXPECT_EQ(answer_to("HTTP/1.1 200 OK\r\n").state, State::cut);
  EXPECT_EQ(answer_to("HTTP/1.1 407 No\r\nContent-Length: 9\r\n\r\nbody").state, State::cut);
}

TEST(AskUpstream, SomethingElseIsNoAnswer) {
  const UpstreamAnswer answer = answer_to("SSH-2.0-OpenSSH_9\r\n");
  EXPECT_EQ(answer.state, State::not_http);
  EXPECT_EQ(answer.text, "");
}

TEST(AskUpstream, ARefusalWithoutEndIsCut) {
  const UpstreamAnswer answer = answer_to(
      "HTTP/1.1 403 No\r\nContent-Length: 99999999\r\n\r\n" + std::string(300 * 1024, 'x'), false);
  EXPECT_EQ(answer.state, State::refused);
  EXPECT_FALSE(answer.keep_alive);
  EXPECT_GT(answer.text.size(), wire::kMaxRefusal);
}

}  // namespace
}  // namespace exotap::test
