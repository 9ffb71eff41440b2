// The texts of rules in another language: message files, one entry a rule, found by the rule's id.
// docs/languages.md describes them.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/judging/rule.h"
#include "rules/reading/load_report.h"

namespace exotap {

// A file's text. `file` names it in what is reported.
struct MessageSource {
  std::string_view file;
  std::string_view text;
};

// One rule's texts, with {fact} placeholders as in the rule.
struct RuleMessage {
  std::string file;
  int line = 0;
  std::string id;       // the rule's
  std::string name;     // the rule's, for people; empty where the entry names none
  std::string english;  // fingerprint_of() the texts it was made from; may be empty
  std::string title;
  std::string explain;
  std::string remedy;
};

// By rule id. Immutable once read.
class Messages {
 public:
  // Reads all files as one set. What is wrong with them, an id given twice among it, is in `report`
  // with its file and line; entries without fault are there all the same. Never throws but for
  // memory.
  Messages(std::span<const MessageSource> sources, LoadReport& report);
  Messages() = default;

  [[nodiscard]] const RuleMessage* find(std::string_view id) const;  // nullptr where there is none
  [[nodiscard]] const std::map<std::string, RuleMessage, std::less<>>& all() const {
    return by_id_;
  }

 private:
  void read(const MessageSource& source, LoadReport& report);

  std::map<std::string, RuleMessage, std::less<>> by_id_;
};

// Eight hexadecimal digits that change with title, explain and remedy: an entry made from texts
// that have changed since is out of date. Of a rule as it was written, in English.
[[nodiscard]] std::string fingerprint_of(const Rule& rule);

}  // namespace exotap
