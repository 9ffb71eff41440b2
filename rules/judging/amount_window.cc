#include "rules/judging/amount_window.h"

#include <algorithm>

namespace exotap {

// Sums are compared in thousandths.
static_assert(static_cast<std::int64_t>(AmountWindow::kMaxSamples) <=
              INT64_MAX / 1000 / kMaxAmount);

std::size_t AmountWindow::add(Sample sample, std::chrono::seconds span) {
  sample.value = std::clamp(sample.value, -kMaxAmount, kMaxAmount);
  newest_ = std::max(newest_, sample.time);
  std::erase_if(samples_, [&](const Sample& known) {
    return known.exchange_id == sample.exchange_id || known.time <= newest_ - span;
  });
  if (sample.time <= newest_ - span) return 0;
  const auto place = std::ranges::upper_bound(samples_, sample.time, {}, &Sample::time);
  samples_.insert(place, sample);
  if (samples_.size() <= kMaxSamples) return 0;
  samples_.erase(samples_.begin());
  return 1;
}

Amount AmountWindow::sum() const {
  Amount total;
  for (const Sample& sample : samples_) total.numerator += sample.value;
  return total;
}

Amount AmountWindow::average() const {
  return {sum().numerator, static_cast<std::int64_t>(samples_.size())};
}

Amount AmountWindow::percentile(unsigned percent) const {
  std::vector<std::int64_t> values;
  values.reserve(samples_.size());
  for (const Sample& sample : samples_) values.push_back(sample.value);
  const std::size_t rank = (values.size() * percent + 99) / 100;
  const auto nth = values.begin() + static_cast<std::ptrdiff_t>(rank == 0 ? 0 : rank - 1);
  std::ranges::nth_element(values, nth);
  return {*nth, 1};
}

}  // namespace exotap
