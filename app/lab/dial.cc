#include "app/lab/dial.h"

#include <fmt/format.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>
#include <type_traits>

#include "app/lab/script.h"
#include "certs/channel_binding.h"

namespace exotap::lab {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using Error = boost::system::error_code;
using TlsStream = asio::ssl::stream<beast::tcp_stream>;

constexpr std::uint64_t kMaxBody = 8U << 20U;

// Runs one asynchronous operation to its end: Beast's time limits exist for those only.
template <class Start>
Error complete(asio::io_context& io, Start start) {
  Error result = asio::error::operation_aborted;
  io.restart();
  start([&result](const Error& error, auto&&...) { result = error; });
  io.run();
  return result;
}

Result failed(Ending ending, const Error& error) {
  Result result;
  result.ending = error == beast::error::timeout ? Ending::timed_out : ending;
  result.detail = error.message();
  return result;
}

std::string cookie_of(const http::response<http::string_body>& message) {
  std::string_view value = message[http::field::set_cookie];
  return std::string(value.substr(0, value.find(';')));
}

template <class Stream>
class LineOver final : public Line {
 public:
  LineOver(asio::io_context& io, Stream stream, std::chrono::milliseconds patience)
      : io_(io), stream_(std::move(stream)), patience_(patience) {}

  Said ask(const std::string& bytes) override {
    auto& lowest = beast::get_lowest_layer(stream_);
    lowest.expires_after(patience_);
    Said said;
    Error error =
        complete(io_, [&](auto done) { asio::async_write(stream_, asio::buffer(bytes), done); });
    if (error) {
      said.result = failed(Ending::cut, error);
      return said;
    }
    http::response_parser<http::string_body> parser;
    parser.body_limit(kMaxBody);
    error = complete(io_, [&](auto done) { http::async_read(stream_, buffer_, parser, done); });
    if (error) {
      said.result = failed(Ending::cut, error);
      return said;
    }
    said.keep_alive = parser.keep_alive();
    said.cookie = cookie_of(parser.get());
    said.result.ending = Ending::answered;
    said.result.status = parser.get().result_int();
    said.result.body = std::move(parser.get().body());
    return said;
  }

  std::optional<ChannelBinding> binding() override {
    if constexpr (std::is_same_v<Stream, TlsStream>) {
      return channel_binding(SSL_get0_peer_certificate(stream_.native_handle()));
    }
    return std::nullopt;
  }

 private:
  asio::io_context& io_;
  Stream stream_;
  beast::flat_buffer buffer_;
  std::chrono::milliseconds patience_;
};

}  // namespace

struct Dialer::State {
  explicit State(const ClientOptions& given) : options(given) {
    tls.add_certificate_authority(asio::buffer(options.trusted_root));
  }
  const ClientOptions& options;
  asio::ssl::context tls{asio::ssl::context::tls_client};
  asio::io_context io{1};

  std::optional<beast::tcp_stream> connect(const std::string& host, std::uint16_t port, Said& said);
  bool pass_proxy(beast::tcp_stream& stream, const std::string& host, std::uint16_t port,
                  Said& said);
  std::unique_ptr<Line> secure(beast::tcp_stream socket, const std::string& host,
                               bool trust_anything, Said& said);
};

std::optional<beast::tcp_stream> Dialer::State::connect(const std::string& host, std::uint16_t port,
                                                        Said& said) {
  std::uint16_t target = options.proxy_port;
  if (target == 0) {
    const auto found = options.ports.find(fmt::format("{}:{}", host, port));
    if (found == options.ports.end()) {
      said.result = failed(Ending::unreachable, asio::error::host_not_found);
      return std::nullopt;
    }
    target = found->second;
  }
  beast::tcp_stream stream(io);
  stream.expires_after(options.patience);
  const tcp::endpoint endpoint(asio::ip::address_v4::loopback(), target);
  const Error error = complete(io, [&](auto done) { stream.async_connect(endpoint, done); });
  if (error) {
    said.result = failed(Ending::unreachable, error);
    return std::nullopt;
  }
  return stream;
}

bool Dialer::State::pass_proxy(beast::tcp_stream& stream, const std::string& host,
                               std::uint16_t port, Said& said) {
  const std::string head = fmt::format(
      "CONNECT {0}:{1} HTTP/1.1\r\nHost: {0}:{1}\r\nUser-Agent: {2}\r\n"
      "Proxy-Connection: Keep-Alive\r\n\r\n",
      host, port, kUserAgent);
  stream.expires_after(options.patience);
  Error error =
      complete(io, [&](auto done) { asio::async_write(stream, asio::buffer(head), done); });
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  parser.body_limit(kMaxBody);
  if (!error) {
    error = complete(io, [&](auto done) { http::async_read_header(stream, buffer, parser, done); });
  }
  if (error) {
    said.result = failed(Ending::cut, error);
    return false;
  }
  const unsigned status = parser.get().result_int();
  if (status == 200) return true;
  error = complete(io, [&](auto done) { http::async_read(stream, buffer, parser, done); });
  said.result.ending = Ending::refused_by_proxy;
  said.result.status = status;
  said.result.body = parser.get().body();
  return false;
}

std::unique_ptr<Line> Dialer::State::secure(beast::tcp_stream socket, const std::string& host,
                                            bool trust_anything, Said& said) {
  TlsStream stream(std::move(socket), tls);
  SSL_set_tlsext_host_name(stream.native_handle(), host.c_str());
  if (!trust_anything) {
    stream.set_verify_mode(asio::ssl::verify_peer);
    stream.set_verify_callback(asio::ssl::host_name_verification(host));
  }
  beast::get_lowest_layer(stream).expires_after(options.patience);
  const Error error = complete(
      io, [&](auto done) { stream.async_handshake(asio::ssl::stream_base::client, done); });
  if (!error) return std::make_unique<LineOver<TlsStream>>(io, std::move(stream), options.patience);
  const auto code = static_cast<unsigned long>(error.value());
  const bool certificate = error.category() == asio::error::get_ssl_category() &&
                           ERR_GET_LIB(code) == ERR_LIB_SSL &&
                           ERR_GET_REASON(code) == SSL_R_CERTIFICATE_VERIFY_FAILED;
  said.result = failed(certificate ? Ending::bad_certificate : Ending::no_tls, error);
  if (certificate) {
    said.result.detail =
        X509_verify_cert_error_string(SSL_get_verify_result(stream.native_handle()));
  }
  return nullptr;
}

Dialer::Dialer(const ClientOptions& options) : state_(std::make_unique<State>(options)) {}
Dialer::~Dialer() = default;

std::unique_ptr<Line> Dialer::dial(const std::string& host, std::uint16_t port, bool trust_anything,
                                   Said& said) {
  State& s = *state_;
  auto stream = s.connect(host, port, said);
  if (!stream) return nullptr;
  const bool secure = port != 80;
  if (secure && s.options.proxy_port != 0 && !s.pass_proxy(*stream, host, port, said)) {
    return nullptr;
  }
  if (secure) return s.secure(std::move(*stream), host, trust_anything, said);
  return std::make_unique<LineOver<beast::tcp_stream>>(s.io, std::move(*stream),
                                                       s.options.patience);
}

}  // namespace exotap::lab
