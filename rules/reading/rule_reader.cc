#include "rules/reading/rule_reader.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "rules/reading/uuid.h"
#include "rules/words/did_you_mean.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxText = 8000;
constexpr std::size_t kMaxListItems = 100;

constexpr std::array<std::string_view, 30> kKeys{"title",
                                                 "id",
                                                 "name",
                                                 "related",
                                                 "taxonomy",
                                                 "status",
                                                 "description",
                                                 "license",
                                                 "author",
                                                 "references",
                                                 "date",
                                                 "modified",
                                                 "logsource",
                                                 "detection",
                                                 "correlation",
                                                 "generate",
                                                 "fields",
                                                 "falsepositives",
                                                 "level",
                                                 "tags",
                                                 "scope",
                                                 "explain",
                                                 "remedy",
                                                 "tests",
                                                 "about",
                                                 "once_per",
                                                 "filter",
                                                 "only_if_related",
                                                 "caused_by_exotap",
                                                 "owner"};

constexpr std::array<std::string_view, 5> kStatuses{"stable", "test", "experimental", "deprecated",
                                                    "unsupported"};
constexpr std::array<std::string_view, 4> kOwners{"user", "admin", "network", "microsoft"};
constexpr std::array<std::string_view, 5> kLevels{"informational", "low", "medium", "high",
                                                  "critical"};

