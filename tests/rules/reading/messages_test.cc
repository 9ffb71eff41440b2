#include "rules/reading/messages.h"

#include <gmock/gmock.h>

#include <array>

namespace exotap {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kId = "5d5c0c8e-3c0b-4a55-9a58-2f1f2f7d0d10";
constexpr std::string_view kWhole =
    "5d5c0c8e-3c0b-4a55-9a58-2f1f2f7d0d10:\n"
    "  name: port-443-refused\n"
    "  english: 12345678\n"
    "  title: \"{url.domain} lehnt ab\"\n"
    "  explain: >-\n"
    "    Erst dies,\n"
    "    dann das.\n"
    "  remedy: Nachsehen.\n";

std::vector<std::string> errors_of(std::string_view text) {
  const std::array<MessageSource, 1> sources{{{"de/network.yml", text}}};
  LoadReport report;
  const Messages messages(sources, report);
  std::vector<std::string> errors;
  for (const LoadMessage& error : report.errors()) errors.push_back(to_string(error));
  return errors;
}

std::string with(std::string_view line) {
  return std::string(kId) + ":\n  title: a\n  explain: b\n  remedy: c\n" + std::string(line);
}

TEST(Messages, AreFoundByTheIdOfTheirRule) {
  const std::array<MessageSource, 1> sources{{{"de/network.yml", kWhole}}};
  LoadReport report;
  const Messages messages(sources, report);
  ASSERT_FALSE(report.has_errors()) << to_string(report.errors().front());
  const RuleMessage* message = messages.find(kId);
  ASSERT_NE(message, nullptr);
  EXPECT_EQ(message->file, "de/network.yml");
  EXPECT_EQ(message->line, 1);
  EXPECT_EQ(message->name, "port-443-refused");
  EXPECT_EQ(message->english, "12345678");
  EXPECT_EQ(message->title, "{url.domain} lehnt ab");
  EXPECT_EQ(message->explain, "Erst dies, dann das.");
  EXPECT_EQ(message->remedy, "Nachsehen.");
  EXPECT_EQ(messages.find("another"), nullptr);
  EXPECT_EQ(messages.all().size(), 1U);
}

TEST(Messages, NeedNeitherNameNorFingerprint) { EXPECT_THAT(errors_of(with("")), IsEmpty()); }

TEST(Messages, SayWhereSomethingIsWrong) {
  EXPECT_THAT(
      errors_of(with("  titel: d\n")),
      ElementsAre("de/network.yml:5: a message has no key 'titel' (did you mean 'title'?)"));
  EXPECT_THAT(errors_of(with("  english: 1234\n")), ElementsAre(HasSubstr("is no fingerprint")));
  EXPECT_THAT(errors_of(with("  name: [a]\n")), ElementsAre("de/network.yml:5: name is a text"));
  EXPECT_THAT(errors_of("port-443-refused:\n  title: a\n"),
              ElementsAre("de/network.yml:1: 'port-443-refused' is no rule's id (a UUID)"));
  EXPECT_THAT(errors_of("- title: a\n"),
              ElementsAre("de/network.yml:1: messages stand under the ids of their rules"));
  EXPECT_THAT(errors_of(std::string(kId) + ": words\n"), ElementsAre(HasSubstr("has title")));
  EXPECT_THAT(errors_of(""), ElementsAre("de/network.yml: there is no message in it"));
  EXPECT_THAT(errors_of("a: [\n"), ElementsAre(HasSubstr("de/network.yml:")));
}

TEST(Messages, WantEveryTextAndNoneEmpty) {
  EXPECT_THAT(
      errors_of("# words\n" + std::string(kId) + ":\n  title: a\n  explain: ''\n"),
      ElementsAre("de/network.yml:2: explain is missing", "de/network.yml:2: remedy is missing"));
}

TEST(Messages, PointAtTheBracesThatWantQuotes) {
  EXPECT_THAT(errors_of(std::string(kId) + ":\n  title: {url.domain}\n  explain: b\n  remedy: c\n"),
              testing::Contains(HasSubstr("stands in quotes")));
}

TEST(Messages, AreBounded) {
  EXPECT_THAT(errors_of(with("  name: " + std::string(5000, 'n') + "\n")),
              ElementsAre(HasSubstr("longer than 4000")));
}

TEST(Messages, OneRuleHasOneMessageInAllFiles) {
  const std::array<MessageSource, 2> sources{{{"a.yml", kWhole}, {"b.yml", kWhole}}};
  LoadReport report;
  const Messages messages(sources, report);
  ASSERT_EQ(report.errors().size(), 1U);
  EXPECT_EQ(to_string(report.errors()[0]),
            "b.yml:1: there is a message for '" + std::string(kId) + "' already, in a.yml:1");
}

TEST(Fingerprint, ChangesWithEveryText) {
  Rule rule;
  rule.title = "a";
  rule.explain = "b";
  rule.remedy = "c";
  const std::string before = fingerprint_of(rule);
  EXPECT_EQ(before.size(), 8U);
  EXPECT_EQ(fingerprint_of(rule), before);
  Rule moved = rule;
  moved.title = "ab";
  moved.explain = "";
  EXPECT_NE(fingerprint_of(moved), before);
  rule.remedy = "d";
  EXPECT_NE(fingerprint_of(rule), before);
}

}  // namespace
}  // namespace exotap
