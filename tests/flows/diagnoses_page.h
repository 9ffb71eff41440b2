// docs/diagnoses.md, made from docs/diagnoses.yml and the library of rules: every failure that was
// looked for, and the rule that tells it or the reason why none can.
#pragma once

#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "rules/judging/rule_set.h"
#include "rules/reading/yaml.h"

namespace exotap::testing {

struct DiagnosisRow {
  std::string id;
  std::string what;
  std::vector<std::string> rules;
  std::vector<std::string> stories;  // where not all stories of the rules concern this row
  std::string not_visible;           // why no rule can tell it from here
  std::string instead;               // what can be seen in its place
  std::string same_as;               // the row this one repeats
  std::vector<int> codes;            // Entra ID's error numbers, each told by one of the rules
};

struct DiagnosisSection {
  std::string title;
  std::string intro;
  std::vector<DiagnosisRow> rows;
};

[[noreturn]] inline void refuse(const YamlNode& node, const std::string& what) {
  throw std::runtime_error("docs/diagnoses.yml:" + std::to_string(node.line) + ": " + what);
}

inline std::string text_of(const YamlNode& map, std::string_view key) {
  const YamlNode* node = map.find(key);
  if (node == nullptr) return {};
  if (!node->is_scalar()) refuse(*node, std::string(key) + " is no text");
  return node->text;
}

inline std::vector<std::string> list_of(const YamlNode& map, std::string_view key) {
  std::vector<std::string> list;
  const YamlNode* node = map.find(key);
  if (node == nullptr) return list;
  if (!node->is_sequence()) refuse(*node, std::string(key) + " is no list");
  for (const YamlNode& item : node->items) list.push_back(item.text);
  return list;
}

inline DiagnosisRow diagnosis_row_of(const YamlNode& node) {
  static const std::set<std::string, std::less<>> kKeys = {
      "id", "what", "rules", "stories", "not_visible", "instead", "same_as", "codes"};
  for (const YamlEntry& entry : node.entries) {
    if (!kKeys.contains(entry.key)) refuse(entry.value, "unknown key " + entry.key);
  }
  DiagnosisRow row{text_of(node, "id"),          text_of(node, "what"),
                   list_of(node, "rules"),       list_of(node, "stories"),
                   text_of(node, "not_visible"), text_of(node, "instead"),
                   text_of(node, "same_as"),     {}};
  for (const std::string& code : list_of(node, "codes")) row.codes.push_back(std::stoi(code));
  if (row.id.empty() || row.what.empty()) refuse(node, "a row needs id and what");
  if (row.not_visible.empty() != row.instead.empty()) {
    refuse(node, row.id + ": not_visible and instead belong together");
  }
  if (row.rules.empty() && row.stories.empty() && row.not_visible.empty() && row.same_as.empty()) {
    refuse(node, row.id + " has neither rules nor stories nor not_visible nor same_as");
  }
  return row;
}

// Throws std::runtime_error with file and line for a table that is not well formed.
inline std::vector<DiagnosisSection> read_diagnoses(std::string_view text) {
  const YamlText yaml = read_yaml(text);
  if (!yaml.error.what.empty() || yaml.documents.size() != 1) {
    throw std::runtime_error("docs/diagnoses.yml:" + std::to_string(yaml.error.place.line) + ": " +
                             yaml.error.what);
  }
  std::vector<DiagnosisSection> sections;
  const YamlNode* list = yaml.documents[0].find("sections");
  if (list == nullptr || !list->is_sequence()) refuse(yaml.documents[0], "no sections");
  for (const YamlNode& node : list->items) {
    DiagnosisSection section{text_of(node, "title"), text_of(node, "intro"), {}};
    const YamlNode* rows = node.find("rows");
    if (section.title.empty() || rows == nullptr) refuse(node, "a section needs title and rows");
    for (const YamlNode& row : rows->items) section.rows.push_back(diagnosis_row_of(row));
    sections.push_back(std::move(section));
  }
  return sections;
}

// For a cell of a table in Markdown.
inline std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|' || c == '<' || c == '*' || c == '_') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

inline std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string text;
  for (const std::string& part : parts) {
    if (!text.empty()) text += between;
    text += part;
  }
  return text;
}