bool is_kebab_case(std::string_view text) {
  if (text.empty() || text.front() == '-' || text.back() == '-') return false;
  return std::ranges::all_of(
      text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

// Reads the keys of one document.
class RuleReader {
 public:
  RuleReader(const YamlNode& document, const FileReport& report)
      : document_(document), report_(report) {}

  std::optional<RuleDocument> read(std::string_view stem);

 private:
  bool read_kind(RuleDocument& out);
  void read_log_source(RuleDocument& out);
  void read_identity(Rule& rule, std::string_view stem);
  void read_texts(Rule& rule);
  void read_extras(RuleDocument& out);
  void read_tests(Rule& rule);
  void check_keys(const Rule& rule);
  void check_taxonomy(const Rule& rule);
  void check_related(const Rule& rule);

  std::string text(std::string_view key);
  std::string text_of(const YamlNode& node, std::string_view key);
  std::vector<std::string> list(std::string_view key);
  std::vector<std::string> list_of(const YamlNode& node, std::string_view key);
  bool flag(std::string_view key, bool otherwise);

  const YamlNode& document_;
  const FileReport& report_;
};

std::string RuleReader::text_of(const YamlNode& node, std::string_view key) {
  if (node.is_null()) return {};
  if (!node.is_scalar()) {
    report_.error(node.place(),
                  std::string(key) + " is a text" +
                      (node.is_map() ? "; one that begins with '{' stands in quotes" : ""));
    return {};
  }
  if (node.text.size() > kMaxText) {
    report_.error(node.place(),
                  std::string(key) + " is longer than " + std::to_string(kMaxText) + " characters");
    return {};
  }
  std::string value = node.text;
  while (!value.empty() && (value.back() == '\n' || value.back() == ' ')) value.pop_back();
  return value;
}

std::string RuleReader::text(std::string_view key) {
  const YamlNode* node = document_.find(key);
  return node == nullptr ? std::string() : text_of(*node, key);
}

std::vector<std::string> RuleReader::list_of(const YamlNode& node, std::string_view key) {
  std::vector<std::string> values;
  if (node.is_null()) return values;
  if (node.is_scalar()) return {text_of(node, key)};
  if (!node.is_sequence() || node.items.size() > kMaxListItems) {
    report_.error(node.place(), std::string(key) + " is a list of at most " +
                                    std::to_string(kMaxListItems) + " texts");
    return values;
  }
  for (const YamlNode& item : node.items) values.push_back(text_of(item, key));
  return values;
}

std::vector<std::string> RuleReader::list(std::string_view key) {
  const YamlNode* node = document_.find(key);
  return node == nullptr ? std::vector<std::string>() : list_of(*node, key);
}

bool RuleReader::flag(std::string_view key, bool otherwise) {
  const YamlNode* node = document_.find(key);
  if (node == nullptr) return otherwise;
  if (node->is_scalar() && node->text == "true") return true;
  if (node->is_scalar() && node->text == "false") return false;
  report_.error(node->place(), std::string(key) + " is true or false");
  return otherwise;
}

bool RuleReader::read_kind(RuleDocument& out) {
  constexpr std::array kKinds{std::pair("detection", DocumentKind::detection),
                              std::pair("correlation", DocumentKind::correlation),
                              std::pair("filter", DocumentKind::filter)};
  int found = 0;
  for (const auto& [key, kind] : kKinds) {
    const YamlNode* section = document_.find(key);
    if (section == nullptr) continue;
    ++found;
    out.kind = kind;
    out.body = section;
  }
  out.rule.is_correlation = out.kind == DocumentKind::correlation;
  if (found == 1) return true;
  report_.error(document_.place(), "a document has one of detection, correlation and filter");
  return false;
}

// Rules for other products are left out with a warning, so that a whole folder of community rules
// can be given; a misspelt name of ours is an error.
void RuleReader::read_log_source(RuleDocument& out) {
  if (out.kind == DocumentKind::correlation) return;
  const YamlNode* source = document_.find("logsource");
  if (source == nullptr || !source->is_map()) {
    report_.error(document_.place(), "logsource is missing (product: exotap, or category: proxy)");
    return;
  }
  const auto part = [&](std::string_view key) {
    const YamlNode* node = source->find(key);
    return node == nullptr ? std::string() : text_of(*node, key);
  };
  const std::string product = part("product");
  const std::string category = part("category");
  if (product == "exotap") {
    out.rule.source = LogSource::exotap;
  } else if (product.empty() && category == "proxy") {
    out.rule.source = LogSource::proxy;
  } else if (product.empty() && category == "webserver") {
    out.rule.source = LogSource::webserver;
  } else {
    constexpr std::array<std::string_view, 1> kProducts{"exotap"};
    constexpr std::array<std::string_view, 2> kCategories{"proxy", "webserver"};
    std::string guess = did_you_mean(product, kProducts);
    if (guess.empty() && product.empty()) guess = did_you_mean(category, kCategories);
    out.skipped = guess.empty();
    std::string what =
        "the log source '" + (product.empty() ? category : product) + "' is none that exotap sees";
    if (out.skipped) {
      report_.left_out(source->place(), LeftOut::other_source, what);
    } else {
      report_.error(source->place(), what + guess);
    }
  }
}

void RuleReader::read_identity(Rule& rule, std::string_view stem) {
  rule.line = document_.line;
  rule.name = text("name");
  if (rule.name.empty()) rule.name = std::string(stem);
  rule.id = text("id");
  if (rule.id.empty()) {
    rule.id = rule.name;
  } else if (!is_uuid(rule.id)) {
    report_.error(document_.find("id")->place(), "id '" + rule.id + "' is no UUID");
  }
  rule.title = text("title");
  if (rule.title.empty()) report_.error(document_.place(), "title is missing");
  rule.status = text("status");
  if (!rule.status.empty() && std::ranges::find(kStatuses, rule.status) == kStatuses.end()) {
    report_.error(document_.find("status")->place(), "status '" + rule.status + "' is not known" +
                                                         did_you_mean(rule.status, kStatuses));
  }
  const std::string level = text("level");
  if (const auto known = parse_level(level)) {
    rule.level = *known;
  } else if (!level.empty()) {
    report_.error(document_.find("level")->place(),
                  "level '" + level + "' is not known" + did_you_mean(level, kLevels));
  }
}

void RuleReader::read_texts(Rule& rule) {
  rule.description = text("description");
  rule.author = text("author");
  rule.date = text("date");
  rule.explain = text("explain");
  rule.remedy = text("remedy");
  rule.references = list("references");
  rule.tags = list("tags");
  rule.fields = list("fields");
  rule.falsepositives = list("falsepositives");
}

void RuleReader::read_extras(RuleDocument& out) {
  Rule& rule = out.rule;
  if (const std::string about = text("about"); !about.empty()) rule.about = about;
  rule.once_per = list("once_per");
  rule.only_if_related = flag("only_if_related", true);
  rule.caused_by_exotap = flag("caused_by_exotap", false);
  if (const std::string owner = text("owner"); !owner.empty()) {
    if (const auto parsed = parse_owner(owner)) {
      rule.owner = *parsed;
    } else {
      report_.error(document_.find("owner")->place(),
                    "owner is one of user, admin, network and microsoft, not '" + owner + "'" +
                        did_you_mean(owner, kOwners));
    }
  }
  out.generate = flag("generate", false);
  read_tests(rule);
}

void RuleReader::read_tests(Rule& rule) {
  const YamlNode* tests = document_.find("tests");
  if (tests == nullptr) return;
  if (!tests->is_map()) {
    report_.error(tests->place(), "tests is a map of fires and silent");
    return;
  }
  for (const YamlEntry& entry : tests->entries) {
    if (entry.key == "fires") {
      rule.tests.fires = list_of(entry.value, entry.key);
    } else if (entry.key == "silent") {
      rule.tests.silent = list_of(entry.value, entry.key);
    } else {
      report_.error(entry.place(), "tests has fires and silent, not '" + entry.key + "'");
    }
  }
}

// Others may have keys of their own (Sigma allows it); in ours an unknown key is a slip.
void RuleReader::check_keys(const Rule& rule) {
  if (rule.source != LogSource::exotap) return;
  for (const YamlEntry& entry : document_.entries) {
    if (std::ranges::find(kKeys, entry.key) != kKeys.end()) continue;
    report_.error(entry.place(),
                  "the key '" + entry.key + "' is not known" + did_you_mean(entry.key, kKeys));
  }
}

// Names of another taxonomy mean something else; to take them for Sigma's would find what nobody
// asked for.
void RuleReader::check_taxonomy(const Rule& rule) {
  const YamlNode* node = document_.find("taxonomy");
  if (node == nullptr) return;
  const std::string taxonomy = text_of(*node, "taxonomy");
  if (taxonomy.empty() || taxonomy == "sigma" || taxonomy == "exotap") return;
  const std::string what = "taxonomy '" + taxonomy + "' is not known: it is sigma or exotap";
  if (rule.source == LogSource::exotap) {
    report_.error(node->place(), what);
  } else {
    report_.unsupported(node->place(), what);
  }
}

// Others have had other types over the years; in ours a slip is an error.
void RuleReader::check_related(const Rule& rule) {
  const YamlNode* related = document_.find("related");
  if (related == nullptr || rule.source != LogSource::exotap) return;
  constexpr std::array<std::string_view, 5> kTypes{"derived", "obsolete", "merged", "renamed",
                                                   "similar"};
  if (!related->is_sequence()) {
    report_.error(related->place(), "related is a list of id and type");
    return;
  }
  for (const YamlNode& item : related->items) {
    const YamlNode* id = item.find("id");
    const YamlNode* type = item.find("type");
    if (id == nullptr || !is_uuid(id->text) || type == nullptr) {
      report_.error(item.place(), "each of related has an id, which is a UUID, and a type");
    } else if (std::ranges::find(kTypes, type->text) == kTypes.end()) {
      report_.error(type->place(), "related type '" + type->text + "' is not known" +
                                       did_you_mean(type->text, kTypes));
    }
  }
}

std::optional<RuleDocument> RuleReader::read(std::string_view stem) {
  RuleDocument out;
  out.root = &document_;
  if (!document_.is_map()) {
    report_.error(document_.place(), "a rule is a map of keys");
    return std::nullopt;
  }
  if (!read_kind(out)) return std::nullopt;
  read_log_source(out);
  if (out.skipped) {
    out.rule.name = text("name");
    out.rule.id = text("id");
    return out;
  }
  read_identity(out.rule, stem);
  read_texts(out.rule);
  read_extras(out);
  check_keys(out.rule);
  check_taxonomy(out.rule);
  check_related(out.rule);
  return out;
}

}  // namespace

bool holds_no_rule(const YamlNode& document) {
  constexpr std::array<std::string_view, 5> kMarks{"title", "logsource", "detection", "correlation",
                                                   "filter"};
  const auto has = [&](std::string_view key) { return document.find(key) != nullptr; };
  return document.is_map() && std::ranges::none_of(kMarks, has);
}

std::optional<RuleDocument> read_rule(const YamlNode& document, std::string_view stem,
                                      const FileReport& report) {
  auto read = RuleReader(document, report).read(stem);
  if (read) read->rule.file = std::string(report.file());
  return read;
}

void check_own_keys(const RuleDocument& document, const FileReport& report) {
  const Rule& rule = document.rule;
  const auto require = [&](bool present, std::string_view what) {
    if (!present) report.error(rule.line, std::string(what));
  };
  require(document.root->find("id") != nullptr, "id is missing (a random UUID)");
  require(document.root->find("name") != nullptr, "name is missing (the file's, without .yml)");
  require(document.root->find("level") != nullptr, "level is missing");
  require(!rule.explain.empty(), "explain is missing: what happened, in words for a help desk");
  require(!rule.remedy.empty(), "remedy is missing: what to do about it");
  require(!rule.tests.fires.empty(), "tests.fires is missing: a story where the rule fires");
  require(!rule.tests.silent.empty(), "tests.silent is missing: a story where it stays silent");
  if (!is_kebab_case(rule.name)) {
    report.error(rule.line, "name '" + rule.name + "' is not in kebab-case, as-this-is");
  }
}

}  // namespace exotap
