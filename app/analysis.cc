#include "app/analysis.h"

#include <vector>

#include "app/spare_memory.h"

namespace exotap {
namespace {

// How long the sinks may hold what they were told while nothing more comes.
constexpr std::chrono::milliseconds kIdleFlush{200};

}  // namespace

Analysis::Analysis(AnalysisQueue& queue, Judge& judge)
    : queue_(queue), judge_(judge), thread_([this] { run(); }) {}

Analysis::~Analysis() {
  finish();
  delete next_rules_.exchange(nullptr);
}

void Analysis::replace_rules(std::unique_ptr<const RuleSet> rules) {
  delete next_rules_.exchange(rules.release());
}

void Analysis::finish() {
  queue_.close();
  if (thread_.joinable()) thread_.join();
}

void Analysis::run() {
  std::vector<ExchangePtr> batch;
  bool more = true;
  while (more) {
    const bool closing = queue_.closed();
    const bool got_any = queue_.drain(batch, kIdleFlush);
    if (const RuleSet* fresh = next_rules_.exchange(nullptr)) {
      judge_.replace_rules(std::unique_ptr<const RuleSet>(fresh));
      give_back_spare_memory();
    }
    for (ExchangePtr& exchange : batch) {
      judge_.take(*exchange);
      exchange.reset();
    }
    batch.clear();
    if (const auto gap = queue_.take_gap()) judge_.tell_gap(*gap);
    judge_.flush();
    more = got_any || !closing;
  }
  judge_.end();
}

}  // namespace exotap