inline std::string story_link(const std::string& name) {
  return "[" + name + "](../tests/flows/" + name + "/story.yml)";
}

inline std::string story_links(const std::vector<std::string>& names) {
  std::vector<std::string> links;
  for (const std::string& name : names) links.push_back(story_link(name));
  return joined(links, ", ");
}

// The stories a row is shown by: its own, else all of its rules.
inline std::vector<std::string> stories_of(const DiagnosisRow& row, const RuleSet& rules) {
  if (!row.stories.empty()) return row.stories;
  std::set<std::string> all;
  for (const std::string& name : row.rules) {
    if (const Rule* rule = rules.find(name)) {
      all.insert(rule->tests.fires.begin(), rule->tests.fires.end());
    }
  }
  return {all.begin(), all.end()};
}

inline std::string rule_list(const std::vector<std::string>& rules) {
  std::vector<std::string> marked;
  for (const std::string& name : rules) marked.push_back("`" + name + "`");
  return joined(marked, ", ");
}

inline std::string answer_cell(const DiagnosisRow& row) {
  std::vector<std::string> parts;
  if (!row.same_as.empty()) parts.push_back("as " + row.same_as);
  if (!row.not_visible.empty()) {
    parts.push_back("not visible from here: " + cell(row.not_visible) +
                    ". Instead: " + cell(row.instead));
  }
  if (!row.rules.empty()) parts.push_back(rule_list(row.rules));
  if (parts.empty()) parts.emplace_back("silence");
  return joined(parts, "; ");
}

inline std::string rule_line(const Rule& rule) {
  std::string file = rule.file.substr(rule.file.find("rules/library/"));
  return "| [`" + rule.name + "`](../" + file + ") | " + cell(rule.title) + " | " +
         std::string(to_string(rule.level)) + " | " + std::string(to_string(rule.owner)) + " | " +
         story_links(rule.tests.fires) + " |\n";
}

inline std::string diagnoses_page(const std::vector<DiagnosisSection>& sections,
                                  const RuleSet& rules) {
  std::string page =
      "# What exotap diagnoses\n\n"
      "Made from [diagnoses.yml](diagnoses.yml) and the rules; change those, then run "
      "`flows_test`\n"
      "with EXOTAP_BLESS=1. Each row is a failure known from support articles, error lists and\n"
      "other tools. Beside it stands the rule that tells it, with the stories that prove the "
      "rule;\n"
      "or why nothing on this wire shows it, and what does show instead.\n";
  std::set<std::string> named;
  for (const DiagnosisSection& section : sections) {
    page += "\n## " + section.title + "\n\n";
    if (!section.intro.empty()) page += section.intro + "\n\n";
    page += "| row | what goes wrong | told by | stories |\n|---|---|---|---|\n";
    for (const DiagnosisRow& row : section.rows) {
      named.insert(row.rules.begin(), row.rules.end());
      page += "| " + row.id + " | " + cell(row.what) + " | " + answer_cell(row) + " | " +
              story_links(stories_of(row, rules)) + " |\n";
    }
  }
  std::map<std::string, const Rule*> told, further;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const Rule& rule = rules.rule(i);
    if (!rule.fires_alone) continue;
    (named.contains(rule.name) ? told : further)[rule.name] = &rule;
  }
  const std::string head =
      "| rule | says | level | whom to call | stories |\n|---|---|---|---|---|\n";
  page += "\n## The rules\n\n" + head;
  for (const auto& [name, rule] : told) page += rule_line(*rule);
  if (further.empty()) return page;
  page += "\n## Further rules\n\nThese tell what no row above asks for.\n\n" + head;
  for (const auto& [name, rule] : further) page += rule_line(*rule);
  return page;
}

}  // namespace exotap::testing
