// A listener on loopback and a connection to it, both ends held by this process.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "capture/exchange.h"

namespace exotap {

class LoopbackPair {
 public:
  // A mapped client has an IPv6 socket and connects to ::ffff:127.0.0.1, as Java's do.
  enum class Client : bool { plain, mapped };

  explicit LoopbackPair(int family, Client kind = Client::plain) {
    listener_ = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in6 six{};
    six.sin6_family = AF_INET6;
    six.sin6_addr = in6addr_loopback;
    sockaddr_in four{};
    four.sin_family = AF_INET;
    four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool is_six = family == AF_INET6;
    need(::bind(listener_, is_six ? reinterpret_cast<sockaddr*>(&six) : as(four),
                is_six ? sizeof(six) : sizeof(four)));
    need(::listen(listener_, 8));
    listening_ = end_of(listener_);
    client_ = ::socket(kind == Client::mapped ? AF_INET6 : family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_storage there{};
    socklen_t size = sizeof(there);
    if (kind == Client::mapped) {
      six.sin6_port = htons(listening_.port);
      need(::inet_pton(AF_INET6, "::ffff:127.0.0.1", &six.sin6_addr) - 1);
      need(::connect(client_, reinterpret_cast<sockaddr*>(&six), sizeof(six)));
    } else {
      need(::getsockname(listener_, reinterpret_cast<sockaddr*>(&there), &size));
      need(::connect(client_, reinterpret_cast<sockaddr*>(&there), size));
    }
    sockaddr_storage who{};
    size = sizeof(who);
    server_ = ::accept4(listener_, reinterpret_cast<sockaddr*>(&who), &size, SOCK_CLOEXEC);
    need(server_ < 0 ? -1 : 0);
    client_end_ = end_of(who);
  }
  ~LoopbackPair() {
    for (const int one : {client_, server_, listener_}) ::close(one);
  }
  LoopbackPair(const LoopbackPair&) = delete;
  LoopbackPair& operator=(const LoopbackPair&) = delete;

  [[nodiscard]] int client() const { return client_; }
  [[nodiscard]] int server() const { return server_; }
  [[nodiscard]] int listener() const { return listener_; }
  [[nodiscard]] const Endpoint& listening() const { return listening_; }
  [[nodiscard]] const Endpoint& client_end() const { return client_end_; }
  [[nodiscard]] static std::uint64_t inode_of(int socket) {
    struct stat status {};
    need(::fstat(socket, &status));
    return status.st_ino;
  }

 private:
  static void need(int result) {
    if (result != 0) throw std::runtime_error("no sockets on loopback");
  }
  static sockaddr* as(sockaddr_in& address) { return reinterpret_cast<sockaddr*>(&address); }
  static Endpoint end_of(int socket) {
    sockaddr_storage address{};
    socklen_t size = sizeof(address);
    need(::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size));
    return end_of(address);
  }
  static Endpoint end_of(const sockaddr_storage& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (address.ss_family == AF_INET) {
      const auto& four = reinterpret_cast<const sockaddr_in&>(address);
      ::inet_ntop(AF_INET, &four.sin_addr, text.data(), text.size());
      return {text.data(), ntohs(four.sin_port)};
    }
    const auto& six = reinterpret_cast<const sockaddr_in6&>(address);
    ::inet_ntop(AF_INET6, &six.sin6_addr, text.data(), text.size());
    return {text.data(), ntohs(six.sin6_port)};
  }

  int listener_ = -1;
  int client_ = -1;
  int server_ = -1;
  Endpoint listening_;
  Endpoint client_end_;
};

}  // namespace exotap
