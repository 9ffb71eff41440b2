// What stands at the end of the way: console, log, later store and forwarders.
#pragma once

#include <cstdint>
#include <string>

#include "capture/exchange.h"
#include "decoders/facts.h"
#include "rules/words/finding.h"

namespace exotap {

// What was not examined, and how much: dropped exchanges, a full disk, lost log lines.
struct Gap {
  std::string what;  // "analysis queue full", "log disk full"
  std::uint64_t exchanges = 0;
  std::uint64_t bytes = 0;
};

// A judged exchange: record and facts. One owner at a time.
struct Judged {
  ExchangePtr exchange;
  Facts facts;
};

// Called on the analysis thread only, in order: an exchange, then the findings it completed.
// What arrives is not yet redacted; a sink writes nothing that has not gone through
// capture/redaction.h.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual void exchange(const Exchange& exchange, const Facts& facts) = 0;
  virtual void finding(const Finding& finding) = 0;
  virtual void gap(const Gap& gap) = 0;
  virtual void flush() = 0;  // at the end, and now and then when idle
};

}  // namespace exotap
