#include "app/rule_page.h"

#include <algorithm>
#include <vector>

#include "app/console/layout.h"
#include "rules/judging/correlation_words.h"
#include "rules/matching/explanation.h"
#include "rules/words/did_you_mean.h"
#include "rules/words/printable.h"

namespace exotap {
namespace {

constexpr std::size_t kColumns = 96;      // of a page's texts
constexpr std::size_t kMaxTitle = 160;    // of a list's line
constexpr std::size_t kMaxLoneName = 60;  // names of others can be long; they get a line's rest

std::string owner_of(const Rule& rule) {
  const std::string_view owner = to_string(rule.owner);
  return owner.empty() ? "-" : std::string(owner);
}

void put_column(std::string& out, std::string_view text, std::size_t width) {
  out += text;
  out.append(text.size() < width ? width - text.size() + 2 : 2, ' ');
}

void put_text(std::string& out, std::string_view heading, std::string_view text) {
  if (text.empty()) return;
  out.append("\n").append(heading).append("\n");
  std::string flowing(text);
  std::ranges::replace(flowing, '\n', ' ');
  for (const std::string& line : wrapped(flowing, kColumns))
    out.append("  ").append(line).append("\n");
}

void put_list(std::string& out, std::string_view heading, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  out.append("\n").append(heading).append("\n");
  for (const std::string& text : texts) {
    out.append("  ").append(printable(text, 400)).append("\n");
  }
}

std::string names_of(const RuleSet& rules, const std::vector<std::size_t>& numbers) {
  std::string text;
  for (const std::size_t i : numbers) {
    text += (text.empty() ? "" : ", ") + rules.rule(i).name;
  }
  return text;
}

std::string traffic_of(const Rule& rule) {
  if (rule.source != LogSource::exotap) return "every exchange (a rule of others)";
  if (!rule.only_if_related) return "every exchange";
  return "only mail and sign-in traffic that was really used and not given up by the program";
}

void put_tests(std::string& out, const Rule& rule) {
  if (rule.tests.fires.empty() && rule.tests.silent.empty()) return;
  out += "\nStories that prove it\n";
  const auto put = [&](std::string_view what, const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      out.append("  ").append(what).append(name).append("\n");
    }
  };
  put("fires in      ", rule.tests.fires);
  put("is silent in  ", rule.tests.silent);
}

}  // namespace

std::optional<std::size_t> find_rule(const RuleSet& rules, std::string_view name) {
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (rules.rule(i).name == name || rules.rule(i).id == name) return i;
  }
  return std::nullopt;
}

std::string rule_suggestion(const RuleSet& rules, std::string_view name) {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < rules.size(); ++i) names.push_back(rules.rule(i).name);
  std::string guess = did_you_mean(name, names);
  if (!guess.empty() || name.empty()) return guess;
  // A part of a name is what people remember.
  const auto holds = [&](std::string_view known) { return known.find(name) != known.npos; };
  const auto found = std::ranges::find_if(names, holds);
  return found == names.end() ? guess : " (did you mean '" + std::string(*found) + "'?)";
}

std::string rule_list(const RuleSet& rules) {
  std::vector<const Rule*> sorted;
  std::size_t width = 0;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    sorted.push_back(&rules.rule(i));
    width = std::max(width, std::min(rules.rule(i).name.size(), kMaxLoneName));
  }
  std::ranges::sort(sorted, {}, &Rule::name);
  std::string out;
  for (const Rule* rule : sorted) {
    put_column(out, rule->name, width);
    put_column(out, to_string(rule->level), std::string_view("informational").size());
    put_column(out, owner_of(*rule), std::string_view("microsoft").size());
    out += printable(rule->title, kMaxTitle);
    if (!rule->fires_alone) out += " [only counted by another rule]";
    out += "\n";
  }
  return out;
}

std::string what_it_looks_for(const RuleSet& rules, std::size_t i) {
  const CompiledRule& compiled = rules.compiled(i);
  std::string out;
  if (compiled.correlation) {
    for (const std::string& line : wrapped(correlation_in_words(rules, i), kColumns)) {
      out.append("  ").append(line).append("\n");
    }
    for (const std::size_t counted : counted_rules(rules, i)) {
      out.append("\nwhere ").append(rules.rule(counted).name).append(" is\n");
      out += what_it_looks_for(rules, counted);
    }
    return out;
  }
  out += to_text(clauses_of(compiled.detection), 1);
  for (std::size_t at = 0; at < compiled.filters.size(); ++at) {
    out.append("  and, by the filter '")
        .append(printable(compiled.rule.filtered_by[at], kMaxTitle))
        .append("':\n");
    out += to_text(clauses_of(rules.filter(compiled.filters[at])), 2);
  }
  return out;
}

std::string rule_page(const RuleSet& rules, std::size_t i) {
  const CompiledRule& compiled = rules.compiled(i);
  const Rule& rule = compiled.rule;
  std::string out = rule.name + "\n  " + printable(rule.title, kMaxTitle) + "\n\n";
  const auto line = [&](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out.append("  ");
    put_column(out, name, 11);
    out.append(printable(value, 400)).append("\n");
  };
  line("level", to_string(rule.level));
  line("owner", to_string(rule.owner));
  line("id", rule.id == rule.name ? std::string_view() : rule.id);
  line("status", rule.status);
  line("file", rule.file + ":" + std::to_string(rule.line));
  line("sees", traffic_of(rule));
  std::vector<std::size_t> counting;
  for (const CompiledRule::Feed& feed : compiled.feeds) counting.push_back(feed.correlation);
  line("counted by", names_of(rules, counting));
  if (!rule.fires_alone) line("fires", "not by itself: it is only counted");
  out += "\nWhat it looks for\n" + what_it_looks_for(rules, i);
  put_text(out, "What it means", rule.explain);
  put_text(out, "What to do", rule.remedy);
  if (rule.description != rule.explain) put_text(out, "About the rule", rule.description);
  put_list(out, "It may be wrong where", rule.falsepositives);
  put_list(out, "References", rule.references);
  put_tests(out, rule);
  return out;
}

}  // namespace exotap
