#include "app/why.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "capture/evidence_place.h"
#include "rules/judging/correlation_words.h"
#include "rules/matching/composed_facts.h"
#include "rules/matching/explanation.h"
#include "rules/matching/fact_index.h"
#include "rules/words/printable.h"

namespace exotap {
namespace {

using Op = Clause::Op;

constexpr std::size_t kMaxSeenValue = 120;  // bytes
constexpr std::size_t kMaxSeenValues = 4;

// The facts as rules see them, those composed for Sigma's fields among them.
struct Sight {
  Sight(const RuleSet& rules, const Facts& facts) {
    index.fill(rules.slots(), facts);
    rules.composed().compose(index, texts);
  }
  ComposedFacts::Texts texts;
  FactIndex index;
};

// What every rule asks for before its own statements: the traffic it sees.
struct Premise {
  std::string_view words;
  bool holds;
};

std::vector<Premise> premises_of(const RuleSet& rules, const Rule& rule, const FactIndex& index) {
  if (rule.source != LogSource::exotap || !rule.only_if_related) return {};
  const EngineFacts& facts = rules.facts();
  const auto is_true = [&](std::optional<Slot> slot) {
    return slot && index.has(*slot) && index.at(index.first(*slot)).number == 1;
  };
  return {{"exotap.mail_related is true", is_true(facts.mail_related)},
          {"exotap.speculative is not true", !is_true(facts.speculative)},
          {"exotap.client_aborted is not true", !is_true(facts.client_aborted)}};
}

std::size_t held_statements(const Clause& clause, const FactIndex& index) {
  if (clause.op == Op::test) {
    const bool by_presence = !clause.test->negated && clause.test->kind != FactTest::Kind::absent;
    return by_presence && clause.test->matches(index) ? 1 : 0;
  }
  if (clause.op == Op::none) return 0;
  std::size_t sum = 0;
  std::size_t most = 0;
  for (const Clause& part : clause.parts) {
    const std::size_t held = held_statements(part, index);
    sum += held;
    most = std::max(most, held);
  }
  return clause.op == Op::any ? most : sum;
}

// "seen 401, answer's head": every value of the facts the statement asks for.
std::string seen_by(const FactTest& test, const RuleSet& rules, const FactIndex& index) {
  if (test.slots.empty()) return {};
  std::string text;
  std::string_view place;
  std::size_t count = 0;
  for (const Slot slot : test.slots) {
    for (auto at = index.first(slot); at != FactIndex::kNone; at = index.next(at)) {
      if (++count > kMaxSeenValues) continue;
      const bool quoted = rules.slots().spec(slot).type == FactType::text;
      const std::string value = printable(index.at(at).text, kMaxSeenValue);
      text += (text.empty() ? "seen " : ", ") + (quoted ? "'" + value + "'" : value);
      if (place.empty()) place = evidence_place(rules.slots().spec(slot).name);
    }
  }
  if (count == 0) return "not stated";
  if (count > kMaxSeenValues) text += " and " + std::to_string(count - kMaxSeenValues) + " more";
  return place.empty() ? text : text + "; " + std::string(place);
}

// Writes the tree of one rule.
class WhyWriter {
 public:
  WhyWriter(const RuleSet& rules, const FactIndex& index) : rules_(rules), index_(index) {}

  // `wanted`: what the clause must be for the rule to match; nullopt where it does not matter any
  // more, because its group is as it must be.
  void put(const Clause& clause, std::size_t depth, std::optional<bool> wanted) {
    const bool is_true = holds(clause, index_);
    const bool to_blame = wanted && is_true != *wanted;
    std::string words(heading(clause));
    if (clause.op == Op::test) {
      const std::string seen = seen_by(*clause.test, rules_, index_);
      if (!seen.empty()) words += "   [" + seen + "]";
    }
    line(is_true, depth, words, to_blame && clause.op == Op::test);
    for (const Clause& part : clause.parts) {
      std::optional<bool> of_part;
      if (to_blame) of_part = clause.op == Op::none ? !*wanted : *wanted;
      put(part, depth + 1, of_part);
    }
  }
  void put(const Premise& premise) {
    line(premise.holds, 0,
         std::string(premise.words) + "   [every rule for mail traffic asks for it]",
         !premise.holds);
  }
  void note(const std::string& text) { out_ += "       " + text + "\n"; }
  std::string take() { return std::move(out_); }

 private:
  void line(bool is_true, std::size_t depth, const std::string& words, bool to_blame) {
    out_ += is_true ? "  yes  " : "  no   ";
    out_.append(depth * 2, ' ');
    out_ += words;
    out_ += to_blame ? "  <--\n" : "\n";
  }

  const RuleSet& rules_;
  const FactIndex& index_;
  std::string out_;
};

std::string why_detection(const RuleSet& rules, std::size_t rule, const Facts& facts) {
  const CompiledRule& compiled = rules.compiled(rule);
  const Sight sight(rules, facts);
  WhyWriter writer(rules, sight.index);
  for (const Premise& premise : premises_of(rules, compiled.rule, sight.index)) {
    if (!premise.holds) writer.put(premise);
  }
  writer.put(clauses_of(compiled.detection), 0, true);
  for (std::size_t at = 0; at < compiled.filters.size(); ++at) {
    writer.note("and by the filter '" + printable(compiled.rule.filtered_by[at], kMaxSeenValue) +
                "':");
    writer.put(clauses_of(rules.filter(compiled.filters[at])), 1, true);
  }
  return writer.take();
}

}  // namespace

Nearness nearness(const RuleSet& rules, std::size_t rule, const Facts& facts) {
  const CompiledRule& compiled = rules.compiled(rule);
  const Sight sight(rules, facts);
  Nearness near{rule, 0, 0};
  for (const Premise& premise : premises_of(rules, compiled.rule, sight.index)) {
    if (!premise.holds) ++near.misses;
  }
  const Clause clause = clauses_of(compiled.detection);
  near.misses += misses(clause, sight.index);
  near.held = held_statements(clause, sight.index);
  for (const std::size_t filter : compiled.filters) {
    near.misses += misses(clauses_of(rules.filter(filter)), sight.index);
  }
  return near;
}

std::vector<std::size_t> nearest_rules(const RuleSet& rules, const Facts& facts, std::size_t most) {
  std::vector<Nearness> found;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (rules.compiled(i).correlation) continue;
    const Nearness near = nearness(rules, i, facts);
    if (near.misses == 0 || (near.misses == 1 && near.held > 0)) found.push_back(near);
  }
  std::ranges::stable_sort(found, [](const Nearness& a, const Nearness& b) {
    return a.misses != b.misses ? a.misses < b.misses : a.held > b.held;
  });
  std::vector<std::size_t> numbers;
  std::size_t silent = 0;
  for (const Nearness& near : found) {
    if (near.misses > 0 && ++silent > most) break;
    numbers.push_back(near.rule);
  }
  return numbers;
}

std::string why(const RuleSet& rules, std::size_t rule, const Facts& facts) {
  if (!rules.compiled(rule).correlation) return why_detection(rules, rule, facts);
  std::string out = "  counts: " + correlation_in_words(rules, rule) + "\n";
  for (const std::size_t counted : counted_rules(rules, rule)) {
    out += "  of these, " + rules.rule(counted).name + ":\n" + why(rules, counted, facts);
  }
  return out;
}

}  // namespace exotap
