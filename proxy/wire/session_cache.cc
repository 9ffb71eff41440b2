#include "proxy/wire/session_cache.h"

namespace exotap::wire {

void SessionCache::put(std::string_view key, SslSessionPtr session) {
  forget(key);
  if (entries_.size() >= kMaxSessions) {
    by_key_.erase(entries_.back().key);
    entries_.pop_back();
  }
  entries_.push_front({std::string(key), std::move(session)});
  by_key_.emplace(entries_.front().key, entries_.begin());
}

SSL_SESSION* SessionCache::find(std::string_view key) {
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return entries_.front().session.get();
}

void SessionCache::forget(std::string_view key) {
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return;
  const auto entry = found->second;
  by_key_.erase(found);
  entries_.erase(entry);
}

void SessionCache::clear() {
  by_key_.clear();
  entries_.clear();
}

}  // namespace exotap::wire
