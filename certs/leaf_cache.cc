#include "certs/leaf_cache.h"

#include <utility>

namespace exotap {
namespace {

constexpr std::chrono::hours kRenewAfter = kLeafLife - std::chrono::days(1);

std::string key_of(std::string_view host, const LeafShape& shape) {
  std::string key(host);
  key += '\n';  // in no host name
  key += shape.key;
  return key;
}

}  // namespace

Leaf LeafCache::get(std::string_view host, const LeafShape& shape, WallTime now) {
  std::string key = key_of(host, shape);
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = by_key_.find(key); found != by_key_.end()) {
      if (now < found->second->renew_at) {
        entries_.splice(entries_.begin(), entries_, found->second);
        return share(found->second->leaf);
      }
    }
  }
  Leaf made = mint_.mint(host, shape, now);
  if (!made.certificate) return made;

  const std::lock_guard lock(mutex_);
  ++minted_;
  if (const auto old = by_key_.find(key); old != by_key_.end()) {
    const auto entry = old->second;
    by_key_.erase(old);
    entries_.erase(entry);
  }
  entries_.push_front({std::move(key), share(made), now + kRenewAfter});
  by_key_.emplace(entries_.front().key, entries_.begin());
  if (entries_.size() > capacity_) {
    by_key_.erase(entries_.back().key);
    entries_.pop_back();
  }
  return made;
}

std::size_t LeafCache::size() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

std::uint64_t LeafCache::minted() const {
  const std::lock_guard lock(mutex_);
  return minted_;
}

}  // namespace exotap
