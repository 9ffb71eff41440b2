// A blocking connection for tests: in clear, then perhaps in TLS. Every wait is bounded, so that a
// test that goes wrong fails and does not hang.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "certs/openssl.h"

namespace exotap::test {

class Peer {
 public:
  static constexpr int kPatienceSeconds = 20;

  Peer() = default;
  explicit Peer(int fd) : fd_(fd) {
    std::signal(SIGPIPE, SIG_IGN);  // a peer that reset is an error of the write
    const timeval limit{kPatienceSeconds, 0};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    // What is sent right before a close that resets has left then.
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
  Peer(Peer&& other) noexcept { *this = std::move(other); }
  Peer& operator=(Peer&& other) noexcept {
    std::swap(fd_, other.fd_);
    std::swap(ssl_, other.ssl_);
    std::swap(buffer_, other.buffer_);
    std::swap(ended_, other.ended_);
    return *this;
  }
  ~Peer() { close(); }

  static Peer dial(std::uint16_t port) {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) {
      ::close(fd);
      return {};
    }
    return Peer(fd);
  }

  [[nodiscard]] bool is_open() const { return fd_ >= 0; }

  // Handshakes; false where it failed: last_error() says how.
  bool start_tls(SslPtr ssl) {
    ssl_ = std::move(ssl);
    SSL_set_fd(ssl_.get(), fd_);
    ERR_clear_error();
    if (SSL_do_handshake(ssl_.get()) == 1) return true;
    error_ = openssl_error();
    return false;
  }
  [[nodiscard]] SSL* ssl() const { return ssl_.get(); }
  [[nodiscard]] const std::string& last_error() const { return error_; }

  // Of a copy: the sanitizer reads what was sent once more when the other side has it, and whoever
  // waited for that may have ended, and its texts with it.
  bool send(std::string_view given) {
    const std::string own(given);
    std::string_view bytes = own;
    while (!bytes.empty()) {
      const ssize_t n = ssl_ ? SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()))
                             : ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }

  // Everything up to and with `mark`; what came so far where the stream ended before.
  std::string read_until(std::string_view mark) {
    std::size_t at = 0;
    while ((at = buffer_.find(mark)) == std::string::npos) {
      if (!more()) return std::exchange(buffer_, {});
    }
    return take(at + mark.size());
  }
  std::string read(std::size_t size) {
    while (buffer_.size() < size) {
      if (!more()) break;
    }
    return take(std::min(size, buffer_.size()));
  }
  std::string read_to_end() {
    while (more()) {
    }
    return std::exchange(buffer_, {});
  }
  // Whether the stream ends here, without another byte.
  bool ended() {
    if (!buffer_.empty()) return false;
    return !more();
  }
  // Whether the stream ends within this time; what comes in it is dropped.
  bool ends_within(std::chrono::milliseconds patience) {
    pollfd watched{fd_, POLLIN, 0};
    const auto until = std::chrono::steady_clock::now() + patience;
    while (poll(&watched, 1,
                static_cast<int>(
                    std::max<std::int64_t>(0, std::chrono::duration_cast<std::chrono::milliseconds>(
                                                  until - std::chrono::steady_clock::now())
                                                  .count()))) > 0) {
      char dropped[1024];
      if (recv(fd_, dropped, sizeof dropped, MSG_DONTWAIT) <= 0) return true;
    }
    return false;
  }
  // The last read ended with a reset, or a timeout, not with the peer's proper end.
  [[nodiscard]] bool was_reset() const { return ended_ == ECONNRESET; }

  void shutdown_send() {
    if (ssl_) SSL_shutdown(ssl_.get());
    if (!ssl_) ::shutdown(fd_, SHUT_WR);
  }
  // Ends the connection under whoever waits on it, from another thread.
  void abandon() { ::shutdown(fd_, SHUT_RDWR); }
  void close(bool reset = false) {
    if (fd_ < 0) return;
    const linger hard{1, 0};
    if (reset) setsockopt(fd_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    if (ssl_ && !reset) SSL_shutdown(ssl_.get());
    ssl_.reset();
    ::close(fd_);
    fd_ = -1;
  }

 private:
  bool more() {
    if (fd_ < 0) return false;
    char bytes[16384];
    errno = 0;
    const ssize_t n =
        ssl_ ? SSL_read(ssl_.get(), bytes, sizeof bytes) : recv(fd_, bytes, sizeof bytes, 0);
    if (n <= 0) {
      ended_ = errno;
      ERR_clear_error();
      return false;
    }
    buffer_.append(bytes, static_cast<std::size_t>(n));
    return true;
  }
  std::string take(std::size_t size) {
    std::string taken = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return taken;
  }

  int fd_ = -1;
  int ended_ = 0;
  SslPtr ssl_;
  std::string buffer_;
  std::string error_;
};

}  // namespace exotap::test
