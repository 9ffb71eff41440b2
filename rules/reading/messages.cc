#include "rules/reading/messages.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "rules/reading/uuid.h"
#include "rules/reading/yaml.h"
#include "rules/words/did_you_mean.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxText = 4000;  // as much as a template may have
constexpr std::size_t kFingerprintDigits = 8;

struct Key {
  std::string_view name;
  std::string RuleMessage::*text;
  bool required;
};

constexpr std::array<Key, 5> kKeys{{{"name", &RuleMessage::name, false},
                                    {"english", &RuleMessage::english, false},
                                    {"title", &RuleMessage::title, true},
                                    {"explain", &RuleMessage::explain, true},
                                    {"remedy", &RuleMessage::remedy, true}}};

constexpr std::array<std::string_view, kKeys.size()> kKeyNames{"name", "english", "title",
                                                               "explain", "remedy"};

void trim_end(std::string& text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
}

bool is_fingerprint(std::string_view text) {
  return text.size() == kFingerprintDigits &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// Whether `entry` is one of ours, and read into `message`.
void read_key(const YamlEntry& entry, RuleMessage& message, const FileReport& report) {
  const auto key = std::ranges::find(kKeys, entry.key, &Key::name);
  if (key == kKeys.end()) {
    report.error(entry.line,
                 "a message has no key '" + entry.key + "'" + did_you_mean(entry.key, kKeyNames));
    return;
  }
  if (!entry.value.is_scalar()) {
    report.error(entry.line,
                 entry.key + " is a text" +
                     (entry.value.is_map() ? "; one that begins with '{' stands in quotes" : ""));
    return;
  }
  if (entry.value.text.size() > kMaxText) {
    report.error(entry.line,
                 entry.key + " is longer than " + std::to_string(kMaxText) + " characters");
    return;
  }
  message.*key->text = entry.value.text;
  trim_end(message.*key->text);
}

bool read_message(const YamlEntry& entry, RuleMessage& message, const FileReport& report) {
  if (!is_uuid(entry.key)) {
    report.error(entry.line, "'" + entry.key + "' is no rule's id (a UUID)");
    return false;
  }
  if (!entry.value.is_map()) {
    report.error(entry.line, "a message has title, explain and remedy under the rule's id");
    return false;
  }
  message.file = report.file();
  message.line = entry.line;
  message.id = entry.key;
  for (const YamlEntry& part : entry.value.entries) read_key(part, message, report);
  bool whole = true;
  for (const Key& key : kKeys) {
    if (!key.required || !(message.*key.text).empty()) continue;
    report.error(entry.line, std::string(key.name) + " is missing");
    whole = false;
  }
  if (!message.english.empty() && !is_fingerprint(message.english)) {
    report.error(entry.line,
                 "english '" + message.english + "' is no fingerprint (eight digits 0-9, a-f)");
  }
  return whole;
}

}  // namespace

Messages::Messages(std::span<const MessageSource> sources, LoadReport& report) {
  for (const MessageSource& source : sources) read(source, report);
}

void Messages::read(const MessageSource& source, LoadReport& report) {
  const FileReport of_file(report, source.file);
  const YamlText text = read_yaml(source.text);
  if (!text.error.what.empty()) of_file.error(text.error.place, text.error.what);
  if (text.documents.empty() && text.error.what.empty()) {
    of_file.error(0, "there is no message in it");
  }
  for (const YamlNode& document : text.documents) {
    if (!document.is_map()) {
      of_file.error(document.line, "messages stand under the ids of their rules");
      continue;
    }
    for (const YamlEntry& entry : document.entries) {
      RuleMessage message;
      if (!read_message(entry, message, of_file)) continue;
      const auto [known, is_new] = by_id_.try_emplace(message.id, message);
      if (is_new) continue;
      of_file.error(entry.line, "there is a message for '" + message.id + "' already, in " +
                                    known->second.file + ":" + std::to_string(known->second.line));
    }
  }
}

const RuleMessage* Messages::find(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &found->second;
}

// FNV-1a, which is short and the same everywhere; it guards against nobody.
std::string fingerprint_of(const Rule& rule) {
  std::uint32_t hash = 2166136261U;
  for (const std::string* text : {&rule.title, &rule.explain, &rule.remedy}) {
    for (const char c : *text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    hash = (hash ^ 0U) * 16777619U;  // so that a word moved from one text to the next shows
  }
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string digits(kFingerprintDigits, '0');
  for (std::size_t i = kFingerprintDigits; i-- > 0; hash >>= 4U) digits[i] = kDigits[hash & 15U];
  return digits;
}

}  // namespace exotap
