// docs/diagnoses.md says what docs/diagnoses.yml and the rules say: every failure that was looked
// for has its rules and stories, or a reason. With EXOTAP_BLESS=1 the page is written anew.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "decoders/connection.h"
#include "decoders/entra/aadsts.h"
#include "decoders/entra/oauth_request.h"
#include "decoders/http.h"
#include "tests/flows/diagnoses_page.h"
#include "tests/flows/told_story.h"

namespace exotap::testing {
namespace {

std::filesystem::path docs() { return std::filesystem::path(EXOTAP_SOURCE_DIR) / "docs"; }

const RuleSet& library() {
  static const LoadedRules loaded = load_library();
  if (!loaded.rules) throw std::runtime_error("the rules library does not load");
  return *loaded.rules;
}

std::vector<DiagnosisSection> table() {
  return read_diagnoses(file_text(docs() / "diagnoses.yml"));
}

std::vector<DiagnosisRow> rows() {
  std::vector<DiagnosisRow> all;
  for (const DiagnosisSection& section : table()) {
    all.insert(all.end(), section.rows.begin(), section.rows.end());
  }
  return all;
}

TEST(Diagnoses, ThePageIsTheTablesOwn) {
  const std::string page = diagnoses_page(table(), library());
  const auto path = docs() / "diagnoses.md";
  if (std::getenv("EXOTAP_BLESS") != nullptr) std::ofstream(path, std::ios::binary) << page;
  EXPECT_EQ(file_text(path), page)
      << "docs/diagnoses.md is out of date: run this test with EXOTAP_BLESS=1";
}

TEST(Diagnoses, NameRulesThatThereAre) {
  for (const DiagnosisRow& row : rows()) {
    for (const std::string& name : row.rules) {
      const Rule* rule = library().find(name);
      ASSERT_NE(rule, nullptr) << row.id << ": there is no rule " << name;
      EXPECT_TRUE(rule->fires_alone) << row.id << ": " << name << " never speaks";
    }
  }
}

// A row's own choice of stories is one its rules are proved by; a row without rules shows silence.
TEST(Diagnoses, NameStoriesThatShowThem) {
  const std::vector<std::string> names = story_names();
  for (const DiagnosisRow& row : rows()) {
    for (const std::string& story : row.stories) {
      EXPECT_TRUE(std::binary_search(names.begin(), names.end(), story))
          << row.id << ": there is no story " << story;
      if (row.rules.empty()) continue;
      EXPECT_TRUE(std::any_of(row.rules.begin(), row.rules.end(),
                              [&](const std::string& name) {
                                const Rule* rule = library().find(name);
                                return rule != nullptr &&
                                       std::find(rule->tests.fires.begin(), rule->tests.fires.end(),
                                                 story) != rule->tests.fires.end();
                              }))
          << row.id << ": none of its rules fires in " << story;
    }
  }
}

TEST(Diagnoses, HaveEachRowOnce) {
  std::set<std::string> ids;
  for (const DiagnosisRow& row : rows()) {
    EXPECT_TRUE(ids.insert(row.id).second) << row.id << " stands there twice";
  }
  for (const DiagnosisRow& row : rows()) {
    EXPECT_TRUE(row.same_as.empty() || ids.contains(row.same_as)) << row.id;
  }
}

// What a sign-in with this error alone gives, repeated as a program repeats it that does not give
// up.
std::set<std::string> told_of(int code) {
  std::set<std::string> names;
  Engine engine(library());
  WallTime at{};
  for (std::uint64_t id = 1; id <= 6; ++id, at += std::chrono::seconds(30)) {
    Facts facts;
    facts.add(fact::kUrlDomain, "login.microsoftonline.com");
    facts.add(fact::kExotapMailRelated, true);
    facts.add(fact::kOauthGrant, "password");
    facts.add(fact::kOauthClientId, "d3590ed6-52b3-4102-aeff-aad2292ab01c");
    facts.add(fact::kOauthResource, "https://outlook.office365.com");
    state_aadsts(code, facts);
    std::vector<Finding> found;
    engine.judge({id}, facts, at, found);
    EXPECT_LE(found.size(), 1U) << code;
    for (const Finding& finding : found) names.insert(finding.rule_name);
  }
  return names;
}

TEST(Diagnoses, HaveARuleForEachOfEntraIdsNumbers) {
  std::size_t codes = 0;
  for (const DiagnosisRow& row : rows()) {
    for (const int code : row.codes) {
      ++codes;
      const std::set<std::string> names = told_of(code);
      EXPECT_EQ(names.empty(), row.rules.empty()) << row.id << ": AADSTS" << code;
      for (const std::string& name : names) {
        EXPECT_NE(std::find(row.rules.begin(), row.rules.end(), name), row.rules.end())
            << row.id << ": AADSTS" << code << " is told by " << name;
      }
    }
  }
  EXPECT_GE(codes, 80U);
}

TEST(Diagnoses, GiveANumberNobodyKnowsTheGeneralRule) {
  EXPECT_EQ(told_of(599999), (std::set<std::string>{"entra-error"}));
}

std::string error_of(std::string_view yaml) {
  try {
    read_diagnoses(yaml);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return {};
}

TEST(Diagnoses, RefuseARowThatSaysNothing) {
  const auto table_with = [](const std::string& row) {
    return "sections:\n  - title: T\n    rows:\n      - " + row + "\n";
  };
  EXPECT_EQ(error_of(table_with("{id: A1, what: w, rules: [r]}")), "");
  EXPECT_NE(error_of(table_with("{id: A1, what: w}")), "");
  EXPECT_NE(error_of(table_with("{id: A1, rules: [r]}")), "");
  EXPECT_NE(error_of(table_with("{id: A1, what: w, not_visible: because}")), "");
  EXPECT_NE(error_of(table_with("{id: A1, what: w, rules: [r], rule: x}")), "");
}

}  // namespace
}  // namespace exotap::testing
