#include "capture/ndjson.h"

#include <openssl/rand.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "capture/evidence_place.h"
#include "capture/json_text.h"
#include "capture/timestamp.h"
#include "decoders/connection.h"
#include "decoders/flow/flow.h"

namespace exotap {
namespace {

constexpr std::string_view kEcsVersion = "8.17.0";
constexpr std::string_view kWaitingSuffix = ".waiting";

// What every line begins with; the caller has still to append the event's id as text.
void append_begin(std::string& out, WallTime time, std::string_view kind,
                  std::string_view dataset) {
  out.append("{\"@timestamp\":\"");
  append_timestamp(out, time);
  out.append("\",\"event.kind\":\"").append(kind);
  out.append("\",\"event.dataset\":\"").append(dataset);
  out.append("\",\"ecs.version\":\"").append(kEcsVersion);
  out.append("\",\"event.id\":\"");
}

void append_key(std::string& out, std::string_view key) {
  out.append(",\"").append(key).append("\":");
}

void append_text(std::string& out, std::string_view key, std::string_view value) {
  append_key(out, key);
  append_json_string(out, value);
}

void append_number(std::string& out, std::string_view key, std::uint64_t value) {
  append_key(out, key);
  append_json_number(out, static_cast<std::int64_t>(value));
}

// Which of 64 possible facts are there at least once, and at least twice; collisions only cost a
// second look.
struct Repeats {
  std::uint64_t once = 0;
  std::uint64_t twice = 0;
};

Repeats repeats_of(const Facts& facts) {
  Repeats seen;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const std::uint64_t bit = Facts::bit_of(*facts[i].spec);
    seen.twice |= seen.once & bit;
    seen.once |= bit;
  }
  return seen;
}

bool stands_before(const Facts& facts, std::size_t i) {
  for (std::size_t k = 0; k < i; ++k) {
    if (facts[k].spec == facts[i].spec) return true;
  }
  return false;
}

bool stands_behind(const Facts& facts, std::size_t i) {
  for (std::size_t k = i + 1; k < facts.size(); ++k) {
    if (facts[k].spec == facts[i].spec) return true;
  }
  return false;
}

}  // namespace

std::string make_run_id() {
  std::array<unsigned char, 4> random{};
  if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) {
    throw std::runtime_error("no event ids: the system gives no randomness");
  }
  std::string id;
  for (const unsigned char byte : random) {
    id.push_back("0123456789abcdef"[byte >> 4U]);
    id.push_back("0123456789abcdef"[byte & 0xFU]);
  }
  return id;
}

Ndjson::Ndjson(Redaction& redaction, std::string run)
    : redaction_(redaction), run_(std::move(run)) {}

void Ndjson::append_exchange(std::string& out, std::uint64_t id, WallTime started,
                             const Facts& facts) {
  remember_waiting(id, facts.is_true(fact::kExotapStillWaiting));
  append_begin(out, started, "event", "exotap.exchange");
  append_exchange_id(out, id);
  out.push_back('"');
  if (const auto attempt = facts.number(fact::kFlowAttempt)) {
    append_key(out, "exotap.attempt.id");
    append_json_number(out, *attempt);
  }
  append_facts(out, facts);
  out.append("}\n");
}

void Ndjson::append_facts(std::string& out, const Facts& facts) {
  const Repeats seen = repeats_of(facts);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const Fact fact = facts[i];
    const bool maybe_repeated = (seen.twice & Facts::bit_of(*fact.spec)) != 0;
    if (maybe_repeated && stands_before(facts, i)) continue;
    append_key(out, fact.spec->name);
    if (!maybe_repeated || !stands_behind(facts, i)) {
      append_value(out, fact);
      continue;
    }
    out.push_back('[');
    append_value(out, fact);
    for (std::size_t k = i + 1; k < facts.size(); ++k) {
      if (facts[k].spec != fact.spec) continue;
      out.push_back(',');
      append_value(out, facts[k]);
    }
    out.push_back(']');
  }
}

