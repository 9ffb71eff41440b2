#include "decoders/control.h"

#include <string>

namespace exotap {
namespace {

using namespace fact;

constexpr const FactSpec* kControlFacts[] = {&kExotapControlOutcome, &kExotapControlVerdict,
                                             &kExotapControlDetail};

// Where a certificate is bad the problems are compared, not their order.
bool is_alike(const Exchange& failed, const Exchange& control) {
  if (failed.fault.type != control.fault.type || failed.fault.stage != control.fault.stage) {
    return false;
  }
  return failed.fault.code == control.fault.code ||
         (!failed.tls.problems.empty() && failed.tls.problems == control.tls.problems);
}

// "TLS 1.3 with h2 was agreed on", or "the connection was made" where TLS was not tried.
std::string what_worked(const TlsRecord& tls) {
  if (!tls.established) return "the connection was made";
  std::string words = "TLS " + tls.version;
  if (!tls.alpn.empty()) words += " with " + tls.alpn;
  return words + " was agreed on";
}

std::string detail_of(const Exchange& control) {
  if (control.fault) return control.fault.detail;
  std::string words = "Without exotap " + what_worked(control.tls);
  const Fault& again = control.probe->again;
  if (again) return words + "; in exotap's way it failed again (" + again.code + ").";
  return words + ", and in exotap's way it worked this time, too.";
}

}  // namespace

std::span<const FactSpec* const> control_facts() { return kControlFacts; }

void state_control(const Exchange& failed, const Exchange& control, Facts& facts) {
  if (!control.probe) return;
  const ProbeRecord& probe = *control.probe;
  if (!probe.no_answer.empty()) {
    state_no_control(probe.no_answer, facts);
    return;
  }
  if (control.fault) {
    facts.add(kExotapControlOutcome, is_alike(failed, control) ? "same_failure" : "other_failure");
    facts.add(kExotapControlVerdict, "independent");
  } else {
    facts.add(kExotapControlOutcome, "works");
    facts.add(kExotapControlVerdict, probe.again ? "caused_by_interception" : "passed");
  }
  facts.add_if(kExotapControlDetail, detail_of(control));
}

void state_no_control(std::string_view why, Facts& facts) {
  facts.add(kExotapControlOutcome, "not_run");
  facts.add_if(kExotapControlDetail, why);
}

}  // namespace exotap
