// What 3,000 rules in the manner of Sigma's proxy and webserver categories cost an exchange, and
// what memory they take. The shares of the shapes are those of the public repository's rules:
// most look for parts of the address or the user agent, some for hosts, few for expressions.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "decoders/decoder.h"
#include "rules/judging/engine.h"
#include "rules/loading/rule_loader.h"

namespace exotap {
namespace {

constexpr std::size_t kRules = 3000;

// Words that no address holds, each another.
std::string word(std::size_t n) {
  std::string out = "x";
  for (std::size_t rest = n * 2654435761U % 4294967296U, i = 0; i < 6; ++i, rest /= 26) {
    out += static_cast<char>('a' + rest % 26);
  }
  return out;
}

std::string detection(std::size_t n) {
  const std::string a = word(n * 3);
  const std::string b = word(n * 3 + 1);
  const std::string c = word(n * 3 + 2);
  switch (n % 20) {
    case 0:
      return "s: {c-uri|re: '/" + a + "/[0-9a-f]{8}\\.php$'}\n  condition: s";
    case 1:
      return "s: {sc-status: 200, c-uri|endswith: ['/" + a + ".exe', '/" + b +
             ".dll']}\n"
             "  condition: s";
    case 2:
      return "s: {c-uri-extension: " + a + ", c-uri-query|contains|all: ['" + b + "=', '" + c +
             "=']}\n  condition: s";
    case 3:
    case 4:
      return "s: {c-useragent: 'Mozilla/4.0 (" + a + ")', cs-method: POST}\n  condition: s";
    case 5:
    case 6:
    case 7:
      return "s: {cs-host|endswith: ['." + a + ".com', '." + b + ".net', '." + c +
             ".org']}\n  f: {cs-host|endswith: .microsoft.com}\n  condition: s and not f";
    case 8:
    case 9:
    case 10:
    case 11:
      return "s: {c-useragent|contains: ['" + a + "/', 'agent " + b + "', '" + c +
             "']}\n  condition: s";
    default:
      return "s: {c-uri|contains: ['/" + a + ".php', '/" + b + "?id=', '" + c +
             "']}\n  f: {cs-method: CONNECT}\n  condition: s and not f";
  }
}

std::unique_ptr<const RuleSet> community_rules() {
  std::vector<std::string> files;
  std::vector<std::string> texts;
  for (std::size_t n = 0; n < kRules; ++n) {
    files.push_back("rule_" + std::to_string(n) + ".yml");
    texts.push_back("title: Rule " + std::to_string(n) +
                    "\nlogsource: {category: proxy}\nlevel: low\ndetection:\n  " + detection(n) +
                    "\n");
  }
  std::vector<RuleSource> sources;
  for (std::size_t i = 0; i < kRules; ++i) sources.push_back({files[i], texts[i]});
  LoadedRules loaded = load_rules(sources, Vocabulary(all_facts()));
  if (loaded.report.has_errors()) {
    std::fprintf(stderr, "%s\n", to_string(loaded.report.errors().front()).c_str());
  }
  return std::move(loaded.rules);
}

void add(Facts& facts, std::string_view name, std::string_view text) {
  if (const FactSpec* fact = find_fact(name)) facts.add(*fact, text);
}
void add(Facts& facts, std::string_view name, int number) {
  if (const FactSpec* fact = find_fact(name)) facts.add(*fact, number);
}

Facts page_view() {
  Facts facts;
  add(facts, "url.scheme", "https");
  add(facts, "url.domain", "outlook.office365.com");
  add(facts, "url.port", 443);
  add(facts, "url.path", "/owa/service.svc/s/GetFileAttachment");
  add(facts, "url.query", "id=AAMkADk0&action=GetConversationItems&EP=1&ID=-41&AC=1");
  add(facts, "http.request.method", "POST");
  add(facts, "http.response.status_code", 200);
  add(facts, "http.version", "1.1");
  add(facts, "user_agent.original",
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
      "Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0");
  add(facts, "http.request.body.bytes", 512);
  add(facts, "http.response.body.bytes", 4096);
  add(facts, "destination.ip", "203.0.113.7");
  return facts;
}

// What the process holds in memory, in pages; zero where there is no /proc.
std::size_t resident_pages() {
  std::size_t all = 0;
  std::size_t resident = 0;
  std::ifstream("/proc/self/statm") >> all >> resident;
  return resident;
}

void BM_JudgeByThreeThousandCommunityRules(benchmark::State& state) {
  const std::size_t before = resident_pages();
  const auto rules = community_rules();
  if (!rules) return state.SkipWithError("the rules do not load");
  const std::size_t after = resident_pages();
  Engine engine(*rules);
  const Facts facts = page_view();
  std::vector<Finding> findings;
  std::uint64_t id = 0;
  for (auto _ : state) engine.judge({++id}, facts, WallTime(), findings);
  if (!findings.empty()) state.SkipWithError("a rule fires");
  // Later rounds are served with memory that the first one gave back.
  static const double megabytes = static_cast<double>(after - before) * 4096 / 1e6;
  state.counters["MB"] = megabytes;
}
BENCHMARK(BM_JudgeByThreeThousandCommunityRules);

void BM_LoadThreeThousandCommunityRules(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(community_rules());
}
BENCHMARK(BM_LoadThreeThousandCommunityRules)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace exotap
