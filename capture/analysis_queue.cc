#include "capture/analysis_queue.h"

#include <utility>

namespace exotap {
namespace {

std::size_t memory_of(const Message& message) {
  return message.head.text.capacity() + message.head.fields.capacity() * sizeof(FieldPosition) +
         message.body.capacity() + message.trailers.capacity();
}

std::size_t memory_of(const CertificateRecord& certificate) {
  std::size_t names = 0;
  for (const std::string& name : certificate.dns_names) names += sizeof(name) + name.capacity();
  return sizeof(certificate) + names + certificate.subject.capacity() +
         certificate.issuer.capacity();
}

// A bound above which what does not matter for mail gives way.
std::size_t three_quarters(std::size_t limit) { return limit - limit / 4; }

}  // namespace

std::size_t memory_of(const Exchange& exchange) {
  std::size_t size = sizeof(Exchange) + memory_of(exchange.request) + memory_of(exchange.answer);
  for (const CertificateRecord& certificate : exchange.tls.chain) size += memory_of(certificate);
  return size;
}

AnalysisQueue::AnalysisQueue(QueueLimits limits) : limits_(limits), queue_(limits.exchanges) {}

void AnalysisQueue::offer(ExchangePtr exchange) noexcept {
  if (!exchange) return;
  const std::size_t size = memory_of(*exchange);
  if (!has_room(*exchange, size)) return drop(size);
  // Counted before it is there: the consumer never takes more than was counted.
  waiting_.fetch_add(1, std::memory_order_relaxed);
  waiting_bytes_.fetch_add(size, std::memory_order_relaxed);
  if (!queue_.push(exchange)) {
    waiting_.fetch_sub(1, std::memory_order_relaxed);
    waiting_bytes_.fetch_sub(size, std::memory_order_relaxed);
    return drop(size);
  }
  wake();
}

// Two producers may both find the last room: the bound in bytes may be passed by one exchange a
// thread.
bool AnalysisQueue::has_room(const Exchange& exchange, std::size_t size) noexcept {
  const bool matters = exchange.mail_related;
  const std::size_t places = matters ? limits_.exchanges : three_quarters(limits_.exchanges);
  const std::size_t bytes = matters ? limits_.bytes : three_quarters(limits_.bytes);
  return waiting_.load(std::memory_order_relaxed) < places &&
         waiting_bytes_.load(std::memory_order_relaxed) + size <= bytes;
}

void AnalysisQueue::drop(std::size_t size) noexcept {
  dropped_.fetch_add(1, std::memory_order_relaxed);
  dropped_bytes_.fetch_add(size, std::memory_order_relaxed);
}

// The fence pairs with the one in drain(): either the consumer sees the exchange before it falls
// asleep, or the producer sees it asleep.
void AnalysisQueue::wake() noexcept {
  std::atomic_thread_fence(std::memory_order_seq_cst);
  if (!asleep_.load(std::memory_order_relaxed)) return;
  if (!asleep_.exchange(false, std::memory_order_acq_rel)) return;
  { const std::lock_guard lock(mutex_); }
  awake_.notify_one();
}

bool AnalysisQueue::drain(std::vector<ExchangePtr>& batch, std::chrono::milliseconds patience) {
  if (take_all(batch)) return true;
  std::unique_lock lock(mutex_);
  // Said anew at every look: a producer that woke us may have a slower one before it, whose
  // exchange is still to come and who must wake us again.
  awake_.wait_for(lock, patience, [this] {
    asleep_.store(true, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_seq_cst);
    return closed() || !queue_.empty();
  });
  asleep_.store(false, std::memory_order_relaxed);
  if (!closed() && !queue_.empty()) {
    awake_.wait_for(lock, limits_.gather, [this] { return closed(); });
  }
  lock.unlock();
  return take_all(batch);
}

bool AnalysisQueue::take_all(std::vector<ExchangePtr>& batch) {
  const std::size_t before = batch.size();
  ExchangePtr exchange;
  while (batch.size() - before < limits_.exchanges && queue_.pop(exchange)) {
    waiting_.fetch_sub(1, std::memory_order_relaxed);
    waiting_bytes_.fetch_sub(memory_of(*exchange), std::memory_order_relaxed);
    batch.push_back(std::move(exchange));
  }
  return batch.size() > before;
}

std::optional<Gap> AnalysisQueue::take_gap() {
  if (dropped_.load(std::memory_order_relaxed) == 0) return std::nullopt;
  Gap gap;
  gap.what = "analysis queue full";
  gap.exchanges = dropped_.exchange(0, std::memory_order_relaxed);
  gap.bytes = dropped_bytes_.exchange(0, std::memory_order_relaxed);
  return gap;
}

void AnalysisQueue::close() noexcept {
  closed_.store(true, std::memory_order_release);
  { const std::lock_guard lock(mutex_); }
  awake_.notify_all();
}

}  // namespace exotap
