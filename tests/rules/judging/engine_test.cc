#include "rules/judging/engine.h"

#include <atomic>
#include <cstdlib>
#include <new>

#include "tests/rules/vocabulary_for_test.h"

namespace {

// Counts what this program allocates, for the test that judging allocates nothing.
std::atomic<std::size_t> allocations = 0;

}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size == 0 ? 1 : size);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace exotap {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kRefused = R"(
title: Port 443 of {url.domain} refuses
name: port-refused
id: 3f1a4c1e-6b0e-4a37-9a0d-0c2d5b1f7a01
level: high
logsource:
  product: exotap
references: [https://example.org/why]
detection:
  selection:
    error.type: tcp
    error.code:
      - ECONNREFUSED
      - ETIMEDOUT
  other_side:
    http.response.status_code|exists: true
  condition: selection and not other_side
fields: [destination.ip, url.port]
explain: "{url.domain} at {destination.ip|an unknown address} said {error.code}."
remedy: Ask whoever runs the router.
tests:
  fires: [router-blocks-443]
  silent: [healthy]
)";

Facts refused(std::string_view host) {
  Facts facts = exchange_with(host);
  facts.add(kErrorType, "tcp");
  facts.add(kErrorCode, "ECONNREFUSED");
  return facts;
}

TEST(Engine, TellsWhatTheRuleSaysWithTheFactsPutIn) {
  RulesUnderTest rules(kRefused, "port-refused.yml");
  Facts facts = refused("sts.contoso.com");
  facts.add(kDestination, "192.0.2.7");
  facts.add(kAttempt, 12);
  const auto findings = rules.judge(facts, 0s, 77);
  ASSERT_THAT(findings, SizeIs(1));
  const Finding& finding = findings[0];
  EXPECT_EQ(finding.rule_id, "3f1a4c1e-6b0e-4a37-9a0d-0c2d5b1f7a01");
  EXPECT_EQ(finding.rule_name, "port-refused");
  EXPECT_EQ(finding.level, Level::high);
  EXPECT_EQ(finding.title, "Port 443 of sts.contoso.com refuses");
  EXPECT_EQ(finding.explain, "sts.contoso.com at 192.0.2.7 said ECONNREFUSED.");
  EXPECT_EQ(finding.remedy, "Ask whoever runs the router.");
  EXPECT_THAT(finding.references, ElementsAre("https://example.org/why"));
  EXPECT_EQ(finding.host, "sts.contoso.com");
  EXPECT_EQ(finding.exchange_id, 77U);
  EXPECT_EQ(finding.attempt_id, 12U);
  EXPECT_EQ(finding.repeats, 1U);
  EXPECT_FALSE(finding.caused_by_exotap);
}

TEST(Engine, ShowsTheFactsThatMadeTheRuleFireAndTheFieldsItNames) {
  RulesUnderTest rules(kRefused, "port-refused.yml");
  Facts facts = refused("sts.contoso.com");
  facts.add(kDestination, "192.0.2.7");
  facts.add(kMethod, "CONNECT");
  const auto findings = rules.judge(facts, 0s, 77);
  ASSERT_THAT(findings, SizeIs(1));
  std::vector<std::string> evidence;
  for (const Evidence& e : findings[0].evidence) {
    EXPECT_EQ(e.exchange_id, 77U);
    evidence.push_back(e.field + "=" + e.value);
  }
  EXPECT_THAT(evidence,
              ElementsAre("error.type=tcp", "error.code=ECONNREFUSED", "destination.ip=192.0.2.7"));
}

TEST(Engine, StaysSilentWhereTheConditionDoesNotHold) {
  RulesUnderTest rules(kRefused, "port-refused.yml");
  EXPECT_FALSE(rules.fires(exchange_with("a.example")));
  Facts answered = refused("a.example");
  answered.add(kStatus, 200);
  EXPECT_FALSE(rules.fires(answered));
  Facts other_code = exchange_with("a.example");
  other_code.add(kErrorType, "tcp");
  other_code.add(kErrorCode, "EHOSTUNREACH");
  EXPECT_FALSE(rules.fires(other_code));
  EXPECT_TRUE(rules.fires(refused("a.example")));
}

TEST(Engine, OurRulesAreForMailTrafficThatWasMeant) {
  const auto fires = [](bool related, bool speculative, bool aborted) {
    RulesUnderTest rules(kRefused, "port-refused.yml");
    Facts facts;
    facts.add(kMailRelated, related);
    facts.add(kErrorType, "tcp");
    facts.add(kErrorCode, "ETIMEDOUT");
    if (speculative) facts.add(kSpeculative, true);
    if (aborted) facts.add(kClientAborted, true);
    return rules.fires(facts);
  };
  EXPECT_TRUE(fires(true, false, false));
  EXPECT_FALSE(fires(false, false, false));
  EXPECT_FALSE(fires(true, true, false));
  EXPECT_FALSE(fires(true, false, true));
}

TEST(Engine, ARuleMayAskForAllTraffic) {
  RulesUnderTest rules(our_rule("rule", R"(only_if_related: false
detection:
  selection:
    error.type: tcp
  condition: selection
)"));
  Facts facts;
  facts.add(kMailRelated, false);
  facts.add(kErrorType, "tcp");
  EXPECT_TRUE(rules.fires(facts));
}

TEST(Engine, TheSameFindingForTheSameHostIsARepeat) {
  RulesUnderTest rules(kRefused, "port-refused.yml");
  EXPECT_EQ(rules.judge(refused("a.example"), 0s, 1).at(0).repeats, 1U);
  EXPECT_EQ(rules.judge(refused("a.example"), 5s, 2).at(0).repeats, 2U);
  EXPECT_EQ(rules.judge(refused("b.example"), 6s, 3).at(0).repeats, 1U);
  EXPECT_EQ(rules.judge(refused("a.example"), 9min, 4).at(0).repeats, 3U);
  EXPECT_EQ(rules.judge(refused("a.example"), 20min, 5).at(0).repeats, 1U);
}

TEST(Engine, AWaitingExchangeTellsOnce) {
  RulesUnderTest rules(kRefused, "port-refused.yml");
  EXPECT_THAT(rules.judge(refused("a.example"), 0s, 1), SizeIs(1));
  EXPECT_THAT(rules.judge(refused("a.example"), 5s, 1), IsEmpty());
}

TEST(Engine, OncePerNamesWhatTellsRepeatsApart) {
  RulesUnderTest rules(our_rule("rule", R"(once_per: [error.code]
detection:
  selection:
    error.type: tcp
  condition: selection
)"));
  Facts timed_out = exchange_with("c.example");
  timed_out.add(kErrorType, "tcp");
  timed_out.add(kErrorCode, "ETIMEDOUT");
  EXPECT_EQ(rules.judge(refused("a.example")).at(0).repeats, 1U);
  EXPECT_EQ(rules.judge(refused("b.example")).at(0).repeats, 2U);
  EXPECT_EQ(rules.judge(timed_out).at(0).repeats, 1U);
}

TEST(Engine, AboutNamesWhomAFindingIsAbout) {
  RulesUnderTest rules(our_rule("rule", R"(about: x509.issuer.common_name
caused_by_exotap: true
detection:
  selection:
    tls.certificate.problem: expired
  condition: selection
)"));
  Facts facts = exchange_with("a.example");
  facts.add(kProblem, "expired");
  facts.add(kIssuer, "Contoso CA");
  const auto findings = rules.judge(facts);
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_EQ(findings[0].host, "Contoso CA");
  EXPECT_TRUE(findings[0].caused_by_exotap);
}

TEST(Engine, EvidenceIsBoundedInNumberAndLength) {
  RulesUnderTest rules(our_rule("rule", R"(detection:
  selection:
    tls.certificate.problem: '*'
  condition: selection
)"));
  Facts facts = exchange_with("a.example");
  for (int i = 0; i < 40; ++i) facts.add(kProblem, std::to_string(i) + std::string(1000, 'x'));
  const auto findings = rules.judge(facts);
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_THAT(findings[0].evidence, SizeIs(kMaxEvidence));
  for (const Evidence& e : findings[0].evidence) EXPECT_LE(e.value.size(), kMaxEvidenceText);
}

constexpr std::string_view kCountedRules = R"(
title: Every host fails on 443, {correlation.count} so far ({correlation.values})
name: all-hosts
id: 3f1a4c1e-6b0e-4a37-9a0d-0c2d5b1f7a02
level: critical
correlation:
  type: value_count
  rules: [one-host]
  group-by: [error.code]
  timespan: 5m
  condition:
    field: url.domain
    gte: 2
explain: Port 443 is closed for all.
remedy: Ask whoever runs the router.
tests: {fires: [a], silent: [b]}
---
title: One host fails
name: one-host
logsource: {product: exotap}
detection:
  selection:
    error.type: tcp
  condition: selection
)";

TEST(Engine, ACorrelationFiresWhereItsRulesAloneDoNot) {
  RulesUnderTest rules(kCountedRules, "all-hosts.yml");
  EXPECT_THAT(rules.judge(refused("a.example"), 0s, 1), IsEmpty());
  EXPECT_THAT(rules.judge(refused("a.example"), 1s, 2), IsEmpty());
  const auto findings = rules.judge(refused("b.example"), 2s, 3);
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_EQ(findings[0].rule_name, "all-hosts");
  EXPECT_EQ(findings[0].level, Level::critical);
  EXPECT_EQ(findings[0].title, "Every host fails on 443, 2 so far (a.example, b.example)");
  std::vector<std::pair<std::uint64_t, std::string>> evidence;
  for (const Evidence& e : findings[0].evidence) evidence.emplace_back(e.exchange_id, e.value);
  EXPECT_THAT(evidence, ElementsAre(std::pair(3U, "tcp"), std::pair(3U, "b.example"),
                                    std::pair(2U, "a.example")));
}

constexpr std::string_view kSummedRules = R"(
title: "{url.domain}: {correlation.value} in {correlation.count} exchanges"
name: too-much
id: 3f1a4c1e-6b0e-4a37-9a0d-0c2d5b1f7a02
level: high
correlation:
  type: value_sum
  rules: [sent]
  group-by: [url.domain]
  timespan: 5m
  condition: {field: url.port, gt: 1000}
explain: So.
remedy: So.
tests: {fires: [a], silent: [b]}
---
title: Something was sent
name: sent
logsource: {product: exotap}
detection:
  selection:
    url.port|exists: true
  condition: selection
)";

TEST(Engine, ACorrelationAddsUpAFact) {
  RulesUnderTest rules(kSummedRules, "too-much.yml");
  const auto sent = [](std::string_view host, std::int64_t amount) {
    Facts facts = exchange_with(host);
    facts.add(kPort, amount);
    return facts;
  };
  EXPECT_THAT(rules.judge(sent("a.example", 800), 0s, 1), IsEmpty());
  EXPECT_THAT(rules.judge(sent("b.example", 800), 1s, 2), IsEmpty());
  // Told while it waits, and again with its last number.
  EXPECT_THAT(rules.judge(sent("a.example", 100), 2s, 3), IsEmpty());
  const auto findings = rules.judge(sent("a.example", 300), 3s, 3);
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_EQ(findings[0].title, "a.example: 1100 in 2 exchanges");
  std::vector<std::pair<std::uint64_t, std::string>> evidence;
  for (const Evidence& e : findings[0].evidence) evidence.emplace_back(e.exchange_id, e.value);
  EXPECT_THAT(evidence, ElementsAre(std::pair(3U, "300"), std::pair(1U, "800")));
}

TEST(Engine, TheCountedRuleFiresAsWellIfTheCorrelationSaysGenerate) {
  RulesUnderTest rules(our_rule("base", R"(detection:
  selection:
    error.type: tcp
  condition: selection
)") + "---\n" + R"(title: Twice
name: twice
id: 3f1a4c1e-6b0e-4a37-9a0d-0c2d5b1f7a02
level: high
generate: true
correlation:
  type: event_count
  rules: base
  timespan: 1m
  condition: {gte: 2}
explain: So.
remedy: So.
tests: {fires: [a], silent: [b]}
)",
                       "twice.yml");
  EXPECT_THAT(rules.judge(refused("a.example"), 0s, 1), SizeIs(1));
  EXPECT_THAT(rules.judge(refused("a.example"), 1s, 2), SizeIs(2));
}

TEST(Engine, OtherRulesKeepWhatHasBeenToldAndBeginToCountAnew) {
  RulesUnderTest rules(kRefused, "port-refused.yml");
  RulesUnderTest reread(kRefused, "port-refused.yml");
  EXPECT_EQ(rules.judge(refused("a.example"), 0s, 1).at(0).repeats, 1U);
  rules.engine().replace(reread.rules());
  EXPECT_EQ(rules.judge(refused("a.example"), 1s, 2).at(0).repeats, 2U);
}

TEST(Engine, AllocatesNothingForAnExchangeThatFiresNothing) {
  RulesUnderTest rules(std::string(kRefused) + R"(---
title: Of others
logsource: {category: proxy}
detection:
  selection:
    c-uri|contains: /nothing/of/ours
  keywords: [nowhere, '*not*here*']
  condition: 1 of them
)",
                       "port-refused.yml");
  Facts facts = exchange_with("a.example");
  facts.add(kScheme, "https");
  facts.add(kPath, "/a/path/long/enough/not/to/fit/into/a/short/string.xml");
  facts.add(kErrorType, "tcp");
  facts.add(kErrorCode, "EPIPE");
  std::vector<Finding> findings;
  rules.engine().judge({1}, facts, at(0s), findings);
  const std::size_t before = allocations;
  for (std::uint64_t i = 2; i < 100; ++i) rules.engine().judge({i}, facts, at(0s), findings);
  EXPECT_EQ(allocations, before);
  EXPECT_THAT(findings, IsEmpty());
}

}  // namespace
}  // namespace exotap
