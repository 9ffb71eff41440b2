// TLS sessions with servers, for resumption: a third of a new connection's cost. Only sessions
// whose chain was found without fault are kept, for a resumed session brings no certificates.
#pragma once

#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "certs/openssl.h"

namespace exotap::wire {

inline constexpr std::size_t kMaxSessions = 256;  // servers remembered a thread

// Not thread safe: one per I/O thread.
class SessionCache {
 public:
  // Takes the session over; it replaces the one of that key.
  void put(std::string_view key, SslSessionPtr session);
  // Still owned here; nullptr where there is none.
  [[nodiscard]] SSL_SESSION* find(std::string_view key);
  void forget(std::string_view key);
  void clear();
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    std::string key;
    SslSessionPtr session;
  };
  std::list<Entry> entries_;  // the last one used is in front
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key_;
};

}  // namespace exotap::wire
