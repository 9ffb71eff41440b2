#include "rules/matching/composed_facts.h"

#include <string_view>

#include "rules/matching/taxonomy.h"

namespace exotap {
namespace {

std::string_view text_of(const FactIndex& index, std::optional<Slot> slot) {
  if (!slot || !index.has(*slot)) return {};
  return index.at(index.first(*slot)).text;
}

bool is_default_port(std::string_view scheme, std::string_view port) {
  return port.empty() || (scheme == "https" && port == "443") || (scheme == "http" && port == "80");
}

// "exe" of "/tools/setup.exe"; empty where the last segment has no dot.
std::string_view extension_of(std::string_view path) {
  const std::string_view segment = path.substr(path.rfind('/') + 1);
  const std::size_t dot = segment.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : segment.substr(dot + 1);
}

}  // namespace

ComposedFacts::ComposedFacts(const Vocabulary& vocabulary, SlotTable& slots) {
  const auto asked = [&](const FactSpec& spec) -> std::optional<Slot> {
    const Slot slot = slots.find(&spec);
    return slot == SlotTable::kNoSlot ? std::nullopt : std::optional(slot);
  };
  const auto part = [&](std::string_view name) -> std::optional<Slot> {
    const FactSpec* spec = vocabulary.find(name);
    return spec == nullptr ? std::nullopt : std::optional(slots.add(*spec));
  };
  Slots found;
  found.full = asked(kUrlFull);
  found.original = asked(kUrlOriginal);
  found.extension = asked(kUrlExtension);
  if (!found.full && !found.original && !found.extension) return;
  found.scheme = part("url.scheme");
  found.domain = part("url.domain");
  found.port = part("url.port");
  found.path = part("url.path");
  found.query = part("url.query");
  slots_ = found;
}

void ComposedFacts::compose(FactIndex& index, Texts& texts) const {
  if (!slots_) return;
  const std::string_view path = text_of(index, slots_->path);
  const std::string_view domain = text_of(index, slots_->domain);
  if (path.empty() || domain.empty()) return;
  const std::string_view scheme = text_of(index, slots_->scheme);
  const std::string_view port = text_of(index, slots_->port);
  const std::string_view query = text_of(index, slots_->query);
  texts.full = scheme;
  texts.full += "://";
  texts.full += domain;
  if (!is_default_port(scheme, port)) {
    texts.full += ':';
    texts.full += port;
  }
  const std::size_t original_at = texts.full.size();
  texts.full += path;
  if (!query.empty()) {
    texts.full += '?';
    texts.full += query;
  }
  texts.extension = extension_of(path);
  const std::string_view full = texts.full;
  if (slots_->full) index.add(*slots_->full, {&kUrlFull, full, 0});
  if (slots_->original) {
    index.add(*slots_->original, {&kUrlOriginal, full.substr(original_at), 0});
  }
  if (slots_->extension && !texts.extension.empty()) {
    index.add(*slots_->extension, {&kUrlExtension, texts.extension, 0});
  }
}

}  // namespace exotap
