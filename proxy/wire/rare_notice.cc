#include "proxy/wire/rare_notice.h"

#include <utility>

namespace exotap::wire {

std::uint64_t RareNotice::happened(Time now) {
  ++untold_;
  if (now < next_) return 0;
  next_ = now + kEvery;
  return std::exchange(untold_, 0);
}

}  // namespace exotap::wire
