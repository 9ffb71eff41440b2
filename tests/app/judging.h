// Rules, exchanges and a sink for tests of what lies between the queue and the sinks.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "capture/sink.h"
#include "decoders/decoder.h"
#include "rules/loading/rule_loader.h"
#include "rules/words/vocabulary.h"

namespace exotap {

// A rule that fires for every connection that failed below TLS.
inline std::string refusal_rule(std::string_view name, std::string_view level, int number = 1) {
  return "title: \"{url.domain} refuses\"\nname: " + std::string(name) +
         "\nid: 3f1a4c1e-6b0e-4a37-9a0d-0c2d5b1f7a0" + std::to_string(number) +
         "\nlevel: " + std::string(level) +
         "\nlogsource:\n  product: exotap\n"
         "references: [https://example.org/why]\n"
         "detection:\n  selection:\n    error.type: tcp\n  condition: selection\n"
         "explain: \"{url.domain} said {error.code}.\"\n"
         "remedy: Ask whoever runs the router.\n"
         "tests:\n  fires: [router-blocks-443]\n  silent: [healthy]\n";
}

inline std::unique_ptr<const RuleSet> one_rule(std::string_view name, std::string_view level,
                                               int number = 1) {
  const std::string file = std::string(name) + ".yml";
  const std::string text = refusal_rule(name, level, number);
  const std::array<RuleSource, 1> sources = {{{file, text}}};
  const Vocabulary vocabulary(all_facts());
  LoadedRules loaded = load_rules(sources, vocabulary);
  for (const LoadMessage& message : loaded.report.errors()) ADD_FAILURE() << to_string(message);
  return std::move(loaded.rules);
}

// A CONNECT to a mail host of its own that was refused.
inline std::unique_ptr<Exchange> refused_connect(std::uint64_t id) {
  auto made = std::make_unique<Exchange>();
  made->id = id;
  made->host = "mail" + std::to_string(id) + ".contoso.com";
  made->port = 443;
  made->scheme = "https";
  made->is_connect = true;
  made->mail_related = true;
  made->fault = {FaultType::tcp, Stage::connect, "ECONNREFUSED", "connection refused"};
  return made;
}

using Diary = std::vector<std::string>;

// Writes down what it is told, under its name.
class WritingSink : public Sink {
 public:
  WritingSink(std::string name, Diary& diary) : name_(std::move(name)), diary_(diary) {}
  void exchange(const Exchange& exchange, const Facts&) override {
    diary_.push_back(name_ + ": exchange " + std::to_string(exchange.id));
  }
  void finding(const Finding& finding) override {
    diary_.push_back(name_ + ": " + finding.rule_name + " in " +
                     std::to_string(finding.exchange_id));
  }
  void gap(const Gap& gap) override {
    diary_.push_back(name_ + ": gap of " + std::to_string(gap.exchanges));
  }
  void flush() override { diary_.push_back(name_ + ": flush"); }

 private:
  std::string name_;
  Diary& diary_;
};

}  // namespace exotap
