#include "rules/loading/rule_loader.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "rules/loading/rule_compiler.h"
#include "rules/loading/translation.h"
#include "rules/reading/consequence_reader.h"
#include "rules/reading/filter_reader.h"
#include "rules/words/did_you_mean.h"

namespace exotap {
namespace {

std::string_view stem_of(std::string_view file) {
  file = file.substr(file.find_last_of("/\\") + 1);
  return file.substr(0, file.rfind('.'));
}

std::string place_of(const Rule& rule) { return rule.file + ":" + std::to_string(rule.line); }

class RuleLoader {
 public:
  RuleLoader(const Vocabulary& vocabulary, LoadReport& report, const Telling& telling)
      : vocabulary_(vocabulary),
        report_(report),
        words_(*telling.words),
        messages_(telling.messages, report) {}

  std::unique_ptr<const RuleSet> load(std::span<const RuleSource> sources);

 private:
  enum class Visit : std::uint8_t { unseen, open, done };

  void read(const RuleSource& source);
  void check_stem(const RuleSource& source, std::size_t first_of_file);
  void leave_out_foreign_correlations();
  void index_names();
  void link();
  void inherit_source(std::size_t i, std::vector<Visit>& visits);
  void silence_fed_rules();
  std::vector<Detection> compile_filters(SlotTable& slots, std::vector<CompiledRule>& rules);
  std::vector<Consequence> compile_consequences(SlotTable& slots,
                                                const std::vector<CompiledRule>& rules);
  void apply(const FilterText& filter, std::size_t index, std::vector<CompiledRule>& rules);
  void tell_in_words(std::vector<CompiledRule>& rules);
  std::optional<std::size_t> find(std::string_view name_or_id) const;
  std::string suggestion(std::string_view name) const;
  EngineFacts engine_facts(SlotTable& slots);
  FileReport report_on(std::size_t i) { return {report_, documents_[i].document.rule.file}; }

