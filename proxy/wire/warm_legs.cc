#include "proxy/wire/warm_legs.h"

namespace exotap::wire {

void WarmLegs::keep(Warm& leg) {
  leg.moved_ = true;
  if (leg.is_linked()) {
    legs_.splice(legs_.begin(), legs_, List::s_iterator_to(leg));
    return;
  }
  if (size_ == kMostWarmLegs) cool(legs_.back());
  legs_.push_front(leg);
  ++size_;
  if (!is_set()) set(std::chrono::steady_clock::now() + kWarmFor);
}

void WarmLegs::forget(Warm& leg) {
  if (!leg.is_linked()) return;
  legs_.erase(List::s_iterator_to(leg));
  --size_;
}

void WarmLegs::cool(Warm& leg) {
  forget(leg);
  leg.grow_cold();
}

void WarmLegs::expired() {
  for (auto leg = legs_.begin(); leg != legs_.end();) {
    Warm& each = *leg++;
    if (!each.moved_) cool(each);
    each.moved_ = false;
  }
  if (!legs_.empty()) set(std::chrono::steady_clock::now() + kWarmFor);
}

}  // namespace exotap::wire
