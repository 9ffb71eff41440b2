#include "rules/reading/rule_reader.h"

#include "tests/rules/vocabulary_for_test.h"

namespace exotap {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Read {
  YamlText yaml;
  std::optional<RuleDocument> document;
  std::vector<std::string> errors;
  std::vector<std::string> warnings;
};

Read read(std::string_view text, bool own_keys = false) {
  Read out;
  out.yaml = read_yaml(text);
  LoadReport report;
  const FileReport file(report, "dir/the-rule.yml");
  out.document = read_rule(out.yaml.documents.at(0), "the-rule", file);
  if (own_keys && out.document) check_own_keys(*out.document, file);
  for (const LoadMessage& m : report.errors()) out.errors.push_back(to_string(m));
  for (const LoadMessage& m : report.warnings()) out.warnings.push_back(to_string(m));
  return out;
}

constexpr std::string_view kWhole = R"(title: Something
name: the-rule
id: 11111111-2222-4333-8444-555555555555
status: test
level: critical
logsource: {product: exotap}
description: |
  Two lines
  of text.
author: someone
date: 2026-01-01
references:
  - https://example.org/a
tags: [exotap.network]
detection: {s: {url.port: 443}, condition: s}
fields: [url.domain]
falsepositives: [none]
explain: It is so.
remedy: Do this.
tests:
  fires: [one, two]
  silent: three
about: x509.subject.common_name
once_per: [url.domain, url.port]
only_if_related: false
caused_by_exotap: true
owner: network
)";

TEST(RuleReader, ReadsEveryKey) {
  const Read got = read(kWhole, true);
  ASSERT_THAT(got.errors, IsEmpty());
  ASSERT_TRUE(got.document);
  const Rule& rule = got.document->rule;
  EXPECT_EQ(rule.file, "dir/the-rule.yml");
  EXPECT_EQ(rule.line, 1);
  EXPECT_EQ(rule.title, "Something");
  EXPECT_EQ(rule.name, "the-rule");
  EXPECT_EQ(rule.id, "11111111-2222-4333-8444-555555555555");
  EXPECT_EQ(rule.status, "test");
  EXPECT_EQ(rule.level, Level::critical);
  EXPECT_EQ(rule.source, LogSource::exotap);
  EXPECT_EQ(rule.description, "Two lines\nof text.");
  EXPECT_EQ(rule.author, "someone");
  EXPECT_EQ(rule.date, "2026-01-01");
  EXPECT_THAT(rule.references, ElementsAre("https://example.org/a"));
  EXPECT_THAT(rule.tags, ElementsAre("exotap.network"));
  EXPECT_THAT(rule.fields, ElementsAre("url.domain"));
  EXPECT_EQ(rule.explain, "It is so.");
  EXPECT_EQ(rule.remedy, "Do this.");
  EXPECT_THAT(rule.tests.fires, ElementsAre("one", "two"));
  EXPECT_THAT(rule.tests.silent, ElementsAre("three"));
  EXPECT_EQ(rule.about, "x509.subject.common_name");
  EXPECT_THAT(rule.once_per, ElementsAre("url.domain", "url.port"));
  EXPECT_FALSE(rule.only_if_related);
  EXPECT_TRUE(rule.caused_by_exotap);
  EXPECT_EQ(rule.owner, Owner::network);
  EXPECT_EQ(got.document->kind, DocumentKind::detection);
  EXPECT_EQ(got.document->body, got.document->root->find("detection"));
}

TEST(RuleReader, AnOwnerIsOneOfFour) {
  const Read out = read(
      "title: x\nlogsource: {product: exotap}\n"
      "detection: {s: {url.port: 443}, condition: s}\nowner: netwrk\n");
  EXPECT_THAT(out.errors,
              Contains(HasSubstr("the-rule.yml:4:8: owner is one of user, admin, network "
                                 "and microsoft, not 'netwrk'")));
}

TEST(RuleReader, ARuleOfOthersNeedsLittle) {
  const Read got = read(
      "title: T\nlogsource: {category: proxy}\ndetection: {s: {c-uri: a}, condition: s}\n"
      "custom: anything\n");
  ASSERT_THAT(got.errors, IsEmpty());
  EXPECT_EQ(got.document->rule.name, "the-rule");
  EXPECT_EQ(got.document->rule.id, "the-rule");
  EXPECT_EQ(got.document->rule.level, Level::medium);
  EXPECT_EQ(got.document->rule.source, LogSource::proxy);
}

