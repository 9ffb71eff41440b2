#include "rules/reading/consequence_reader.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "rules/reading/timespan.h"
#include "rules/words/did_you_mean.h"

namespace exotap {
namespace {

constexpr std::array<std::string_view, 9> kKeys{"title",      "name",   "description",
                                                "references", "author", "date",
                                                "modified",   "tests",  "consequence"};
constexpr std::array<std::string_view, 5> kParts{"cause", "symptom", "same", "order", "timespan"};
constexpr std::array<std::string_view, 2> kOrders{"cause_first", "any"};
constexpr std::size_t kMaxSame = 8;
constexpr std::chrono::minutes kUsualTimespan{10};

class ConsequenceReader {
 public:
  ConsequenceReader(const YamlNode& document, std::span<const Rule* const> rules,
                    const FieldScope& scope, const FileReport& report)
      : document_(document), rules_(rules), scope_(scope), report_(report) {}

  std::optional<Consequence> read();

 private:
  void fail(int line, std::string what) {
    failed_ = true;
    report_.error(line, std::move(what));
  }
  void check_keys(const YamlNode& node, std::span<const std::string_view> known);
  void read_end(std::string_view key, Consequence::End& end);
  void read_rules(const YamlNode& node, Consequence::End& end);
  bool add_rules(const std::string& name, Consequence::End& end) const;
  void read_tests();
  void read_same();
  void add_same(std::string of_cause, std::string of_symptom, int line);
  const FactSpec* fact(const std::string& name, int line);
  void read_order();
  void read_timespan();

