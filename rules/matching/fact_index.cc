#include "rules/matching/fact_index.h"

namespace exotap {

SlotTable::SlotTable() : table_(64), shift_(64 - 6) {}

std::size_t SlotTable::home(const FactSpec* spec) const {
  const auto address = reinterpret_cast<std::uintptr_t>(spec) / alignof(FactSpec);
  return static_cast<std::size_t>((std::uint64_t{address} * 0x9E3779B97F4A7C15ULL) >> shift_);
}

void SlotTable::insert(const FactSpec* spec, Slot slot) {
  std::size_t at = home(spec);
  while (table_[at].spec != nullptr) at = (at + 1) & (table_.size() - 1);
  table_[at] = {spec, slot};
}

Slot SlotTable::add(const FactSpec& spec) {
  if (const Slot known = find(&spec); known != kNoSlot) return known;
  specs_.push_back(&spec);
  const auto slot = static_cast<Slot>(specs_.size() - 1);
  if (specs_.size() * 4 > table_.size()) {
    table_.assign(table_.size() * 2, {});
    --shift_;
    for (std::size_t i = 0; i < specs_.size(); ++i) insert(specs_[i], static_cast<Slot>(i));
  } else {
    insert(&spec, slot);
  }
  return slot;
}

void FactIndex::fill(const SlotTable& slots, const Facts& facts) {
  facts_ = &facts;
  first_.assign(slots.size(), kNone);
  values_.clear();
  // From the last to the first, each put before the one found earlier: so they chain in order.
  for (std::size_t i = facts.size(); i-- > 0;) {
    const Fact fact = facts[i];
    const Slot slot = slots.find(fact.spec);
    if (slot == SlotTable::kNoSlot) continue;
    values_.push_back({fact, slot, first_[slot]});
    first_[slot] = static_cast<std::uint16_t>(values_.size() - 1);
  }
}

void FactIndex::add(Slot slot, const Fact& fact) {
  values_.push_back({fact, slot, first_[slot]});
  first_[slot] = static_cast<std::uint16_t>(values_.size() - 1);
}

}  // namespace exotap
