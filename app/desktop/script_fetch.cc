#include "app/desktop/script_fetch.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <filesystem>
#include <fstream>
#include <optional>
#include <system_error>

#include "proxy/http/framer.h"
#include "proxy/wire/absolute_target.h"

namespace exotap {
namespace {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;
using Steps = asio::awaitable<void>;
using Text = Outcome<std::string>;

constexpr auto kAwait = asio::use_awaitable;
constexpr std::string_view kFile = "file://";

// One question, its answer as it comes, and what became of it.
struct Question {
  wire::AbsoluteTarget target;
  std::string request;
  http::Framer answers;
  std::string failure;
  bool done = false;
};

http::Limits limits() {
  http::Limits limits;
  limits.recorded_body = kMaxFormerScript + 1;
  return limits;
}

Question question_for(const wire::AbsoluteTarget& target) {
  Question question{target, {}, http::Framer(http::Direction::answers, limits()), {}, false};
  question.request = "GET " + target.origin_form + " HTTP/1.1\r\nHost: " + target.authority +
                     "\r\nAccept: application/x-ns-proxy-autoconfig, */*;q=0.5\r\n"
                     "User-Agent: exotap\r\nConnection: close\r\n\r\n";
  return question;
}

// False where the answer is over, or broken.
bool read_answer(Question& question, std::string_view bytes) {
  while (true) {
    const http::Step step = question.answers.read(bytes);
    bytes.remove_prefix(step.consumed);
    if (step.part == http::Part::end) {
      const std::uint16_t status = question.answers.message().head.status;
      if (status >= 200) return false;
      (void)question.answers.take();
    } else if (step.part == http::Part::refused || step.part == http::Part::opaque) {
      question.failure = "its answer is no HTTP that can be read";
      return false;
    }
    if (question.answers.message().body_size > kMaxFormerScript) {
      question.failure = "it is longer than 960 KiB";
      return false;
    }
    if (step.part == http::Part::need_more) return true;
  }
}

template <class Stream>
Steps converse(Stream& stream, Question& question) {
  co_await asio::async_write(stream, asio::buffer(question.request), kAwait);
  std::string bytes(16384, '\0');
  bool more = true;
  while (more) {
    const auto [error, size] =
        co_await stream.async_read_some(asio::buffer(bytes), asio::as_tuple(kAwait));
    if (error) {
      if (question.answers.finish().part != http::Part::end) {
        question.failure = "the answer broke off: " + error.message();
      }
      more = false;
    } else {
      more = read_answer(question, std::string_view(bytes).substr(0, size));
    }
  }
  question.done = question.failure.empty();
}

Steps ask(Question& question, asio::ssl::context& tls) {
  const auto executor = co_await asio::this_coro::executor;
  try {
    Tcp::resolver resolver(executor);
    const std::string port = std::to_string(question.target.server.port);
    const auto found = co_await resolver.async_resolve(question.target.server.host, port, kAwait);
    Tcp::socket socket(executor);
    co_await asio::async_connect(socket, found, kAwait);
    if (!question.target.https) {
      co_await converse(socket, question);
      co_return;
    }
    asio::ssl::stream<Tcp::socket> stream(std::move(socket), tls);
    const std::string& host = question.target.server.host;
    SSL_set_tlsext_host_name(stream.native_handle(), host.c_str());
    stream.set_verify_mode(asio::ssl::verify_peer);
    stream.set_verify_callback(asio::ssl::host_name_verification(host));
    co_await stream.async_handshake(asio::ssl::stream_base::client, kAwait);
    co_await converse(stream, question);
  } catch (const boost::system::system_error& error) {
    question.failure = error.code().message();
  }
}

// A script as text: no byte order mark, nothing that no engine would read.
Text as_script(std::string text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  if (text.find('\0') != std::string::npos) return Text::failed("it is no text");
  if (text.find("FindProxyForURL") == std::string::npos) {
    return Text::failed("it is no proxy auto-configuration");
  }
  return text;
}

std::string unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto digit = [&](std::size_t at) {
      const std::size_t found =
          at < text.size() ? std::string_view("0123456789abcdef0123456789ABCDEF").find(text[at])
                           : std::string_view::npos;
      return found == std::string_view::npos ? 16U : static_cast<unsigned>(found % 16);
    };
    if (text[i] == '%' && digit(i + 1) < 16 && digit(i + 2) < 16) {
      plain += static_cast<char>(digit(i + 1) * 16 + digit(i + 2));
      i += 2;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

Text read_script_file(std::string_view url) {
  url.remove_prefix(kFile.size());
  if (url.starts_with("localhost/")) url.remove_prefix(9);
  const std::filesystem::path path = unescaped(url);
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return Text::failed("there is no such file");
  std::ifstream file(path, std::ios::binary);
  std::string text(kMaxFormerScript + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() > kMaxFormerScript) return Text::failed("it is longer than 960 KiB");
  if (file.bad() || text.empty()) return Text::failed("the file cannot be read");
  return as_script(std::move(text));
}

// Where an answer sends on to, or nothing.
std::string redirected(const Head& head, const wire::AbsoluteTarget& from) {
  constexpr std::uint16_t kOthers[] = {301, 302, 303, 307, 308};
  if (std::ranges::find(kOthers, head.status) == std::end(kOthers)) return {};
  const std::string where(head.find("Location").value_or(std::string_view()));
  if (!where.starts_with('/') || where.starts_with("//")) return where;
  return (from.https ? "https://" : "http://") + from.authority + where;
}

}  // namespace

Text fetch_script(std::string_view url, std::span<const std::string> ca_files,
                  std::chrono::milliseconds limit) {
  if (url.starts_with(kFile)) return read_script_file(url);
  asio::ssl::context tls(asio::ssl::context::tls_client);
  boost::system::error_code ignored;
  tls.set_default_verify_paths(ignored);
  for (const std::string& file : ca_files) tls.load_verify_file(file, ignored);
  const auto deadline = std::chrono::steady_clock::now() + limit;
  std::string where(url);
  for (int hop = 0; hop <= kMaxScriptRedirects; ++hop) {
    const auto target = wire::parse_absolute_target(where);
    if (!target) return Text::failed("its address is no http://, https:// or file:// address");
    // The question outlives the loop whose coroutine writes into it.
    Question question = question_for(*target);
    asio::io_context io(1);
    asio::co_spawn(io, ask(question, tls), asio::detached);
    io.run_until(deadline);
    if (!question.done) {
      return Text::failed(question.failure.empty() ? "it did not come in time" : question.failure);
    }
    const Message answer = question.answers.take();
    where = redirected(answer.head, *target);
    if (!where.empty()) continue;
    if (answer.head.status != 200) {
      return Text::failed("its server answers with " + std::to_string(answer.head.status));
    }
    return as_script(answer.body);
  }
  return Text::failed("its server sends from one address to the next");
}

}  // namespace exotap
