#include "decoders/process.h"

namespace exotap {
namespace {

constexpr const FactSpec* kProcessFacts[] = {&fact::kProcessName, &fact::kProcessPid};

}  // namespace

std::span<const FactSpec* const> process_facts() { return kProcessFacts; }

void state_process(const ClientProcess& process, Facts& facts) {
  if (process.name.empty() || process.pid <= 0) return;
  facts.add(fact::kProcessName, process.name);
  facts.add(fact::kProcessPid, process.pid);
}

}  // namespace exotap
