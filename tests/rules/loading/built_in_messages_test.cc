// The rules exotap comes with, in its other languages: which texts are missing, out of date or not
// translated. What fails here is the list of what a translator has to do.
#include "rules/loading/built_in_messages.h"

#include <gmock/gmock.h>

#include <map>
#include <string>

#include "decoders/decoder.h"
#include "rules/loading/built_in_rules.h"
#include "rules/loading/rule_files.h"
#include "rules/loading/rule_loader.h"

namespace exotap {
namespace {

constexpr std::size_t kWidestTitle = 110;  // characters

const RuleSet& in_english() {
  static const LoadedRules loaded = load_rules(built_in_rules(), Vocabulary(all_facts()));
  if (!loaded.rules) throw std::runtime_error("the rules do not load");
  return *loaded.rules;
}

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(
      utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// The languages beside English.
std::vector<std::string> languages() {
  std::vector<std::string> codes;
  for (const Wording& words : all_wordings()) {
    if (words.code != "en") codes.emplace_back(words.code);
  }
  return codes;
}

class BuiltInMessages : public testing::TestWithParam<std::string> {
 protected:
  std::vector<MessageSource> sources() const {
    std::vector<MessageSource> found;
    for (const MessageSource& source : built_in_messages()) {
      if (source.file.starts_with("messages/" + GetParam() + "/")) found.push_back(source);
    }
    return found;
  }
  Messages messages() const {
    LoadReport report;
    const auto all = sources();
    Messages read(all, report);
    for (const LoadMessage& error : report.errors()) ADD_FAILURE() << to_string(error);
    return read;
  }
};

TEST_P(BuiltInMessages, LoadWithoutAWordOfComplaint) {
  const auto all = sources();
  const LoadedRules loaded =
      load_rules(built_in_rules(), Vocabulary(all_facts()), {}, {wording_in(GetParam()), all});
  for (const LoadMessage& error : loaded.report.errors()) ADD_FAILURE() << to_string(error);
  for (const LoadMessage& warning : loaded.report.warnings()) ADD_FAILURE() << to_string(warning);
  EXPECT_NE(loaded.rules, nullptr);
}

TEST_P(BuiltInMessages, AreThereForEveryRule) {
  const Messages told = messages();
  for (std::size_t i = 0; i < in_english().size(); ++i) {
    const Rule& rule = in_english().rule(i);
    if (!rule.fires_alone) continue;
    EXPECT_NE(told.find(rule.id), nullptr)
        << GetParam() << ": missing: " << rule.name << "\n  " << rule.id << ":\n    english: \""
        << fingerprint_of(rule) << '"';
  }
}

TEST_P(BuiltInMessages, AreMadeFromTheTextsOfToday) {
  const Messages told = messages();
  for (const auto& [id, message] : told.all()) {
    const Rule* rule = in_english().find(id);
    if (rule == nullptr) continue;
    EXPECT_EQ(message.english, fingerprint_of(*rule))
        << message.file << ":" << message.line << ": out of date: " << rule->name
        << " has other words since (see what has changed, then give the new fingerprint)";
    EXPECT_EQ(message.name, rule->name) << message.file << ":" << message.line;
  }
}

// What was copied and never translated reads as in English.
TEST_P(BuiltInMessages, SayItInTheirOwnWords) {
  const Messages told = messages();
  for (const auto& [id, message] : told.all()) {
    const Rule* rule = in_english().find(id);
    if (rule == nullptr) continue;
    EXPECT_NE(message.title, rule->title) << message.name;
    EXPECT_NE(message.explain, rule->explain) << message.name;
    EXPECT_NE(message.remedy, rule->remedy) << message.name;
    for (const std::string& text : {message.title, message.explain, message.remedy}) {
      for (const char* english : {" the ", " and ", " is ", " of ", " to ", "|unknown}"}) {
        EXPECT_EQ(text.find(english), std::string::npos) << message.name << ": " << text;
      }
    }
    EXPECT_LE(characters(message.title), kWidestTitle) << message.name << ": " << message.title;
  }
}

// A rule is looked for in the file of its room.
TEST_P(BuiltInMessages, StandInTheFileOfTheirRoom) {
  const Messages told = messages();
  for (const auto& [id, message] : told.all()) {
    const Rule* rule = in_english().find(id);
    if (rule == nullptr) continue;
    const std::string room = rule->file.substr(0, rule->file.rfind('/'));  // library/network
    EXPECT_EQ(message.file, "messages/" + GetParam() + room.substr(room.find('/')) + ".yml")
        << message.name;
  }
}

INSTANTIATE_TEST_SUITE_P(Languages, BuiltInMessages, testing::ValuesIn(languages()),
                         [](const auto& tested) { return tested.param; });

TEST(BuiltInMessagesFiles, AreThoseOfTheFolder) {
  LoadReport report;
  const auto files =
      read_rule_files(std::filesystem::path(EXOTAP_SOURCE_DIR) / "rules/messages", report);
  ASSERT_FALSE(report.has_errors());
  std::map<std::string, std::string_view> on_disk;
  for (const RuleFile& file : files)
    on_disk[file.file.substr(file.file.rfind("messages/"))] = file.text;
  std::map<std::string, std::string_view> embedded;
  for (const MessageSource& source : built_in_messages())
    embedded[std::string(source.file)] = source.text;
  EXPECT_EQ(embedded, on_disk);
}

// A folder of a language nobody can choose would never be read.
TEST(BuiltInMessagesFiles, AreOfLanguagesThatExotapSpeaks) {
  for (const MessageSource& source : built_in_messages()) {
    std::string_view code = source.file.substr(std::string_view("messages/").size());
    code = code.substr(0, code.find('/'));
    EXPECT_NE(wording_in(code), nullptr) << source.file;
    EXPECT_NE(code, "en") << source.file << ": English stands in the rules";
  }
}

}  // namespace
}  // namespace exotap
