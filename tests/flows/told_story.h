// A story told to decoders, flow and rules, and what they say about it as text.
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "capture/story.h"
#include "decoders/decoder.h"
#include "decoders/flow/flow.h"
#include "rules/judging/engine.h"
#include "rules/loading/rule_files.h"
#include "rules/loading/rule_loader.h"

namespace exotap::testing {

inline std::filesystem::path flows_folder() {
  return std::filesystem::path(EXOTAP_SOURCE_DIR) / "tests" / "flows";
}

// The folders with a story, by name.
inline std::vector<std::string> story_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(flows_folder())) {
    if (std::filesystem::exists(entry.path() / "story.yml")) {
      names.push_back(entry.path().filename().string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

inline LoadedRules load_library() {
  LoadReport report;
  const auto files =
      read_rule_files(std::filesystem::path(EXOTAP_SOURCE_DIR) / "rules" / "library", report);
  std::vector<RuleSource> sources;
  for (const RuleFile& file : files) sources.push_back(file.source());
  return load_rules(sources, Vocabulary(all_facts()), std::move(report));
}

// One exchange of a story, and what was said about it.
struct ToldExchange {
  std::uint64_t id = 0;
  std::string heading;
  std::string facts;  // "name = value" lines
  std::vector<Finding> findings;
};

struct ToldStory {
  std::vector<ToldExchange> exchanges;

  // The findings that no other explains, each once, in the order they were told.
  [[nodiscard]] std::vector<Finding> causes() const {
    std::vector<Finding> left;
    for (const Finding& finding : findings()) {
      std::erase_if(left, [&](const Finding& told) {
        return std::ranges::find(finding.cause_of, told.number) != finding.cause_of.end();
      });
      if (finding.again_of == 0 && finding.because_of == 0) left.push_back(finding);
    }
    return left;
  }

  [[nodiscard]] std::vector<Finding> findings() const {
    std::vector<Finding> all;
    for (const ToldExchange& told : exchanges) {
      all.insert(all.end(), told.findings.begin(), told.findings.end());
    }
    return all;
  }
};

inline std::string heading_of(const Exchange& exchange) {
  std::string text = std::to_string(exchange.id) + ' ';
  const Head& head = exchange.request.head;
  text += head.empty() ? "(no request)" : std::string(head.method());
  text += ' ' + exchange.host + ':' + std::to_string(exchange.port);
  if (exchange.answer.head.status != 0) {
    text += " -> " + std::to_string(exchange.answer.head.status);
  }
  if (exchange.fault) text += " -> " + exchange.fault.code;
  if (exchange.still_waiting) text += " -> still waiting";
  return text;
}

// Line ends inside a value would break the golden text's lines.
inline std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    if (c == '\n') {
      line += "\\n";
    } else if (c != '\r') {
      line += c;
    }
  }
  return line;
}

inline std::string facts_text(const Facts& facts) {
  std::string text;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const Fact fact = facts[i];
    text.append("  ")
        .append(fact.spec->name)
        .append(" = ")
        .append(one_line(fact.text))
        .append("\n");
  }
  return text;
}

// The same story, each exchange changed: what would have been said then?
template <typename Change>
Story changed(const Story& story, const Change& change) {
  Story other;
  other.title = story.title;
  for (const ExchangePtr& exchange : story.exchanges) {
    auto copy = std::make_unique<Exchange>(*exchange);
    change(*copy);
    other.exchanges.push_back(std::move(copy));
  }
  return other;
}

inline ToldStory tell(const Story& story, const RuleSet& rules) {
  ToldStory told;
  Flow flow;
  Engine engine(rules);
  for (const ExchangePtr& exchange : story.exchanges) {
    Facts facts;
    decode(*exchange, facts);
    flow.fold(*exchange, facts);
    ToldExchange one{exchange->id, heading_of(*exchange), facts_text(facts), {}};
    engine.judge({exchange->id}, facts, exchange->started, one.findings);
    told.exchanges.push_back(std::move(one));
  }
  return told;
}

inline std::string golden_facts(const ToldStory& story) {
  std::string text;
  for (const ToldExchange& told : story.exchanges) {
    text.append(told.heading).append("\n").append(told.facts).append("\n");
  }
  return text;
}

// What comes again and again says the same.
inline constexpr std::uint32_t kRepeatsInFull = 4;

inline std::string in_short(const Finding& finding) {
  return finding.host.empty() ? finding.rule_name : finding.rule_name + " of " + finding.host;
}

// Joins the findings of a whole story: who is because of whom, by number.
inline std::string relations_text(const Finding& finding, const std::vector<Finding>& all) {
  std::string text;
  const auto line = [&](std::string_view name, const Finding& other) {
    text.append("  ").append(name).append(": ").append(in_short(other)).append("\n");
  };
  const auto holds = [](const Finding& of, std::uint64_t number) {
    return std::ranges::find(of.cause_of, number) != of.cause_of.end();
  };
  for (const Finding& other : all) {
    if (finding.because_of == other.number || holds(other, finding.number)) {
      line("because of", other);
    }
  }
  if (finding.again_of != 0) return text;
  for (const Finding& other : all) {
    if (other.again_of != 0) continue;
    if (other.because_of == finding.number || holds(finding, other.number)) line("cause of", other);
  }
  return text;
}

inline std::string finding_text(const Finding& finding, const std::vector<Finding>& all) {
  std::string text = finding.rule_name + " (" + std::string(to_string(finding.level)) + ")\n";
  const auto line = [&](std::string_view name, std::string_view value) {
    text.append("  ").append(name).append(": ").append(one_line(value)).append("\n");
  };
  line("title", finding.title);
  line("host", finding.host);
  if (finding.repeats > 1) line("repeats", std::to_string(finding.repeats));
  if (finding.again_of != 0 && finding.repeats > kRepeatsInFull) return text;
  if (finding.caused_by_exotap) line("caused by exotap", "true");
  text.append(relations_text(finding, all));
  line("explain", finding.explain);
  line("remedy", finding.remedy);
  for (const Evidence& evidence : finding.evidence) {
    line("evidence",
         std::to_string(evidence.exchange_id) + ' ' + evidence.field + " = " + evidence.value);
  }
  return text;
}

inline std::string golden_findings(const ToldStory& story) {
  std::string text;
  const std::vector<Finding> all = story.findings();
  for (const Finding& finding : all) text.append(finding_text(finding, all)).append("\n");
  return text.empty() ? "nothing to report\n" : text;
}

inline std::string file_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace exotap::testing
