#include "proxy/wire/step_aside.h"

#include <algorithm>
#include <utility>

namespace exotap::wire {

StepAside::Entry* StepAside::find(std::string_view host, ClientKind kind, TimePoint now) {
  entries_.remove_if([&](const Entry& entry) { return entry.until <= now; });
  const auto found = std::ranges::find_if(
      entries_, [&](const Entry& entry) { return entry.kind == kind && entry.host == host; });
  return found == entries_.end() ? nullptr : &*found;
}

StepAside::Entry& StepAside::make(std::string_view host, ClientKind kind, TimePoint now) {
  Entry* entry = find(host, kind, now);
  if (entry == nullptr) {
    if (entries_.size() >= kMaxSteppedAside) entries_.pop_back();
    entry = &entries_.emplace_front();
    entry->host = host;
    entry->kind = kind;
  }
  entry->until = now + kStepAsideFor;
  return *entry;
}

bool StepAside::remember(std::string_view host, ClientKind kind, std::string_view reason,
                         TimePoint now) {
  const std::lock_guard lock(mutex_);
  Entry& entry = make(host, kind, now);
  const bool news = entry.reason.empty();
  entry.reason = reason;
  return news;
}

void StepAside::remember_untold(std::string_view host, ClientKind kind, std::string_view reason,
                                TimePoint now) {
  const std::lock_guard lock(mutex_);
  Entry& entry = make(host, kind, now);
  if (entry.reason.empty()) entry.untold = true;
  entry.reason = reason;
}

bool StepAside::closed_silently(std::string_view host, ClientKind kind, TimePoint begun,
                                TimePoint now) {
  const std::lock_guard lock(mutex_);
  if (trusting_.contains(kind)) return false;
  Entry& entry = make(host, kind, now);
  // Connections beside one another end together where a program ends: that is one silence.
  if (!entry.reason.empty() || (entry.silences > 0 && begun < entry.last_silence)) return false;
  entry.last_silence = now;
  if (++entry.silences < kSilentCloses) return false;
  entry.reason = kClientRejectsLeaf;
  entry.untold = true;
  return true;
}

bool StepAside::untold(std::string_view host, ClientKind kind) {
  const std::lock_guard lock(mutex_);
  for (Entry& entry : entries_) {
    const bool concerns = entry.kind == kind || entry.kind == kEveryClient;
    if (entry.untold && concerns && entry.host == host) {
      entry.untold = false;
      return true;
    }
  }
  return false;
}

void StepAside::used(ClientKind kind) {
  const std::lock_guard lock(mutex_);
  if (trusting_.contains(kind)) return;
  if (trusting_.size() >= kMaxTrustingKinds) trusting_.clear();
  trusting_.insert(kind);
}

std::string_view StepAside::reason(std::string_view host, ClientKind kind, TimePoint now) {
  const std::lock_guard lock(mutex_);
  if (entries_.empty()) return {};
  if (const Entry* all = find(host, kEveryClient, now)) return all->reason;
  const Entry* own = find(host, kind, now);
  return own == nullptr ? std::string_view() : own->reason;
}

void StepAside::clear() {
  const std::lock_guard lock(mutex_);
  entries_.clear();
  trusting_.clear();
}

}  // namespace exotap::wire
