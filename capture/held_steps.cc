#include "capture/held_steps.h"

namespace exotap {

void HeldSteps::hold(std::uint64_t id, std::uint64_t attempt, WallTime started,
                     const Facts& facts) {
  if (facts.empty()) return;
  if (count_ == kMaxSteps) drop_oldest();
  HeldStep& step = slots_[(oldest_ + count_) % kMaxSteps];
  ++count_;
  step.id = id;
  step.attempt = attempt;
  step.started = started;
  step.facts = facts;
  bytes_ += facts.bytes();
  while (bytes_ > kMaxBytes) drop_oldest();
}

void HeldSteps::drop_oldest() {
  empty(slots_[oldest_]);
  oldest_ = (oldest_ + 1) % kMaxSteps;
  --count_;
}

void HeldSteps::empty(HeldStep& step) {
  if (step.facts.empty()) return;
  bytes_ -= step.facts.bytes();
  if (step.facts.bytes() > kMaxKept) {
    step.facts = Facts();
  } else {
    step.facts.clear();
  }
}

}  // namespace exotap