  const YamlNode& document_;
  const YamlNode* body_ = nullptr;
  std::span<const Rule* const> rules_;
  const FieldScope& scope_;
  const FileReport& report_;
  Consequence out_;
  bool failed_ = false;
};

void ConsequenceReader::check_keys(const YamlNode& node, std::span<const std::string_view> known) {
  for (const YamlEntry& entry : node.entries) {
    if (std::ranges::find(known, entry.key) != known.end()) continue;
    fail(entry.line, "the key '" + entry.key + "' is not known" + did_you_mean(entry.key, known));
  }
}

bool ConsequenceReader::add_rules(const std::string& name, Consequence::End& end) const {
  bool any = false;
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    const Rule& rule = *rules_[i];
    if (rule.name != name && rule.id != name &&
        std::ranges::find(rule.tags, name) == rule.tags.end())
      continue;
    end.rules[i] = any = true;
  }
  return any;
}

void ConsequenceReader::read_rules(const YamlNode& node, Consequence::End& end) {
  end.rules.assign(rules_.size(), false);
  std::vector<std::string> names;
  if (node.is_scalar()) names.push_back(node.text);
  for (const YamlNode& item : node.items) names.push_back(item.text);
  if (names.empty()) fail(node.line, "rules lists names, ids or tags of rules");
  for (const std::string& name : names) {
    if (add_rules(name, end)) continue;
    std::vector<std::string_view> known;
    for (const Rule* rule : rules_) {
      known.push_back(rule->name);
      known.insert(known.end(), rule->tags.begin(), rule->tags.end());
    }
    fail(node.line,
         "there is no rule, and no rule with the tag, '" + name + "'" + did_you_mean(name, known));
  }
}

void ConsequenceReader::read_end(std::string_view key, Consequence::End& end) {
  const YamlNode* node = body_->find(key);
  if (node == nullptr || !node->is_map() || node->entries.empty()) {
    return fail(body_->line, "consequence: " + std::string(key) +
                                 " is a map of rules, or of selections and a condition, or both");
  }
  YamlNode detection = *node;
  std::erase_if(detection.entries, [](const YamlEntry& entry) { return entry.key == "rules"; });
  if (const YamlNode* rules = node->find("rules")) read_rules(*rules, end);
  if (detection.entries.empty()) return;
  end.detection = read_detection(detection, scope_, report_);
  failed_ = failed_ || !end.detection;
}

const FactSpec* ConsequenceReader::fact(const std::string& name, int line) {
  const FactSpec* spec = scope_.vocabulary.find(name);
  if (spec == nullptr) {
    fail(line, "same: there is no fact '" + name + "'" + scope_.vocabulary.suggestion(name));
  }
  return spec;
}

// "url.domain|organisation": true, and the modifier is gone.
bool take_organisation(std::string& name) {
  constexpr std::string_view kModifier = "|organisation";
  const bool has = name.ends_with(kModifier);
  if (has) name.resize(name.size() - kModifier.size());
  return has;
}

void ConsequenceReader::add_same(std::string of_cause, std::string of_symptom, int line) {
  const bool by_organisation = take_organisation(of_cause);
  if (take_organisation(of_symptom) != by_organisation) {
    return fail(line, "same: |organisation stands on both sides, or on none");
  }
  const FactSpec* cause = fact(of_cause, line);
  const FactSpec* symptom = of_symptom == of_cause ? cause : fact(of_symptom, line);
  if (cause == nullptr || symptom == nullptr) return;
  out_.cause.same.push_back(cause);
  out_.symptom.same.push_back(symptom);
  out_.cause.by_organisation.push_back(by_organisation);
  out_.symptom.by_organisation.push_back(by_organisation);
}

void ConsequenceReader::read_tests() {
  const YamlNode* tests = document_.find("tests");
  if (tests == nullptr) return;
  for (const YamlEntry& entry : tests->entries) {
    const bool joins = entry.key == "joins";
    if (!joins && entry.key != "apart") {
      fail(entry.line, "tests has joins and apart, not '" + entry.key + "'");
    }
    for (const YamlNode& story : entry.value.items) {
      (joins ? out_.joins : out_.apart).push_back(story.text);
    }
  }
}

void ConsequenceReader::read_same() {
  const YamlNode* node = body_->find("same");
  if (node == nullptr) return add_same("flow.attempt", "flow.attempt", body_->line);
  if (node->is_scalar() || node->is_null() ||
      node->items.size() + node->entries.size() > kMaxSame) {
    return fail(node->line, "same is a list of facts, at most " + std::to_string(kMaxSame) +
                                ", or a map from the cause's to the symptom's; [] for none");
  }
  for (const YamlNode& item : node->items) add_same(item.text, item.text, item.line);
  for (const YamlEntry& entry : node->entries) add_same(entry.key, entry.value.text, entry.line);
}

void ConsequenceReader::read_order() {
  const YamlNode* node = body_->find("order");
  if (node == nullptr) return;
  if (node->text == "any") {
    out_.order = Mark::Order::any;
  } else if (node->text != "cause_first") {
    fail(node->line, "order is cause_first or any, not '" + node->text + "'" +
                         did_you_mean(node->text, kOrders));
  }
}

void ConsequenceReader::read_timespan() {
  out_.timespan = kUsualTimespan;
  const YamlNode* node = body_->find("timespan");
  if (node == nullptr) return;
  if (const auto span = parse_timespan(node->text)) {
    out_.timespan = *span;
  } else {
    fail(node->line, "timespan '" + node->text + "' is none: 30s, 5m, 1h, at most 30d");
  }
}

std::optional<Consequence> ConsequenceReader::read() {
  check_keys(document_, kKeys);
  const YamlNode* title = document_.find("title");
  if (title == nullptr || !title->is_scalar() || title->text.empty()) {
    fail(document_.line, "title is missing: why the one explains the other");
  } else {
    out_.title = title->text;
  }
  if (const YamlNode* name = document_.find("name")) out_.name = name->text;
  read_tests();
  body_ = document_.find("consequence");
  if (!body_->is_map()) {
    fail(body_->line, "consequence is a map of cause, symptom, same, order and timespan");
    return std::nullopt;
  }
  check_keys(*body_, kParts);
  read_end("cause", out_.cause);
  read_end("symptom", out_.symptom);
  read_same();
  read_order();
  read_timespan();
  if (failed_) return std::nullopt;
  return std::move(out_);
}

}  // namespace

bool holds_consequence(const YamlNode& document) {
  return document.is_map() && document.find("consequence") != nullptr &&
         document.find("detection") == nullptr && document.find("correlation") == nullptr &&
         document.find("filter") == nullptr;
}

std::optional<Consequence> read_consequence(const YamlNode& document,
                                            std::span<const Rule* const> rules,
                                            const FieldScope& scope, const FileReport& report) {
  return ConsequenceReader(document, rules, scope, report).read();
}

}  // namespace exotap
