#include "rules/matching/fact_index.h"

namespace exotap {

SlotTable::SlotTable() : table_(64) {}

void SlotTable::insert(const FactSpec* spec, Slot slot) {
  std::size_t at = home(*spec);
  while (table_[at].spec != nullptr) at = (at + 1) & (table_.size() - 1);
  table_[at] = {spec, slot};
}

Slot SlotTable::add(const FactSpec& spec) {
  if (const Slot known = find(&spec); known != kNoSlot) return known;
  specs_.push_back(&spec);
  const auto slot = static_cast<Slot>(specs_.size() - 1);
  if (specs_.size() * 4 > table_.size()) {
    table_.assign(table_.size() * 2, {});
    for (std::size_t i = 0; i < specs_.size(); ++i) insert(specs_[i], static_cast<Slot>(i));
  } else {
    insert(&spec, slot);
  }
  return slot;
}

void FactIndex::push(std::size_t place, Slot slot) {
  values_[count_] = {static_cast<std::uint16_t>(place), slot, first_[slot]};
  first_[slot] = static_cast<std::uint16_t>(count_++);
}

void FactIndex::fill(const SlotTable& slots, const Facts& facts) {
  facts_ = &facts;
  first_.assign(slots.size(), kNone);
  count_ = 0;
  added_.clear();
  if (values_.size() < facts.size()) values_.resize(facts.size());
  // From the last to the first, each put before the one found earlier: so they chain in order.
  for (std::size_t i = facts.size(); i-- > 0;) {
    const Slot slot = slots.find(&facts.spec(i));
    if (slot != SlotTable::kNoSlot) push(i, slot);
  }
}

void FactIndex::add(Slot slot, const Fact& fact) {
  if (values_.size() == count_) values_.resize(count_ + 1);
  push(Facts::kMaxFacts + added_.size(), slot);
  added_.push_back(fact);
}

}  // namespace exotap
