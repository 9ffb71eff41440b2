#include "capture/ndjson.h"

#include <openssl/rand.h>

#include <algorithm>
#include <bitset>
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

// Which facts may be stated more than once. A collision of two specs only costs a second look.
class Repeats {
 public:
  void see(const FactSpec* spec) {
    const std::size_t bit = bit_of(spec);
    twice_[bit] = twice_[bit] || once_[bit];
    once_[bit] = true;
  }
  [[nodiscard]] bool maybe(const FactSpec* spec) const { return twice_[bit_of(spec)]; }

 private:
  static constexpr std::size_t kBits = 1024;
  static std::size_t bit_of(const FactSpec* spec) {
    const auto address = reinterpret_cast<std::uintptr_t>(spec);
    return (address / alignof(FactSpec) * 0x9E3779B97F4A7C15ULL) >> 54U;
  }

  std::bitset<kBits> once_;
  std::bitset<kBits> twice_;
};

bool holds(std::span<const Fact> facts, const FactSpec* spec) {
  return std::any_of(facts.begin(), facts.end(), [&](const Fact& f) { return f.spec == spec; });
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
  facts_.clear();
  Repeats repeats;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    facts_.push_back(facts[i]);
    repeats.see(facts_.back().spec);
  }
  const std::span<const Fact> all(facts_);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool maybe = repeats.maybe(all[i].spec);
    if (maybe && holds(all.first(i), all[i].spec)) continue;  // stands in the first one's array
    append_key(out, all[i].spec->name);
    const auto behind = all.subspan(i + 1);
    if (!maybe || !holds(behind, all[i].spec)) {
      append_value(out, all[i]);
    } else {
      append_array(out, all[i], behind);
    }
  }
}

void Ndjson::append_array(std::string& out, const Fact& first, std::span<const Fact> others) {
  out.push_back('[');
  append_value(out, first);
  for (const Fact& other : others) {
    if (other.spec != first.spec) continue;
    out.push_back(',');
    append_value(out, other);
  }
  out.push_back(']');
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
  append_finding_id(out, finding.number);
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
  if (finding.owner != Owner::unnamed) append_text(out, "exotap.owner", to_string(finding.owner));
  append_relations(out, finding);
  append_key(out, "exotap.caused_by_exotap");
  out.append(finding.caused_by_exotap ? "true" : "false").append("}\n");
}

void Ndjson::append_finding_id(std::string& out, std::uint64_t number) const {
  out.append(run_).append("-f");
  append_json_number(out, static_cast<std::int64_t>(number));
  out.push_back('"');
}

void Ndjson::append_relations(std::string& out, const Finding& finding) const {
  if (finding.again_of != 0) {
    append_key(out, "exotap.again_of");
    out.push_back('"');
    append_finding_id(out, finding.again_of);
  }
  if (finding.because_of != 0) {
    append_key(out, "exotap.because_of");
    out.push_back('"');
    append_finding_id(out, finding.because_of);
  }
  if (finding.cause_of.empty()) return;
  append_key(out, "exotap.cause_of");
  for (std::size_t i = 0; i < finding.cause_of.size(); ++i) {
    out.append(i == 0 ? "[\"" : ",\"");
    append_finding_id(out, finding.cause_of[i]);
  }
  out.push_back(']');
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
