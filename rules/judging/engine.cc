#include "rules/judging/engine.h"

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "rules/words/printable.h"

namespace exotap {
namespace {

void add_evidence(Finding& finding, std::uint64_t exchange_id, std::string_view field,
                  std::string_view value) {
  if (finding.evidence.size() >= kMaxEvidence) return;
  const std::string_view shown = cut_utf8(value, kMaxEvidenceText);
  const bool known = std::ranges::any_of(finding.evidence, [&](const Evidence& e) {
    return e.exchange_id == exchange_id && e.field == field && e.value == shown;
  });
  if (!known) finding.evidence.push_back({exchange_id, std::string(field), std::string(shown)});
}

// What a correlation can say of itself, beside the facts of the exchange that completed it.
Facts own_facts(const CompiledRule& rule, const Correlated& correlated) {
  Facts own;
  if (!rule.correlation) return own;
  own.add(kCorrelationCount, static_cast<std::int64_t>(correlated.count));
  if (rule.correlation->type == Correlation::Type::value_count) {
    for (const CountedEvent& event : correlated.events) own.add(kCorrelationValues, event.distinct);
  }
  if (!correlated.value.empty()) own.add(kCorrelationValue, correlated.value);
  return own;
}

}  // namespace

// One exchange being judged.
struct Engine::Judgement {
  ExchangeKey exchange;
  const Facts& facts;
  WallTime time;
  std::vector<Finding>& out;
};

// What made a rule fire: the detection that matched and, for a correlation, the events it counted.
struct Engine::Cause {
  const Detection& detection;
  const Correlated& correlated;
};

Engine::Engine(const RuleSet& rules) : rules_(&rules) { replace(rules); }

void Engine::replace(const RuleSet& rules) {
  static const Correlation kNone;
  rules_ = &rules;
  causes_.forget_marks();
  memories_.clear();
  correlations_.clear();
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const auto& correlation = rules.compiled(i).correlation;
    memories_.emplace_back(correlation ? *correlation : kNone);
    if (correlation) correlations_.push_back(i);
  }
}

std::vector<Engine::Forgotten> Engine::take_forgotten() {
  std::vector<Forgotten> forgotten;
  for (const std::size_t i : correlations_) {
    const std::size_t matches = memories_[i].take_forgotten();
    if (matches > 0) forgotten.push_back({rules_->rule(i).name, matches});
  }
  return forgotten;
}

bool Engine::is_related() const {
  const EngineFacts& facts = rules_->facts();
  const auto is_true = [&](std::optional<Slot> slot) {
    return slot && index_.has(*slot) && index_.at(index_.first(*slot)).number == 1;
  };
  return is_true(facts.mail_related) && !is_true(facts.speculative) &&
         !is_true(facts.client_aborted);
}

void Engine::judge(ExchangeKey exchange, const Facts& facts, WallTime time,
                   std::vector<Finding>& out) {
  index_.fill(rules_->slots(), facts);
  rules_->composed().compose(index_, texts_);
  const Judgement judgement{exchange, facts, time, out};
  const bool related = is_related();
  rules_->index().find(index_, candidates_);
  candidates_.each([&](std::size_t number) {
    if (related || !rules_->is_for_related_only(number)) run(rules_->rule_of(number), judgement);
  });
}

void Engine::run(std::size_t number, const Judgement& judgement) {
  const CompiledRule& rule = rules_->compiled(number);
  const auto is_stated = [&](Slot slot) { return index_.has(slot); };
  if (!std::ranges::all_of(rule.detection.required(), is_stated)) return;
  if (!rule.detection.matches(index_)) return;
  const auto holds = [&](std::size_t filter) { return rules_->filter(filter).matches(index_); };
  if (!std::ranges::all_of(rule.filters, holds)) return;
  matched(number, judgement, {rule.detection, {}});
}

// The loader admits no circle of correlations, so this comes to an end.
void Engine::matched(std::size_t rule, const Judgement& judgement, const Cause& cause) {
  const CompiledRule& compiled = rules_->compiled(rule);
  if (compiled.rule.fires_alone) tell(compiled, judgement, cause);
  if (!compiled.feeds.empty()) feed(compiled, judgement, cause);
}

void Engine::feed(const CompiledRule& rule, const Judgement& judgement, const Cause& cause) {
  for (const CompiledRule::Feed& feed : rule.feeds) {
    CountedEvent event;
    event.time = judgement.time;
    event.exchange_id = judgement.exchange.id;
    event.rule = feed.place;
    if (const auto evidence = cause.detection.evidence(index_); !evidence.empty()) {
      event.field = std::string(evidence.front().spec->name);
      event.text = std::string(evidence.front().text);
    }
    const Correlated correlated = memories_[feed.correlation].add(std::move(event), index_);
    if (correlated.events.empty()) continue;
    matched(feed.correlation, judgement, {cause.detection, correlated});
  }
}

std::string Engine::identity_of(const CompiledRule& rule, const Facts& facts) const {
  std::string key = rule.rule.name + '\0';
  for (const FactSpec* spec : rule.once_per) {
    key += facts.text(*spec);
    key += '\0';
  }
  return key;
}

// The exchange at hand first, then those before it, the latest first.
void Engine::put_evidence(const CompiledRule& rule, const Judgement& judgement, const Cause& cause,
                          Finding& finding) const {
  const Facts& facts = judgement.facts;
  for (const Fact& fact : cause.detection.evidence(index_)) {
    add_evidence(finding, judgement.exchange.id, fact.spec->name, fact.text);
  }
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const Fact fact = facts[i];
    if (std::ranges::find(rule.fields, fact.spec) != rule.fields.end()) {
      add_evidence(finding, judgement.exchange.id, fact.spec->name, fact.text);
    }
  }
  for (auto event = cause.correlated.events.rbegin(); event != cause.correlated.events.rend();
       ++event) {
    if (!event->field.empty()) add_evidence(finding, event->exchange_id, event->field, event->text);
  }
}

void Engine::tell(const CompiledRule& rule, const Judgement& judgement, const Cause& cause) {
  const Facts& facts = judgement.facts;
  Finding finding;
  const std::string identity = identity_of(rule, facts);
  finding.likeness = std::hash<std::string>()(identity);
  finding.repeats = repeats_.count(identity, judgement.time, judgement.exchange.id);
  if (finding.repeats == 0) return;
  finding.rule_id = rule.rule.id;
  finding.rule_name = rule.rule.name;
  finding.level = rule.rule.level;
  finding.owner = rule.rule.owner;
  finding.references = rule.rule.references;
  finding.caused_by_exotap = rule.rule.caused_by_exotap;
  finding.exchange_id = judgement.exchange.id;
  if (rule.about != nullptr) finding.host = std::string(facts.text(*rule.about));
  if (const FactSpec* attempt = rules_->facts().attempt) {
    finding.attempt_id = static_cast<std::uint64_t>(facts.number(*attempt).value_or(0));
  }
  const Facts own = own_facts(rule, cause.correlated);
  finding.title = rule.title.fill(facts, own);
  finding.explain = rule.explain.fill(facts, own);
  finding.remedy = rule.remedy.fill(facts, own);
  put_evidence(rule, judgement, cause, finding);
  rules_->facts().questions.add_to(finding, facts);
  const auto place = static_cast<std::size_t>(&rule - &rules_->compiled(0));
  auto marks = marks_of(rules_->consequences(), place, index_, facts);
  causes_.rank(finding, identity, std::move(marks), judgement.time, judgement.out);
  judgement.out.push_back(std::move(finding));
}

}  // namespace exotap
