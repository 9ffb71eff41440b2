// A few facts under their real names, and verbs to load rules and judge exchanges in tests.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/judging/engine.h"
#include "rules/loading/rule_loader.h"

namespace exotap {

inline constexpr FactSpec kMailRelated{"exotap.mail_related", FactType::boolean, ""};
inline constexpr FactSpec kSpeculative{"exotap.speculative", FactType::boolean, ""};
inline constexpr FactSpec kClientAborted{"exotap.client_aborted", FactType::boolean, ""};
inline constexpr FactSpec kScheme{"url.scheme", FactType::text, ""};
inline constexpr FactSpec kDomain{"url.domain", FactType::text, ""};
inline constexpr FactSpec kPort{"url.port", FactType::integer, ""};
inline constexpr FactSpec kPath{"url.path", FactType::text, ""};
inline constexpr FactSpec kQuery{"url.query", FactType::text, ""};
inline constexpr FactSpec kMethod{"http.request.method", FactType::text, ""};
inline constexpr FactSpec kStatus{"http.response.status_code", FactType::integer, ""};
inline constexpr FactSpec kIsHtml{"http.response.is_html", FactType::boolean, ""};
inline constexpr FactSpec kUserAgent{"user_agent.original", FactType::text, ""};
inline constexpr FactSpec kErrorType{"error.type", FactType::text, ""};
inline constexpr FactSpec kErrorCode{"error.code", FactType::text, ""};
inline constexpr FactSpec kDestination{"destination.ip", FactType::text, ""};
inline constexpr FactSpec kChallenge{"http.auth.challenge", FactType::text, ""};
inline constexpr FactSpec kProblem{"tls.certificate.problem", FactType::text, ""};
inline constexpr FactSpec kIssuer{"x509.issuer.common_name", FactType::text, ""};
inline constexpr FactSpec kSubject{"x509.subject.common_name", FactType::text, ""};
inline constexpr FactSpec kAttempt{"flow.attempt", FactType::integer, ""};

inline constexpr std::array<const FactSpec*, 20> kTestFacts{
    &kMailRelated, &kSpeculative, &kClientAborted, &kScheme, &kDomain,    &kPort,      &kPath,
    &kQuery,       &kMethod,      &kStatus,        &kIsHtml, &kUserAgent, &kErrorType, &kErrorCode,
    &kDestination, &kChallenge,   &kProblem,       &kIssuer, &kSubject,   &kAttempt};

inline Vocabulary test_vocabulary() { return Vocabulary(kTestFacts); }

// A moment so many seconds after the tests began.
inline WallTime at(std::chrono::seconds since) {
  return WallTime(std::chrono::hours(24 * 365 * 55)) + since;
}

// Mail traffic to a host, with nothing else known.
inline Facts exchange_with(std::string_view host) {
  Facts facts;
  facts.add(kMailRelated, true);
  facts.add(kDomain, host);
  return facts;
}

// A rule of ours, whole but for the text given: its log source, detection and what else it has.
inline std::string our_rule(std::string_view name, std::string_view rest) {
  // The id's last digits tell test rules apart.
  const std::size_t number = std::hash<std::string_view>()(name) % 900000 + 100000;
  return "title: A test of {url.domain}\nname: " + std::string(name) +
         "\nid: 00000000-0000-4000-8000-000000" + std::to_string(number) +
         "\nlevel: high\nlogsource:\n  product: exotap\nexplain: It failed.\nremedy: Mend it.\n"
         "tests:\n  fires: [a-story]\n  silent: [another]\n" +
         std::string(rest);
}

inline LoadedRules load(std::string_view file, std::string_view text) {
  const RuleSource source{file, text};
  return load_rules({&source, 1}, test_vocabulary());
}

// What loading the text complains of, one message after the other; empty where it loads.
inline std::vector<std::string> errors_of(std::string_view file, std::string_view text) {
  std::vector<std::string> errors;
  const LoadedRules loaded = load(file, text);
  EXPECT_EQ(loaded.rules == nullptr, loaded.report.has_errors());
  for (const LoadMessage& message : loaded.report.errors()) {
    errors.push_back(to_string(message));
  }
  return errors;
}

// Rules and the engine that judges by them.
class RulesUnderTest {
 public:
  explicit RulesUnderTest(std::string_view text, std::string_view file = "rule.yml")
      : loaded_(load(file, text)) {
    for (const LoadMessage& message : loaded_.report.errors()) {
      ADD_FAILURE() << to_string(message);
    }
    if (loaded_.rules) engine_ = std::make_unique<Engine>(*loaded_.rules);
  }

  std::vector<Finding> judge(const Facts& facts, std::chrono::seconds when, std::uint64_t id) {
    std::vector<Finding> findings;
    if (engine_) engine_->judge({id}, facts, at(when), findings);
    return findings;
  }
  // As another exchange, one second after the last.
  std::vector<Finding> judge(const Facts& facts) {
    ++exchanges_;
    return judge(facts, std::chrono::seconds(exchanges_), exchanges_);
  }
  bool fires(const Facts& facts) { return !judge(facts).empty(); }

  [[nodiscard]] const RuleSet& rules() const { return *loaded_.rules; }
  [[nodiscard]] const LoadReport& report() const { return loaded_.report; }
  Engine& engine() { return *engine_; }

 private:
  LoadedRules loaded_;
  std::unique_ptr<Engine> engine_;
  std::uint64_t exchanges_ = 0;
};

}  // namespace exotap