std::string without(std::string_view key) {
  std::string text(kWhole);
  const std::size_t from = text.find("\n" + std::string(key) + ":") + 1;
  std::size_t to = text.find('\n', from) + 1;
  while (to < text.size() && text[to] == ' ') to = text.find('\n', to) + 1;
  return text.erase(from, to - from);
}

TEST(RuleReader, OursNeedTextsALevelAndTests) {
  EXPECT_THAT(read(without("id"), true).errors, ElementsAre(HasSubstr("id is missing")));
  EXPECT_THAT(read(without("name"), true).errors, ElementsAre(HasSubstr("name is missing")));
  EXPECT_THAT(read(without("level"), true).errors, ElementsAre(HasSubstr("level is missing")));
  EXPECT_THAT(read(without("explain"), true).errors, ElementsAre(HasSubstr("explain is missing")));
  EXPECT_THAT(read(without("remedy"), true).errors, ElementsAre(HasSubstr("remedy is missing")));
  EXPECT_THAT(read(without("tests"), true).errors,
              ElementsAre(HasSubstr("tests.fires is missing"), HasSubstr("tests.silent")));
}

std::vector<std::string> errors_with(std::string_view from, std::string_view to) {
  std::string text(kWhole);
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return read(text.replace(at, from.size(), to), true).errors;
}

TEST(RuleReader, SaysWhatIsWrong) {
  EXPECT_THAT(
      errors_with("level: critical", "level: hihg"),
      ElementsAre("dir/the-rule.yml:5:8: level 'hihg' is not known (did you mean 'high'?)"));
  EXPECT_THAT(errors_with("status: test", "status: tested"),
              ElementsAre(HasSubstr("status 'tested' is not known (did you mean 'test'?)")));
  EXPECT_THAT(errors_with("5555555", "555"), ElementsAre(HasSubstr("is no UUID")));
  EXPECT_THAT(errors_with("name: the-rule", "name: The_Rule"),
              ElementsAre(HasSubstr("not in kebab-case")));
  EXPECT_THAT(errors_with("author:", "auhtor:"),
              ElementsAre(HasSubstr("the key 'auhtor' is not known (did you mean 'author'?)")));
  EXPECT_THAT(errors_with("only_if_related: false", "only_if_related: maybe"),
              ElementsAre(HasSubstr("only_if_related is true or false")));
  EXPECT_THAT(errors_with("  silent: three", "  quiet: three"),
              ElementsAre(HasSubstr("not 'quiet'"), HasSubstr("tests.silent is missing")));
  EXPECT_THAT(errors_with("title: Something", "title: [a]"),
              ElementsAre(HasSubstr("title is a text"), HasSubstr("title is missing")));
  EXPECT_THAT(errors_with("tags: [exotap.network]", "tags: {a: b}"),
              ElementsAre(HasSubstr("tags is a list")));
}

TEST(RuleReader, RefusesADocumentThatIsNoRule) {
  EXPECT_THAT(read("- a\n- b\n").errors, ElementsAre(HasSubstr("a map of keys")));
  EXPECT_THAT(read("title: a\n").errors, ElementsAre(HasSubstr("one of detection, correlation")));
  EXPECT_THAT(read("title: a\ndetection: {}\ncorrelation: {}\n").errors,
              ElementsAre(HasSubstr("one of detection, correlation")));
}

TEST(RuleReader, RulesForOtherProductsAreLeftOutWithAWord) {
  const Read got = read(
      "title: a\nlogsource: {product: windows, category: process_creation}\n"
      "detection: {s: {Image: a}, condition: s}\n");
  EXPECT_THAT(got.errors, IsEmpty());
  EXPECT_THAT(got.warnings, ElementsAre(HasSubstr("'windows' is none that exotap sees; the rule is "
                                                  "left out")));
  ASSERT_TRUE(got.document);
  EXPECT_TRUE(got.document->skipped);
}

TEST(RuleReader, AMisspeltProductOfOursIsAnError) {
  EXPECT_THAT(read("title: a\nlogsource: {product: exotpa}\ndetection: {s: {a: b}}\n").errors,
              Contains(HasSubstr("did you mean 'exotap'?")));
  EXPECT_THAT(read("title: a\nlogsource: {category: proxi}\ndetection: {s: {a: b}}\n").errors,
              Contains(HasSubstr("did you mean 'proxy'?")));
  EXPECT_THAT(read("title: a\ndetection: {s: {a: b}}\n").errors,
              Contains(HasSubstr("logsource is missing")));
}

}  // namespace
}  // namespace exotap
