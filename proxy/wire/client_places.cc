#include "proxy/wire/client_places.h"

#include <algorithm>

namespace exotap::wire {

std::size_t places_for(std::size_t descriptors) {
  const std::size_t left = descriptors - std::min(descriptors, kOwnDescriptors);
  const std::size_t for_dials = std::min(left / 8, kDialDescriptors);
  return std::clamp((left - for_dials) / kDescriptorsEach, std::size_t{1}, kMostConnections);
}

std::optional<ClientPlaces::Place> ClientPlaces::take() {
  if (taken_.fetch_add(1, std::memory_order_relaxed) < most_) return Place(this);
  taken_.fetch_sub(1, std::memory_order_relaxed);
  return std::nullopt;
}

}  // namespace exotap::wire
