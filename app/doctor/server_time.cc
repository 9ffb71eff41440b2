#include "app/doctor/server_time.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include "decoders/http_date.h"

namespace exotap {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;

constexpr std::uint32_t kMaxHead = 16 * 1024;

// One request after the other's answer; every step only begins the next one.
struct Asking {
  explicit Asking(asio::io_context& context) : resolver(context), stream(context) {
    parser.header_limit(kMaxHead);
    parser.skip(true);  // the head is all
  }
  asio::ip::tcp::resolver resolver;
  beast::tcp_stream stream;
  beast::flat_buffer buffer;
  beast::http::request<beast::http::empty_body> request;
  beast::http::response_parser<beast::http::empty_body> parser;
  beast::error_code error = asio::error::timed_out;  // until the end is reached
};

}  // namespace

Outcome<WallTime> server_time(const std::string& host, std::uint16_t port) {
  asio::io_context context;
  Asking ask(context);
  ask.request = {beast::http::verb::head, "/", 11};
  ask.request.set(beast::http::field::host, host);
  ask.request.set(beast::http::field::connection, "close");
  ask.stream.expires_after(kServerTimeLimit);
  const auto done = [&ask](beast::error_code error, std::size_t) { ask.error = error; };
  const auto read = [&](beast::error_code error, std::size_t) {
    ask.error = error;
    if (!error) beast::http::async_read_header(ask.stream, ask.buffer, ask.parser, done);
  };
  const auto write = [&](beast::error_code error, const asio::ip::tcp::endpoint&) {
    ask.error = error;
    if (!error) beast::http::async_write(ask.stream, ask.request, read);
  };
  ask.resolver.async_resolve(
      host, std::to_string(port),
      [&](beast::error_code error, const asio::ip::tcp::resolver::results_type& found) {
        ask.error = error;
        if (!error) ask.stream.async_connect(found, write);
      });
  context.run_for(kServerTimeLimit);
  if (!context.stopped()) ask.error = asio::error::timed_out;
  const std::string who = host + ":" + std::to_string(port);
  if (ask.error) return Outcome<WallTime>::failed(who + ": " + ask.error.message());
  const auto date = ask.parser.get().find(beast::http::field::date);
  if (date == ask.parser.get().end()) return Outcome<WallTime>::failed(who + ": sent no date");
  const auto time = parse_http_date(date->value());
  if (!time) return Outcome<WallTime>::failed(who + ": sent no date that can be read");
  return WallTime(std::chrono::seconds(*time));
}

}  // namespace exotap
