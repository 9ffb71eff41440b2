// What judging an exchange costs: forty rules of the kinds the library has, over a healthy
// exchange with as many facts as the decoders state, and over one that fails.
#include <benchmark/benchmark.h>

#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "decoders/decoder.h"
#include "rules/judging/engine.h"
#include "rules/loading/built_in_rules.h"
#include "rules/loading/rule_loader.h"

namespace exotap {
namespace {

constexpr FactSpec text(std::string_view name) { return {name, FactType::text, ""}; }
constexpr FactSpec number(std::string_view name) { return {name, FactType::integer, ""}; }
constexpr FactSpec yes_no(std::string_view name) { return {name, FactType::boolean, ""}; }

constexpr FactSpec kFacts[] = {
    text("url.domain"),
    number("url.port"),
    text("url.scheme"),
    text("url.path"),
    text("url.query"),
    text("http.request.method"),
    text("http.version"),
    number("http.response.status_code"),
    text("user_agent.original"),
    text("http.request.mime_type"),
    text("http.response.mime_type"),
    number("http.request.body.bytes"),
    number("http.response.body.bytes"),
    text("http.response.server"),
    text("http.response.reason"),
    yes_no("http.response.is_html"),
    yes_no("http.response.from_microsoft"),
    yes_no("http.response.complete"),
    text("ms.request_id"),
    text("ms.client_request_id"),
    text("ms.frontend_server"),
    text("ms.calculated_backend"),
    text("exotap.handling"),
    yes_no("exotap.mail_related"),
    number("exotap.connection.id"),
    number("exotap.connection.sequence"),
    text("client.address"),
    number("client.port"),
    text("destination.ip"),
    number("destination.port"),
    number("event.duration"),
    number("exotap.timing.connect"),
    number("exotap.timing.tls"),
    number("exotap.timing.wait"),
    number("exotap.timing.receive"),
    text("event.outcome"),
    text("tls.version"),
    text("tls.cipher"),
    text("tls.client.server_name"),
    yes_no("tls.established"),
    yes_no("tls.certificate.received"),
    number("flow.attempt"),
    text("flow.step"),
    number("flow.step_number"),
    text("flow.auth.outcome"),
    // Stated only where something is wrong, or by one protocol's decoder.
    text("error.type"),
    text("error.code"),
    text("exotap.fault.stage"),
    text("dns.response_code"),
    text("tls.certificate.problem"),
    text("tls.alert"),
    number("tls.certificate.days_left"),
    text("x509.issuer.common_name"),
    text("http.auth.challenge"),
    text("http.proxy_auth.challenge"),
    text("http.auth.scheme"),
    text("realm.namespace_type"),
    number("realm.throttle_status"),
    yes_no("mex.path"),
    yes_no("mex.available"),
    yes_no("mex.is_html"),
    text("wstrust.fault.subcode"),
    text("wstrust.fault.msis"),
    text("wstrust.psf.name"),
    number("aadsts.code"),
    text("wstrust.endpoint"),
    text("autodiscover.response.action"),
    number("autodiscover.error.code"),
    text("autodiscover.answered_by"),
    yes_no("autodiscover.path"),
    number("flow.auth.rejections"),
    yes_no("flow.port443.all_hosts"),
    number("flow.certificate.unrelated_hosts"),
    yes_no("exotap.speculative"),
    yes_no("exotap.client_aborted"),
    text("http.response.location"),
    text("http.response.via"),
};
constexpr std::size_t kStatedWhenHealthy = 45;

// Each as a condition some rule of the library would have.
constexpr const char* kDetections[] = {
    "s: {error.type: tcp, error.code: ECONNREFUSED, url.port: 443}\n  condition: s",
    "s: {error.type: tcp, error.code: [ETIMEDOUT, ECONNRESET]}\n  condition: s",
    "s: {error.type: tcp, flow.port443.all_hosts: true}\n  condition: s",
    "s: {error.type: dns, dns.response_code: NXDOMAIN}\n  condition: s",
    "s: {error.type: dns, dns.response_code: SERVFAIL}\n  condition: s",
    "s: {error.type: timeout, exotap.fault.stage: connect}\n  condition: s",
    "s: {error.type: timeout, exotap.fault.stage: answer}\n  condition: s",
    "s: {error.type: tls, tls.alert|exists: true}\n  condition: s",
    "s: {tls.certificate.received: true, tls.certificate.problem: expired}\n  condition: s",
    "s: {tls.certificate.received: true, tls.certificate.problem: wrong_name}\n  condition: s",
    "s: {tls.certificate.received: true, tls.certificate.problem: untrusted_issuer}\n  condition: "
    "s",
    "s: {tls.certificate.received: true, tls.certificate.problem: self_signed}\n  condition: s",
    "s: {tls.certificate.days_left|lte: 14, tls.certificate.days_left|gte: 0}\n  condition: s",
    "s: {flow.certificate.unrelated_hosts|gte: 2}\n  condition: s",
    "s: {x509.issuer.common_name|contains: [Fortinet, Zscaler, Netskope]}\n  condition: s",
    "s: {http.response.status_code: 407}\n  condition: s",
    "s: {http.response.status_code: 401, flow.auth.rejections|gte: 2}\n  condition: s",
    "s: {http.response.status_code: 401, http.auth.scheme: basic}\n  condition: s",
    "s: {http.response.status_code: 401}\n  c: {http.auth.challenge|exists: true}\n"
    "  condition: s and not c",
    "s: {http.response.status_code: 403, http.response.is_html: true}\n  condition: s",
    "s: {http.response.status_code: 404, url.path|endswith: /autodiscover.xml}\n  condition: s",
    "s: {http.response.status_code|gte: 500, http.response.from_microsoft: true}\n  condition: s",
    "s: {http.response.status_code: 503}\n  m: {http.response.from_microsoft: true}\n"
    "  condition: s and not m",
    "s: {http.response.status_code: [429, 456]}\n  condition: s",
    "s: {http.response.status_code: 302, http.response.location|contains: /captive}\n  condition: "
    "s",
    "s: {mex.path: true, mex.available: false}\n  condition: s",
    "s: {mex.path: true, mex.is_html: true}\n  condition: s",
    "s: {wstrust.fault.subcode: FailedAuthentication}\n  condition: s",
    "s: {wstrust.fault.msis: [MSIS7068, MSIS7042]}\n  condition: s",
    "s: {wstrust.endpoint: windowstransport, http.response.status_code: 503}\n  condition: s",
    "s: {aadsts.code: [50126, 50053, 50057, 50055]}\n  condition: s",
    "s: {aadsts.code: 50076}\n  condition: s",
    "s: {wstrust.psf.name|startswith: PPCRL_REQUEST_E_}\n  condition: s",
    "s: {realm.throttle_status|gt: 0}\n  condition: s",
    "s: {realm.namespace_type: Unknown}\n  condition: s",
    "s: {autodiscover.path: true, autodiscover.answered_by: web_site}\n  condition: s",
    "s: {autodiscover.error.code: [500, 600, 601]}\n  condition: s",
    "s: {autodiscover.response.action: redirectAddr, flow.step_number|gt: 9}\n  condition: s",
    "s: {http.response.via|re: 'squid|bluecoat', http.response.status_code|gte: 400}\n"
    "  condition: s",
    "s: {url.scheme: http, url.domain|endswith: [.outlook.com, .office365.com]}\n  condition: s",
};

std::string rule_text(const std::string& name, std::size_t number, const char* detection) {
  return "title: About {url.domain}\nname: " + name + "\nid: 00000000-0000-4000-8000-0000000000" +
         std::to_string(10 + number) +
         "\nlevel: high\nlogsource: {product: exotap}\nexplain: So.\nremedy: So.\n"
         "tests: {fires: [a], silent: [b]}\ndetection:\n  " +
         detection + "\n";
}

std::unique_ptr<const RuleSet> forty_rules() {
  std::vector<const FactSpec*> facts;
  for (const FactSpec& fact : kFacts) facts.push_back(&fact);
  std::vector<std::string> texts;
  std::vector<std::string> files;
  for (std::size_t i = 0; i < std::size(kDetections); ++i) {
    const std::string name = "rule-" + std::to_string(i);
    files.push_back(name + ".yml");
    texts.push_back(rule_text(name, i, kDetections[i]));
  }
  std::vector<RuleSource> sources;
  for (std::size_t i = 0; i < texts.size(); ++i) sources.push_back({files[i], texts[i]});
  LoadedRules loaded = load_rules(sources, Vocabulary(facts));
  for (const LoadMessage& error : loaded.report.errors()) {
    std::fprintf(stderr, "%s\n", to_string(error).c_str());
  }
  return std::move(loaded.rules);
}

Facts healthy_exchange() {
  Facts facts;
  for (std::size_t i = 0; i < kStatedWhenHealthy; ++i) {
    const FactSpec& fact = kFacts[i];
    if (fact.name == "http.response.status_code") {
      facts.add(fact, 200);
    } else if (fact.name == "url.domain") {
      facts.add(fact, "outlook.office365.com");
    } else if (fact.name == "http.response.is_html") {
      facts.add(fact, false);
    } else if (fact.type == FactType::text) {
      facts.add(fact, "some-ordinary-value");
    } else {
      facts.add(fact, fact.type == FactType::boolean ? 1 : 443);
    }
  }
  return facts;
}

void judge(benchmark::State& state, const Facts& facts) {
  const auto rules = forty_rules();
  if (!rules) return state.SkipWithError("the rules do not load");
  Engine engine(*rules);
  std::vector<Finding> findings;
  std::uint64_t id = 0;
  for (auto _ : state) {
    engine.judge({++id}, facts, WallTime(), findings);
    benchmark::DoNotOptimize(findings.data());
    findings.clear();
  }
}

void BM_JudgeHealthyExchange(benchmark::State& state) { judge(state, healthy_exchange()); }
BENCHMARK(BM_JudgeHealthyExchange);

void BM_JudgeHealthyExchangeByTheLibrary(benchmark::State& state) {
  Facts facts;
  for (std::size_t i = 0; i < kStatedWhenHealthy; ++i) {
    const FactSpec* fact = find_fact(kFacts[i].name);
    if (fact == nullptr) return state.SkipWithError("a fact is no longer");
    if (fact->name == "http.response.status_code") {
      facts.add(*fact, 200);
    } else if (fact->type == FactType::text) {
      facts.add(*fact, "some-ordinary-value");
    } else if (fact->type == FactType::integer) {
      facts.add(*fact, 443);
    } else {
      facts.add(*fact, fact->name != "http.response.is_html");
    }
  }
  const LoadedRules loaded = load_rules(built_in_rules(), Vocabulary(all_facts()));
  if (!loaded.rules) return state.SkipWithError("the library does not load");
  Engine engine(*loaded.rules);
  std::vector<Finding> findings;
  std::uint64_t id = 0;
  for (auto _ : state) engine.judge({++id}, facts, WallTime(), findings);
  if (!findings.empty()) state.SkipWithError("a rule fires");
}
BENCHMARK(BM_JudgeHealthyExchangeByTheLibrary);

void BM_JudgeUnrelatedExchange(benchmark::State& state) {
  Facts facts;
  for (std::size_t i = 0; i < kStatedWhenHealthy; ++i) {
    if (kFacts[i].name != "exotap.mail_related") facts.add(kFacts[i], "value");
  }
  judge(state, facts);
}
BENCHMARK(BM_JudgeUnrelatedExchange);

void BM_JudgeExchangeThatFires(benchmark::State& state) {
  Facts facts;
  for (const FactSpec& fact : kFacts) {
    if (fact.name == "error.type") facts.add(fact, "tcp");
    if (fact.name == "error.code") facts.add(fact, "ECONNREFUSED");
    if (fact.name == "url.port") facts.add(fact, 443);
    if (fact.name == "url.domain") facts.add(fact, "sts.contoso.com");
    if (fact.name == "exotap.mail_related") facts.add(fact, true);
  }
  judge(state, facts);
}
BENCHMARK(BM_JudgeExchangeThatFires);

void BM_LoadFortyRules(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(forty_rules());
}
BENCHMARK(BM_LoadFortyRules)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace exotap
