#include "rules/judging/rule_index.h"

#include "rules/words/letter_case.h"

namespace exotap {
namespace {

// FNV-1a over the text in lower case.
std::uint64_t folded_hash(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(fold_case(c))) * 0x100000001B3ULL;
  }
  return hash;
}

}  // namespace

RuleIndex::RuleIndex(const std::vector<Gate>& gates, std::size_t slots)
    : size_(gates.size()), place_(slots, 0) {
  always_.clear(size_);
  for (std::size_t i = 0; i < gates.size(); ++i) {
    if (gates[i].always) always_.insert(i);
    for (const GateKey& key : gates[i].keys) add(key, static_cast<std::uint32_t>(i));
  }
  for (Asked& asked : asked_) {
    asked.parts.build();
    asked.by_value = !asked.numbers.empty() || !asked.texts.empty() || !asked.parts.empty();
  }
}

void RuleIndex::add(const GateKey& key, std::uint32_t rule) {
  std::uint32_t& place = place_[key.slot];
  if (place == 0) {
    asked_.emplace_back();
    place = static_cast<std::uint32_t>(asked_.size());
  }
  Asked& asked = asked_[place - 1];
  switch (key.how) {
    case GateKey::How::stated:
      asked.stated.push_back(rule);
      break;
    case GateKey::How::number:
      asked.numbers[key.number].push_back(rule);
      break;
    case GateKey::How::text:
      asked.texts[folded_hash(key.text)].push_back(rule);
      break;
    case GateKey::How::part:
      asked.parts.add(key.text, rule);
      break;
  }
}

void RuleIndex::find(const FactIndex& stated, NumberSet& out) const {
  out.clear(size_);
  out.insert_all(always_);
  const auto insert = [&](const Rules& rules) {
    for (const std::uint32_t rule : rules) out.insert(rule);
  };
  stated.each([&](Slot slot, std::uint16_t value) {
    const std::uint32_t place = place_[slot];
    if (place == 0) return;
    const Asked& asked = asked_[place - 1];
    insert(asked.stated);
    if (!asked.by_value) return;
    const Fact fact = stated.at(value);
    if (!asked.numbers.empty()) {
      if (const auto found = asked.numbers.find(fact.number); found != asked.numbers.end()) {
        insert(found->second);
      }
    }
    if (!asked.texts.empty()) {
      const auto found = asked.texts.find(folded_hash(fact.text));
      if (found != asked.texts.end()) insert(found->second);
    }
    if (!asked.parts.empty()) {
      asked.parts.find(fact.text, [&](std::uint32_t rule) { out.insert(rule); });
    }
  });
}

}  // namespace exotap
