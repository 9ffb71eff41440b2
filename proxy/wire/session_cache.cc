#include "proxy/wire/session_cache.h"

#include <openssl/ssl.h>

#include <iterator>
#include <utility>

namespace exotap::wire {
namespace {

bool serves_once(const SSL_SESSION* session) {
  return SSL_SESSION_get_protocol_version(session) >= TLS1_3_VERSION;
}

}  // namespace

void SessionCache::put(std::string_view key, SslSessionPtr session) {
  if (!serves_once(session.get())) forget(key);
  auto found = by_key_.find(key);
  if (found == by_key_.end()) {
    servers_.push_front({std::string(key), {}});
    found = by_key_.emplace(servers_.front().key, servers_.begin()).first;
  } else {
    servers_.splice(servers_.begin(), servers_, found->second);
  }
  const auto server = found->second;
  server->sessions.push_back(std::move(session));
  ++size_;
  if (server->sessions.size() > kMaxSessionsEach) drop_oldest(server);
  if (size_ > kMaxSessions) drop_oldest(std::prev(servers_.end()));
}

SslSessionPtr SessionCache::take(std::string_view key) {
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  const auto server = found->second;
  servers_.splice(servers_.begin(), servers_, server);
  SSL_SESSION* newest = server->sessions.back().get();
  if (!serves_once(newest)) {
    SSL_SESSION_up_ref(newest);
    return SslSessionPtr(newest);
  }
  SslSessionPtr taken = std::move(server->sessions.back());
  server->sessions.pop_back();
  --size_;
  if (server->sessions.empty()) forget(key);
  return taken;
}

void SessionCache::forget(std::string_view key) {
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return;
  const auto server = found->second;
  size_ -= server->sessions.size();
  by_key_.erase(found);
  servers_.erase(server);
}

void SessionCache::clear() {
  by_key_.clear();
  servers_.clear();
  size_ = 0;
}

void SessionCache::drop_oldest(Servers::iterator server) {
  server->sessions.erase(server->sessions.begin());
  --size_;
  if (server->sessions.empty()) forget(std::string(server->key));
}

}  // namespace exotap::wire
