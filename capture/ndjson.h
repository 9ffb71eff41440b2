// The log's lines (interface.md, "The log: NDJSON"): one flat JSON object each, keys are the fact
// names. The console's JSON is the same.
//
// Every value goes through the Redaction given; nothing else is written.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "capture/exchange.h"
#include "capture/redaction.h"
#include "capture/sink.h"
#include "decoders/facts.h"
#include "rules/words/finding.h"

namespace exotap {

// Eight random hexadecimal digits: event ids of different runs differ. Throws std::runtime_error
// where the system gives no randomness.
[[nodiscard]] std::string make_run_id();

// Appends whole lines, "\n" included, to a string that the caller uses again and again. Not thread
// safe; `redaction` outlives it. Never throws but for memory.
class Ndjson {
 public:
  // `run` begins every event id; log and console of one run are given the same.
  Ndjson(Redaction& redaction, std::string run);

  // event.id is RUN-ID. An exchange that is still waiting and its finished record are two lines:
  // the first one's id ends in ".waiting".
  void append_exchange(std::string& out, std::uint64_t id, WallTime started, const Facts& facts);
  // `time` is when the finding was made. event.id is RUN-fN, N the finding's number. What it is
  // because of and what it is the cause of are named so, too: always lines that came before.
  void append_finding(std::string& out, const Finding& finding, WallTime time);
  // event.id is RUN-gN.
  void append_gap(std::string& out, const Gap& gap, WallTime time);
  // A word from exotap itself (console only): event.dataset "exotap.notice", RUN-nN.
  void append_notice(std::string& out, std::string_view message, WallTime time);

 private:
  static constexpr std::size_t kMaxWaiting = 64;

  void append_exchange_id(std::string& out, std::uint64_t id) const;
  void append_evidence(std::string& out, const Evidence& evidence);
  void append_finding_id(std::string& out, std::uint64_t number) const;
  void append_relations(std::string& out, const Finding& finding) const;
  void append_facts(std::string& out, const Facts& facts);
  void append_array(std::string& out, const Fact& first, std::span<const Fact> others);
  void append_value(std::string& out, const Fact& fact);
  void remember_waiting(std::uint64_t id, bool waiting);
  [[nodiscard]] bool is_waiting(std::uint64_t id) const;

  Redaction& redaction_;
  std::string run_;
  std::uint64_t gaps_ = 0, notices_ = 0;
  // Exchanges whose last line said "still waiting": evidence must name that line, it may remain
  // the only one. The oldest is forgotten first.
  std::array<std::uint64_t, kMaxWaiting> waiting_{};
  std::size_t next_waiting_ = 0;
  std::vector<Fact> facts_;  // of the line being written; used again and again
};

}  // namespace exotap
