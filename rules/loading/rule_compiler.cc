#include "rules/loading/rule_compiler.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace exotap {
namespace {

constexpr std::array<const FactSpec*, 3> kOfCorrelations{&kCorrelationCount, &kCorrelationValues,
                                                         &kCorrelationValue};
// The gate of a rule that is only for mail traffic that was meant leaves these out already.
constexpr std::array<std::string_view, 2> kGated{"exotap.speculative", "exotap.client_aborted"};

class RuleCompiler {
 public:
  RuleCompiler(const LinkedDocument& linked, const FieldScope& scope, const FileReport& report)
      : document_(linked.document), linked_(linked), scope_(scope), report_(report) {}

  std::optional<CompiledRule> compile() {
    out_.rule = document_.rule;
    compile_body();
    compile_texts();
    compile_facts();
    if (failed_) return std::nullopt;
    return std::move(out_);
  }

 private:
  void fail(std::string_view key, std::string what) {
    failed_ = true;
    const YamlNode* node = document_.root->find(key);
    report_.error(node == nullptr ? TextPlace(document_.rule.line) : node->place(),
                  std::string(key) + ": " + std::move(what));
  }

  void compile_body();
  void compile_texts();
  void compile_facts();
  void warn_of_gate();
  TextTemplate text(std::string_view key, std::string_view written);
  const FactSpec* fact(std::string_view key, std::string_view name);

  const RuleDocument& document_;
  const LinkedDocument& linked_;
  const FieldScope& scope_;
  const FileReport& report_;
  CompiledRule out_;
  bool failed_ = false;
};

void RuleCompiler::compile_body() {
  if (linked_.correlation) {
    out_.correlation = read_correlation(*linked_.correlation, scope_, report_);
    failed_ = failed_ || !out_.correlation;
    return;
  }
  auto detection = read_detection(*document_.body, scope_, report_);
  failed_ = failed_ || !detection;
  if (!detection) return;
  out_.detection = std::move(*detection);
  warn_of_gate();
}

void RuleCompiler::warn_of_gate() {
  if (scope_.source != LogSource::exotap || !out_.rule.only_if_related) return;
  for (const std::string_view name : kGated) {
    const FactSpec* spec = scope_.vocabulary.find(name);
    if (spec == nullptr) continue;
    const Slot slot = scope_.slots.find(spec);
    if (slot == SlotTable::kNoSlot || !out_.detection.mentions(slot)) continue;
    report_.warning(document_.body->place(),
                    "the rule asks for " + std::string(name) +
                        ", but sees such exchanges only with only_if_related: false");
  }
}

TextTemplate RuleCompiler::text(std::string_view key, std::string_view written) {
  if (scope_.source != LogSource::exotap) return TextTemplate::verbatim(written);
  std::string why;
  auto parsed = TextTemplate::parse(written, scope_.vocabulary, own_facts_of(out_.rule), why);
  if (!parsed) fail(key, why);
  return parsed ? std::move(*parsed) : TextTemplate();
}

// Rules of others say in their description what ours say in explain.
void RuleCompiler::compile_texts() {
  Rule& rule = out_.rule;
  if (scope_.source != LogSource::exotap && rule.explain.empty()) rule.explain = rule.description;
  out_.title = text("title", rule.title);
  out_.explain = text("explain", rule.explain);
  out_.remedy = text("remedy", rule.remedy);
}

const FactSpec* RuleCompiler::fact(std::string_view key, std::string_view name) {
  std::string why;
  const auto specs = resolve_field(scope_, name, why);
  if (!specs) {
    // Others list fields that their logs have; what we have not is not shown.
    if (scope_.source == LogSource::exotap) fail(key, why);
    return nullptr;
  }
  return specs->empty() ? nullptr : specs->front();
}

void RuleCompiler::compile_facts() {
  out_.about = fact("about", out_.rule.about);
  for (const std::string& name : out_.rule.once_per) {
    if (const FactSpec* spec = fact("once_per", name)) out_.once_per.push_back(spec);
  }
  if (out_.once_per.empty() && out_.about != nullptr) out_.once_per.push_back(out_.about);
  for (const std::string& name : out_.rule.fields) {
    if (const FactSpec* spec = fact("fields", name)) out_.fields.push_back(spec);
  }
}

}  // namespace

std::span<const FactSpec* const> own_facts_of(const Rule& rule) {
  if (!rule.is_correlation) return {};
  return kOfCorrelations;
}

std::optional<CompiledRule> compile_rule(const LinkedDocument& linked, const FieldScope& scope,
                                         const FileReport& report) {
  return RuleCompiler(linked, scope, report).compile();
}

}  // namespace exotap
