// TLS sessions with servers, for resumption: a third of a new connection's cost. Only sessions
// whose chain was found without fault are kept, for a resumed session brings no certificates.
//
// A ticket of TLS 1.3 is for one connection (RFC 8446 section C.4), and OpenSSL holds to that: the
// handshake that uses it spoils it for every other. Servers send one or two with each connection,
// so several a server are kept: a client that opens many connections at once resumes them all.
#pragma once

#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "certs/openssl.h"

namespace exotap::wire {

inline constexpr std::size_t kMaxSessions = 512;     // of all servers, a thread
inline constexpr std::size_t kMaxSessionsEach = 16;  // of one server

// Not thread safe: one per I/O thread.
class SessionCache {
 public:
  // Takes the session over. One of TLS 1.3 joins those of that key, any other takes their place.
  void put(std::string_view key, SslSessionPtr session);
  // The newest of that key, no longer in here where it serves once only; nullptr where there is
  // none.
  [[nodiscard]] SslSessionPtr take(std::string_view key);
  void forget(std::string_view key);
  void clear();
  [[nodiscard]] std::size_t size() const { return size_; }  // sessions, of all servers

 private:
  struct Server {
    std::string key;
    std::vector<SslSessionPtr> sessions;  // the newest last; never empty between calls
  };
  using Servers = std::list<Server>;
  void drop_oldest(Servers::iterator server);

  Servers servers_;  // the last one used is in front
  std::unordered_map<std::string_view, Servers::iterator> by_key_;
  std::size_t size_ = 0;
};

}  // namespace exotap::wire
