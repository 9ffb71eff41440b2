#include "rules/matching/explanation.h"

#include "rules/matching/composed_facts.h"
#include "tests/rules/vocabulary_for_test.h"

namespace exotap {
namespace {

// A rule's detection as clauses, and exchanges to hold against it.
class Explained {
 public:
  explicit Explained(std::string_view detection,
                     std::string_view source = "logsource:\n  product: exotap\n")
      : rules_(source.find("exotap") != source.npos
                   ? our_rule("rule", detection)
                   : "title: Of others\n" + std::string(source) + std::string(detection)),
        clause_(clauses_of(rules_.rules().compiled(0).detection)) {}

  [[nodiscard]] std::string text() const { return to_text(clause_, 0); }
  [[nodiscard]] const Clause& clause() const { return clause_; }
  [[nodiscard]] std::size_t missed(const Facts& facts) {
    index_.fill(rules_.rules().slots(), facts);
    EXPECT_EQ(misses(clause_, index_) == 0, holds(clause_, index_));
    EXPECT_EQ(holds(clause_, index_), rules_.rules().compiled(0).detection.matches(index_));
    return misses(clause_, index_);
  }

 private:
  RulesUnderTest rules_;
  Clause clause_;
  FactIndex index_;
};

constexpr std::string_view kProxy = "logsource:\n  category: proxy\n";

TEST(Explanation, IsATreeInTheOrderWritten) {
  const Explained explained(R"(detection:
  refused:
    url.domain|contains: mail
    error.type: tcp
    url.port: 443
  ways:
    - url.path: /a
    - url.path|endswith: /b
      http.response.status_code: 503
  filter_one:
    error.code: X
  filter_two:
    destination.ip: null
  condition: refused and ways and not 1 of filter_*
)");
  EXPECT_EQ(explained.text(),
            "all of:\n"
            "  url.domain contains 'mail'\n"
            "  error.type is 'tcp'\n"
            "  url.port is 443\n"
            "  any of:\n"
            "    url.path is '/a'\n"
            "    all of:\n"
            "      url.path ends with '/b'\n"
            "      http.response.status_code is 503\n"
            "  none of:\n"
            "    error.code is 'X'\n"
            "    destination.ip is absent\n");
}

TEST(Explanation, ASingleStatementStandsAlone) {
  EXPECT_EQ(Explained("detection:\n  a:\n    url.port: 443\n  condition: a\n").text(),
            "url.port is 443\n");
  EXPECT_EQ(Explained("detection:\n  a:\n    url.port: 443\n  condition: not a\n").text(),
            "not: url.port is 443\n");
}

TEST(Explanation, CountsWhatKeepsARuleFromMatching) {
  Explained explained(R"(detection:
  refused:
    error.type: tcp
    url.port: 443
  lab:
    - url.domain: lab.example
    - url.domain: lab2.example
  condition: refused and not lab
)");
  Facts facts = exchange_with("a.example");
  EXPECT_EQ(explained.missed(facts), 2U);
  facts.add(kErrorType, "tcp");
  EXPECT_EQ(explained.missed(facts), 1U);
  facts.add(kPort, 443);
  EXPECT_EQ(explained.missed(facts), 0U);
  facts.add(kDomain, "lab.example");
  EXPECT_EQ(explained.missed(facts), 1U);
}

TEST(Explanation, OfAlternativesTheNearestCounts) {
  Explained explained(R"(detection:
  a:
    error.type: tcp
    url.port: 443
    error.code: X
  b:
    url.path: /b
  condition: a or b
)");
  EXPECT_EQ(explained.missed(exchange_with("a.example")), 1U);
}

TEST(Explanation, KnowsWhatCanNeverMatch) {
  const Explained cookie("detection:\n  a:\n    cs-cookie: x\n    cs-method: GET\n  condition: a\n",
                         kProxy);
  EXPECT_FALSE(may_hold(cookie.clause()));
  const auto unanswered = never_answered(cookie.clause());
  ASSERT_EQ(unanswered.size(), 1U);
  EXPECT_EQ(unanswered[0]->words, "cs-cookie (never available here) is 'x'");
  EXPECT_TRUE(may_hold(
      Explained(
          "detection:\n  a:\n    cs-cookie: x\n  b:\n    cs-method: GET\n  condition: a or b\n",
          kProxy)
          .clause()));
  EXPECT_TRUE(may_hold(
      Explained("detection:\n  a:\n    cs-cookie: null\n    cs-method: GET\n  condition: a\n",
                kProxy)
          .clause()));
  EXPECT_TRUE(may_hold(Explained("detection:\n  a:\n    cs-method: GET\n  b:\n    cs-cookie: x\n"
                                 "  condition: a and not b\n",
                                 kProxy)
                           .clause()));
  EXPECT_FALSE(may_hold(Explained("detection:\n  a:\n    cs-method: GET\n  b:\n"
                                  "    cs-cookie|neq: x\n  condition: a and not b\n",
                                  kProxy)
                            .clause()));
}

}  // namespace
}  // namespace exotap