  const Vocabulary& vocabulary_;
  LoadReport& report_;
  const Wording& words_;
  const Messages messages_;
  std::vector<std::unique_ptr<YamlText>> texts_;  // what documents_ point into
  std::vector<LinkedDocument> documents_;
  std::vector<FilterText> filters_;
  std::vector<std::pair<std::string, const YamlNode*>> consequences_;  // with their files
  ValueLists value_lists_;
  std::vector<std::string> skipped_;                 // names and ids of rules that are left out
  std::vector<std::vector<std::size_t>> refers_to_;  // of each document: rules of a correlation
  std::map<std::string, std::size_t, std::less<>> by_name_;  // names and ids
};

void RuleLoader::read(const RuleSource& source) {
  const FileReport report(report_, source.file);
  texts_.push_back(std::make_unique<YamlText>(read_yaml(source.text)));
  const YamlText& text = *texts_.back();
  if (!text.error.what.empty()) report.error(text.error.place, text.error.what);
  if (text.documents.empty() && text.error.what.empty()) report.error(0, "there is no rule in it");
  const auto is_of_old_form = [](const YamlNode& node) { return node.find("action") != nullptr; };
  if (std::ranges::any_of(text.documents, is_of_old_form)) {
    report.left_out(1, LeftOut::old_form,
                    "'action: global' is the form of several rules that Sigma had once");
    return;
  }
  const std::size_t first = documents_.size();
  std::string stem(stem_of(source.file));
  for (const YamlNode& node : text.documents) {
    if (holds_value_lists(node)) {
      read_value_lists(node, report, value_lists_);
      continue;
    }
    if (holds_consequence(node)) {
      consequences_.emplace_back(source.file, &node);
      continue;
    }
    if (holds_no_rule(node)) {
      report.left_out(node.place(), LeftOut::no_rule,
                      "no rule: neither title and logsource nor a detection");
      continue;
    }
    auto document = read_rule(node, stem, report);
    if (!document) continue;
    if (document->skipped) {
      skipped_.push_back(document->rule.name);
      skipped_.push_back(document->rule.id);
      continue;
    }
    if (document->kind == DocumentKind::filter) {
      if (auto filter = read_filter(*document, report)) filters_.push_back(std::move(*filter));
      continue;
    }
    LinkedDocument linked{std::move(*document), std::nullopt};
    if (linked.document.kind == DocumentKind::correlation) {
      linked.correlation = read_correlation_rules(*linked.document.body, report);
      if (!linked.correlation) continue;
    }
    documents_.push_back(std::move(linked));
    // Further documents without a name get one of their own.
    stem = std::string(stem_of(source.file)) + "-" + std::to_string(documents_.size() - first + 1);
  }
  if (text.error.what.empty()) check_stem(source, first);
}

// So that a finding's rule is found in the library by its name.
void RuleLoader::check_stem(const RuleSource& source, std::size_t first_of_file) {
  const std::string_view stem = stem_of(source.file);
  bool ours = false;
  for (std::size_t i = first_of_file; i < documents_.size(); ++i) {
    const Rule& rule = documents_[i].document.rule;
    if (rule.name == stem) return;
    ours = ours || rule.source == LogSource::exotap;
  }
  if (!ours) return;
  report_.error(source.file, 1,
                "no rule in the file is named as the file: '" + std::string(stem) + "'");
}

// A correlation of rules that were left out, of other products, is left out too.
void RuleLoader::leave_out_foreign_correlations() {
  const auto is_skipped = [&](const std::string& name) {
    return std::ranges::find(skipped_, name) != skipped_.end();
  };
  const auto is_foreign = [&](const LinkedDocument& linked) {
    return linked.correlation && std::ranges::any_of(linked.correlation->rules, is_skipped);
  };
  for (auto found = std::ranges::find_if(documents_, is_foreign); found != documents_.end();
       found = std::ranges::find_if(documents_, is_foreign)) {
    const Rule& rule = found->document.rule;
    report_.left_out(rule.file, rule.line, LeftOut::other_source,
                     "the correlation's rules are left out");
    skipped_.push_back(rule.name);
    skipped_.push_back(rule.id);
    documents_.erase(found);
  }
}

void RuleLoader::index_names() {
  for (std::size_t i = 0; i < documents_.size(); ++i) {
    const Rule& rule = documents_[i].document.rule;
    const auto claim = [&](const std::string& name, const char* what) {
      const auto [known, is_new] = by_name_.emplace(name, i);
      if (is_new || known->second == i) return;
      report_.error(rule.file, rule.line,
                    std::string(what) + " '" + name + "' is also that of the rule in " +
                        place_of(documents_[known->second].document.rule));
    };
    claim(rule.name, "name");
    claim(rule.id, "id");
  }
}

std::optional<std::size_t> RuleLoader::find(std::string_view name_or_id) const {
  const auto found = by_name_.find(name_or_id);
  return found == by_name_.end() ? std::nullopt : std::optional(found->second);
}

std::string RuleLoader::suggestion(std::string_view name) const {
  std::vector<std::string_view> names;
  for (const auto& linked : documents_) names.push_back(linked.document.rule.name);
  return did_you_mean(name, names);
}

// Finds the rules that correlations refer to, and hands the rules' log source on to them.
void RuleLoader::link() {
  refers_to_.resize(documents_.size());
  for (std::size_t i = 0; i < documents_.size(); ++i) {
    if (!documents_[i].correlation) continue;
    for (const std::string& name : documents_[i].correlation->rules) {
      if (const auto found = find(name)) {
        refers_to_[i].push_back(*found);
      } else {
        report_on(i).error(documents_[i].correlation->rules_place,
                           "correlation: there is no rule '" + name + "'" + suggestion(name));
      }
    }
  }
  std::vector<Visit> visits(documents_.size(), Visit::unseen);
  for (std::size_t i = 0; i < documents_.size(); ++i) inherit_source(i, visits);
}

// Depth first, so that a circle shows. Chains are short: kMaxRules bounds them.
void RuleLoader::inherit_source(std::size_t i, std::vector<Visit>& visits) {
  if (visits[i] != Visit::unseen) return;
  visits[i] = Visit::open;
  Rule& rule = documents_[i].document.rule;
  bool first = true;
  for (const std::size_t referred : refers_to_[i]) {
    if (visits[referred] == Visit::open) {
      report_on(i).error(rule.line, "correlation: it refers, in a circle, to itself");
      continue;
    }
    inherit_source(referred, visits);
    const Rule& fed_by = documents_[referred].document.rule;
    if (!first && fed_by.source != rule.source) {
      report_on(i).error(rule.line, "correlation: its rules are of different log sources");
    }
    rule.source = fed_by.source;
    first = false;
  }
  visits[i] = Visit::done;
}

// What a correlation counts does not fire by itself, unless a correlation says `generate: true`.
void RuleLoader::silence_fed_rules() {
  std::vector<bool> fed(documents_.size());
  std::vector<bool> generated(documents_.size());
  for (std::size_t i = 0; i < documents_.size(); ++i) {
    const YamlNode* inner = documents_[i].document.body->find("generate");
    const bool generate =
        documents_[i].document.generate || (inner != nullptr && inner->text == "true");
    for (const std::size_t referred : refers_to_[i]) {
      fed[referred] = true;
      if (generate) generated[referred] = true;
    }
  }
  for (std::size_t i = 0; i < documents_.size(); ++i) {
    documents_[i].document.rule.fires_alone = !fed[i] || generated[i];
  }
}

void RuleLoader::apply(const FilterText& filter, std::size_t index,
                       std::vector<CompiledRule>& rules) {
  const auto touch = [&](CompiledRule& rule) {
    rule.filters.push_back(index);
    rule.rule.filtered_by.push_back(filter.title);
  };
  if (filter.any_rule) {
    for (CompiledRule& rule : rules) {
      if (!rule.correlation && rule.rule.source == filter.source) touch(rule);
    }
  }
  const FileReport report(report_, filter.file);
  for (const std::string& name : filter.rules) {
    const auto found = find(name);
    if (!found) {
      report.error(filter.line, "filter: there is no rule '" + name + "'" + suggestion(name));
    } else if (rules[*found].correlation) {
      report.error(filter.line,
                   "filter: '" + name + "' is a correlation: name the rules that it counts");
    } else if (rules[*found].rule.source != filter.source) {
      report.error(filter.line, "filter: '" + name + "' is of another log source");
    } else {
      touch(rules[*found]);
    }
  }
}

std::vector<Detection> RuleLoader::compile_filters(SlotTable& slots,
                                                   std::vector<CompiledRule>& rules) {
  std::vector<Detection> compiled;
  for (const FilterText& filter : filters_) {
    const FieldScope scope{vocabulary_, slots, filter.source, &value_lists_};
    auto detection = read_detection(filter.detection, scope, {report_, filter.file});
    if (!detection) continue;
    apply(filter, compiled.size(), rules);
    compiled.push_back(std::move(*detection));
  }
  return compiled;
}

std::vector<Consequence> RuleLoader::compile_consequences(SlotTable& slots,
                                                          const std::vector<CompiledRule>& rules) {
  std::vector<const Rule*> known;
  for (const CompiledRule& rule : rules) known.push_back(&rule.rule);
  const FieldScope scope{vocabulary_, slots, LogSource::exotap, &value_lists_};
  std::vector<Consequence> compiled;
  for (const auto& [file, node] : consequences_) {
    const FileReport report(report_, file);
    if (compiled.size() == kMaxConsequences) {
      report.error(node->place(),
                   "more than " + std::to_string(kMaxConsequences) + " consequences");
      break;
    }
    auto consequence = read_consequence(*node, known, scope, report);
    if (consequence) compiled.push_back(std::move(*consequence));
  }
  return compiled;
}

// The rules' texts in the language told, from here on as if they had been written so.
void RuleLoader::tell_in_words(std::vector<CompiledRule>& rules) {
  for (CompiledRule& rule : rules) {
    if (const RuleMessage* message = messages_.find(rule.rule.id)) {
      translate(rule, *message, {vocabulary_, words_, report_});
    }
  }
  for (const auto& [id, message] : messages_.all()) {
    if (by_name_.contains(id) || std::ranges::find(skipped_, id) != skipped_.end()) continue;
    report_.error(message.file, message.line,
                  "there is no rule '" + id + "'" + suggestion(message.name));
  }
}

EngineFacts RuleLoader::engine_facts(SlotTable& slots) {
  const auto slot = [&](std::string_view name) -> std::optional<Slot> {
    const FactSpec* spec = vocabulary_.find(name);
    return spec == nullptr ? std::nullopt : std::optional(slots.add(*spec));
  };
  EngineFacts facts;
  facts.attempt = vocabulary_.find("flow.attempt");
  facts.mail_related = slot("exotap.mail_related");
  facts.speculative = slot("exotap.speculative");
  facts.client_aborted = slot("exotap.client_aborted");
  facts.questions = OwnQuestions(vocabulary_, words_);
  facts.words = &words_;
  return facts;
}

std::unique_ptr<const RuleSet> RuleLoader::load(std::span<const RuleSource> sources) {
  for (const RuleSource& source : sources) {
    if (documents_.size() > kMaxRules) break;
    read(source);
  }
  if (documents_.size() > kMaxRules) {
    report_.error(documents_.back().document.rule.file, 0,
                  "more than " + std::to_string(kMaxRules) + " rules");
    return nullptr;
  }
  leave_out_foreign_correlations();
  index_names();
  link();
  silence_fed_rules();
  SlotTable slots;
  std::vector<CompiledRule> rules;
  for (std::size_t i = 0; i < documents_.size(); ++i) {
    const RuleDocument& document = documents_[i].document;
    if (document.rule.source == LogSource::exotap && document.rule.fires_alone) {
      check_own_keys(document, report_on(i));
    }
    const FieldScope scope{vocabulary_, slots, document.rule.source, &value_lists_};
    if (auto rule = compile_rule(documents_[i], scope, report_on(i))) {
      rules.push_back(std::move(*rule));
    }
  }
  // From here on the rules stand where their documents do.
  if (report_.has_errors()) return nullptr;
  tell_in_words(rules);
  auto filters = compile_filters(slots, rules);
  auto consequences = compile_consequences(slots, rules);
  if (report_.has_errors()) return nullptr;
  for (std::size_t i = 0; i < refers_to_.size(); ++i) {
    for (std::size_t place = 0; place < refers_to_[i].size(); ++place) {
      rules[refers_to_[i][place]].feeds.push_back({i, place});
    }
  }
  const EngineFacts facts = engine_facts(slots);
  ComposedFacts composed(vocabulary_, slots);
  return std::make_unique<const RuleSet>(std::move(rules), std::move(filters), std::move(slots),
                                         composed, facts, std::move(consequences));
}

}  // namespace

LoadedRules load_rules(std::span<const RuleSource> sources, const Vocabulary& vocabulary,
                       LoadReport report, const Telling& telling) {
  LoadedRules loaded;
  loaded.report = std::move(report);
  loaded.rules = RuleLoader(vocabulary, loaded.report, telling).load(sources);
  return loaded;
}

}  // namespace exotap
