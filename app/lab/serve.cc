#include "app/lab/serve.h"

#include <fmt/format.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>

#include "app/lab/text.h"

namespace exotap::lab {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using Parser = http::request_parser<http::string_body>;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::seconds kHandshakeLimit{15};
constexpr std::chrono::minutes kIdleLimit{10};
constexpr std::uint64_t kMaxBody = 8U << 20U;
constexpr std::uint32_t kMaxHeader = 64U << 10U;
constexpr int kMaxConnections = 256;
constexpr std::size_t kMaxClientHello = 16U << 10U;

asio::awaitable<void> wait_for(std::chrono::milliseconds time) {
  if (time.count() <= 0) co_return;
  asio::steady_timer timer(co_await asio::this_coro::executor, time);
  co_await timer.async_wait(kAwait);
}

// Holds a connection open without a word until the peer goes or the limit is reached.
template <class Stream>
asio::awaitable<void> say_nothing(Stream& stream) {
  std::array<char, 512> sink{};
  beast::get_lowest_layer(stream).expires_after(kIdleLimit);
  for (;;) {
    const auto [error, size] = co_await stream.async_read_some(asio::buffer(sink), kAwait);
    if (error) co_return;
  }
}

// One TLS record's worth of bytes: the ClientHello (RFC 8446 section 5.1).
asio::awaitable<bool> read_client_hello(beast::tcp_stream& stream) {
  std::array<unsigned char, 5> head{};
  const auto [error, size] = co_await asio::async_read(stream, asio::buffer(head), kAwait);
  if (error) co_return false;
  std::vector<unsigned char> body(head[3] * 256U + head[4]);
  if (body.size() > kMaxClientHello) co_return false;
  const auto [body_error, body_size] =
      co_await asio::async_read(stream, asio::buffer(body), kAwait);
  co_return !body_error;
}

asio::awaitable<void> misbehave(beast::tcp_stream stream, Behaviour behaviour) {
  constexpr std::array<unsigned char, 7> kHandshakeFailure = {0x15, 3, 3, 0, 2, 2, 40};
  constexpr std::string_view kPlain =
      "HTTP/1.1 400 Bad Request\r\nServer: nginx\r\nContent-Type: text/html\r\n"
      "Content-Length: 52\r\nConnection: close\r\n\r\n"
      "<html><body>Plain HTTP on the TLS port</body></html>";
  stream.expires_after(kHandshakeLimit);
  if (!co_await read_client_hello(stream)) co_return;
  if (behaviour == Behaviour::hang) {
    co_await say_nothing(stream);
  } else if (behaviour == Behaviour::alert) {
    co_await asio::async_write(stream, asio::buffer(kHandshakeFailure), kAwait);
  } else if (behaviour == Behaviour::not_tls) {
    co_await asio::async_write(stream, asio::buffer(kPlain), kAwait);
  }
  boost::system::error_code ignored;
  if (behaviour == Behaviour::reset) {
    stream.socket().set_option(asio::socket_base::linger(true, 0), ignored);
  } else {
    stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
  }
  stream.socket().close(ignored);
}

Request request_from(const Parser::value_type& message) {
  Request request;
  request.method = message.method_string();
  request.target = message.target();
  for (const auto& field : message)
    request.headers.emplace_back(field.name_string(), field.value());
  request.body = message.body();
  request.received = std::chrono::system_clock::now();
  return request;
}

std::string head_of(const Answer& answer, bool keep_alive) {
  std::string reason = answer.reason;
  if (reason.empty()) reason = http::obsolete_reason(http::int_to_status(answer.status));
  std::string head = fmt::format("HTTP/1.1 {} {}\r\n", answer.status, reason);
  for (const auto& [name, value] : answer.headers) head += fmt::format("{}: {}\r\n", name, value);
  head += fmt::format("Date: {}\r\n", http_date(std::chrono::system_clock::now()));
  if (answer.pieces.empty()) {
    head += fmt::format("Content-Length: {}\r\n", answer.body.size());
  } else {
    head += "Transfer-Encoding: chunked\r\n";
  }
  if (!keep_alive) head += "Connection: close\r\n";
  return head + "\r\n";
}

template <class Stream>
asio::awaitable<bool> write(Stream& stream, std::string text) {
  beast::get_lowest_layer(stream).expires_after(kIdleLimit);
  const auto [error, size] = co_await asio::async_write(stream, asio::buffer(text), kAwait);
  co_return !error;
}

template <class Stream>
asio::awaitable<bool> write_answer(Stream& stream, const Answer& answer, bool head_only,
                                   bool keep_alive) {
  std::string text = head_of(answer, keep_alive);
  if (answer.pieces.empty()) {
    if (!head_only) text += answer.body;
    co_return co_await write(stream, std::move(text));
  }
  if (!co_await write(stream, std::move(text))) co_return false;
  if (head_only) co_return true;
  for (const Piece& piece : answer.pieces) {
    co_await wait_for(piece.after);
    std::string chunk = fmt::format("{:x}\r\n{}\r\n", piece.bytes.size(), piece.bytes);
    if (!co_await write(stream, std::move(chunk))) co_return false;
  }
  co_return co_await write(stream, "0\r\n\r\n");
}

// The next request into `parser`; false when there is none.
template <class Stream>
asio::awaitable<bool> read_request(Stream& stream, beast::flat_buffer& buffer, Parser& parser) {
  parser.body_limit(kMaxBody);
  parser.header_limit(kMaxHeader);
  beast::get_lowest_layer(stream).expires_after(kIdleLimit);
  const auto [error, size] = co_await http::async_read_header(stream, buffer, parser, kAwait);
  if (error) co_return false;
  if (same_text(parser.get()[http::field::expect], "100-continue")) {
    if (!co_await write(stream, "HTTP/1.1 100 Continue\r\n\r\n")) co_return false;
  }
  const auto [body_error, body_size] = co_await http::async_read(stream, buffer, parser, kAwait);
  co_return !body_error;
}

template <class Stream>
asio::awaitable<void> answer_requests(Stream& stream, VirtualEndpoint* endpoint) {
  beast::flat_buffer buffer;
  for (;;) {
    Parser parser;
    if (!co_await read_request(stream, buffer, parser)) co_return;
    const Answer answer = endpoint->answering(request_from(parser.get()));
    if (answer.never) {
      co_await say_nothing(stream);
      co_return;
    }
    co_await wait_for(answer.delay);
    const bool keep_alive = parser.keep_alive() && !answer.close;
    const bool head_only = parser.get().method() == http::verb::head;
    if (!co_await write_answer(stream, answer, head_only, keep_alive)) co_return;
    if (!keep_alive) co_return;
  }
}

asio::awaitable<void> serve_tls(beast::tcp_stream socket, VirtualEndpoint* endpoint) {
  asio::ssl::stream<beast::tcp_stream> stream(std::move(socket), endpoint->tls);
  beast::get_lowest_layer(stream).expires_after(kHandshakeLimit);
  const auto [error] = co_await stream.async_handshake(asio::ssl::stream_base::server, kAwait);
  if (error) co_return;
  co_await answer_requests(stream, endpoint);
  beast::get_lowest_layer(stream).expires_after(kHandshakeLimit);
  co_await stream.async_shutdown(kAwait);
}

struct Counted {
  int& count;
  explicit Counted(int& c) : count(c) { ++count; }
  ~Counted() { --count; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
};

asio::awaitable<void> serve(tcp::socket socket, VirtualEndpoint* endpoint) {
  const Counted counted(endpoint->connections);
  boost::system::error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  beast::tcp_stream stream(std::move(socket));
  if (endpoint->behaviour == Behaviour::normal) {
    co_await serve_tls(std::move(stream), endpoint);
  } else if (endpoint->behaviour == Behaviour::clear) {
    co_await answer_requests(stream, endpoint);
  } else {
    co_await misbehave(std::move(stream), endpoint->behaviour);
  }
}

asio::awaitable<void> accept_all(tcp::acceptor acceptor, VirtualEndpoint* endpoint) {
  for (;;) {
    auto [error, socket] = co_await acceptor.async_accept(kAwait);
    if (error == asio::error::operation_aborted) co_return;
    if (error) {
      co_await wait_for(std::chrono::milliseconds(20));  // out of descriptors: let some close
      continue;
    }
    if (endpoint->connections >= kMaxConnections) continue;  // the socket closes
    asio::co_spawn(acceptor.get_executor(), serve(std::move(socket), endpoint), asio::detached);
  }
}

}  // namespace

void start_serving(tcp::acceptor acceptor, VirtualEndpoint* endpoint) {
  const auto executor = acceptor.get_executor();
  asio::co_spawn(executor, accept_all(std::move(acceptor), endpoint), asio::detached);
}

}  // namespace exotap::lab