void Ndjson::append_value(std::string& out, const Fact& fact) {
  switch (fact.spec->type) {
    case FactType::integer:
      out.append(fact.text);
      return;
    case FactType::boolean:
      out.append(fact.number != 0 ? "true" : "false");
      return;
    case FactType::text:
      append_json_string(out, redaction_.fact(*fact.spec, fact.text));
      return;
  }
}

void Ndjson::append_finding(std::string& out, const Finding& finding, WallTime time) {
  append_begin(out, time, "alert", "exotap.finding");
  out.append(run_).append("-f").append(std::to_string(++findings_)).push_back('"');
  append_text(out, "rule.id", finding.rule_id);
  append_text(out, "rule.name", finding.rule_name);
  append_key(out, "rule.reference");
  out.push_back('[');
  for (std::size_t i = 0; i < finding.references.size(); ++i) {
    if (i > 0) out.push_back(',');
    append_json_string(out, redaction_.text(finding.references[i]));
  }
  out.push_back(']');
  append_number(out, "event.severity", static_cast<std::uint64_t>(finding.level));
  append_text(out, "message", redaction_.sentence(finding.title));
  append_text(out, "exotap.explain", redaction_.sentence(finding.explain));
  append_text(out, "exotap.remedy", redaction_.sentence(finding.remedy));
  append_key(out, "exotap.evidence");
  out.push_back('[');
  for (std::size_t i = 0; i < finding.evidence.size(); ++i) {
    if (i > 0) out.push_back(',');
    append_evidence(out, finding.evidence[i]);
  }
  out.push_back(']');
  if (!finding.host.empty()) append_text(out, "url.domain", redaction_.text(finding.host));
  if (finding.attempt_id != 0) append_number(out, "exotap.attempt.id", finding.attempt_id);
  append_number(out, "exotap.repeats", finding.repeats);
  append_key(out, "exotap.caused_by_exotap");
  out.append(finding.caused_by_exotap ? "true" : "false").append("}\n");
}

void Ndjson::append_evidence(std::string& out, const Evidence& evidence) {
  out.append("{\"event.id\":\"");
  append_exchange_id(out, evidence.exchange_id);
  out.push_back('"');
  append_text(out, "field", evidence.field);
  append_text(out, "value", redaction_.fact(evidence.field, evidence.value));
  append_text(out, "where", evidence_place(evidence.field));
  out.push_back('}');
}

void Ndjson::append_gap(std::string& out, const Gap& gap, WallTime time) {
  append_begin(out, time, "event", "exotap.gap");
  out.append(run_).append("-g").append(std::to_string(++gaps_)).push_back('"');
  append_text(out, "message", redaction_.text(gap.what));
  append_number(out, "exotap.gap.exchanges", gap.exchanges);
  append_number(out, "exotap.gap.bytes", gap.bytes);
  out.append("}\n");
}

void Ndjson::append_notice(std::string& out, std::string_view message, WallTime time) {
  append_begin(out, time, "event", "exotap.notice");
  out.append(run_).append("-n").append(std::to_string(++notices_)).push_back('"');
  append_text(out, "message", redaction_.text(message));
  out.append("}\n");
}

void Ndjson::append_exchange_id(std::string& out, std::uint64_t id) const {
  out.append(run_).push_back('-');
  append_json_number(out, static_cast<std::int64_t>(id));
  if (is_waiting(id)) out.append(kWaitingSuffix);
}

void Ndjson::remember_waiting(std::uint64_t id, bool waiting) {
  if (waiting && !is_waiting(id)) {
    waiting_[next_waiting_] = id;
    next_waiting_ = (next_waiting_ + 1) % kMaxWaiting;
  } else if (!waiting) {
    std::replace(waiting_.begin(), waiting_.end(), id, std::uint64_t{0});
  }
}

bool Ndjson::is_waiting(std::uint64_t id) const {
  return id != 0 && std::find(waiting_.begin(), waiting_.end(), id) != waiting_.end();
}

}  // namespace exotap
