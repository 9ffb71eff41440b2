#include "app/rule_check.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "app/exit_code.h"
#include "app/loaded_folder.h"
#include "rules/matching/explanation.h"

namespace exotap {
namespace {

std::string number_of(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

// Why no exchange can ever make the rule fire; empty where one can.
std::string hindrance(const CompiledRule& compiled) {
  if (compiled.correlation) return {};
  const Clause clause = clauses_of(compiled.detection);
  if (may_hold(clause)) return {};
  std::string fields;
  for (const FactTest* test : never_answered(clause)) {
    fields += (fields.empty() ? "" : "; ") + test->words;
  }
  return "it can never match here: no fact of exotap answers " + fields;
}

struct Count {
  std::size_t loaded = 0;
  std::size_t elsewhere = 0;  // of another log source
  std::size_t old_form = 0;
  std::size_t no_rule = 0;  // files that hold none
  std::size_t never = 0;    // ask for what no fact gives
};

Count tell_not_evaluated(const LoadedFolder& folder, bool quiet, std::ostream& out) {
  Count count;
  for (const LoadMessage& warning : folder.warnings) {
    if (warning.left_out == LeftOut::other_source) ++count.elsewhere;
    if (warning.left_out == LeftOut::old_form) ++count.old_form;
    if (warning.left_out == LeftOut::no_rule) ++count.no_rule;
    if (!quiet) out << to_string(warning) << "\n";
  }
  for (std::size_t i = 0; folder.rules && i < folder.rules->size(); ++i) {
    const Rule& rule = folder.rules->rule(i);
    if (!folder.holds(rule)) continue;
    const std::string why = hindrance(folder.rules->compiled(i));
    if (why.empty()) {
      ++count.loaded;
      continue;
    }
    ++count.never;
    if (!quiet) {
      out << rule.file << ":" << rule.line << ": " << rule.name << ": " << why << "\n";
    }
  }
  return count;
}

// "; 5 cannot be evaluated here (3 of other log sources, 2 ask for what no fact gives)"
std::string not_evaluated(const Count& count, std::size_t unsupported) {
  std::string reasons;
  const auto add = [&](std::size_t number, std::string_view what) {
    if (number == 0) return;
    reasons += (reasons.empty() ? "" : ", ") + std::to_string(number) + " " + std::string(what);
  };
  add(count.elsewhere, "of other log sources");
  add(count.never, "that ask for what no fact gives");
  add(unsupported, "that use what exotap does not have");
  if (reasons.empty()) return reasons;
  return "; " + std::to_string(count.elsewhere + count.never + unsupported) +
         " cannot be evaluated here (" + reasons + ")";
}

bool is_of_a_copy(const LoadMessage& message) {
  return message.what.find("is also that of the rule in library/") != std::string::npos;
}

}  // namespace

int check_rules(const RuleCheckOptions& options, Terminal terminal) {
  const LoadedFolder folder = load_folder(options.folder, options.alone);
  for (const LoadMessage& message : folder.unreadable) {
    terminal.errors << "exotap: rules: " << to_string(message)
                    << " (give a folder with .yml rules, or one of them)\n";
  }
  for (const LoadMessage& message : folder.errors) terminal.out << to_string(message) << "\n";
  if (std::ranges::any_of(folder.errors, is_of_a_copy)) {
    terminal.out
        << "A copy of a built-in rule needs a name and an id of its own; --alone checks it "
           "without the built-in ones.\n";
  }
  const Count count = tell_not_evaluated(folder, options.quiet, terminal.out);
  if (folder.files.empty()) return kUnreadableInput;
  const std::size_t unsupported = folder.unsupported.size() + count.old_form;
  const std::size_t broken = folder.broken.size() - folder.unsupported.size();
  terminal.out << number_of(folder.files.size(), "file", "files") << ": "
               << number_of(count.loaded, "rule loads", "rules load")
               << not_evaluated(count, unsupported);
  if (count.no_rule > 0)
    terminal.out << "; " << number_of(count.no_rule, "holds no rule", "hold no rule");
  if (broken > 0) terminal.out << "; " << number_of(broken, "file is broken", "files are broken");
  terminal.out << "\n";
  if (!folder.unreadable.empty()) return kUnreadableInput;
  return broken == 0 ? kDone : kSomethingIsWrong;
}

}  // namespace exotap
