#include "app/rules_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "app/exit_code.h"
#include "app/language.h"
#include "app/rule_check.h"
#include "app/rule_page.h"
#include "app/rule_sources.h"
#include "app/rule_stories.h"

namespace exotap {
namespace {

constexpr const char* kExamples =
    "Example:\n"
    "  exotap rules list                          every built-in rule, one a line\n"
    "  exotap rules show exchange-throttles       one of them, in words\n"
    "  exotap rules check my-rules                do they load, and can they ever fire here?\n"
    "  exotap rules test my-rules                 do they fire in the stories they name?\n"
    "\nWhy a rule fires or stays silent for one exchange: exotap analyze FILE --why EVENT\n";

struct Wish {
  std::vector<std::string> rules;  // of list and show
  std::string language;            // likewise
  std::string name;
  RuleCheckOptions check;
  RuleStoriesOptions test;
};

CLI::App* declare(CLI::App& app, const char* name, const char* what) {
  CLI::App* command = app.add_subcommand(name, what);
  command->footer(kExamples);
  return command;
}

void declare_rules(CLI::App* command, Wish& wish) {
  command->add_option("--rules", wish.rules, "rules beside the built-in ones")
      ->type_name("DIR")
      ->allow_extra_args(false);
  declare_language(*command, wish.language);
}

void declare_alone(CLI::App* command, bool& alone) {
  command->add_flag("--alone", alone,
                    "without the built-in rules: for the library itself, or copies of its rules");
}

int list(const Wish& wish, Terminal terminal) {
  const std::unique_ptr<const RuleSet> rules =
      load_all_rules(wish.rules, terminal.errors, chosen_words(wish.language));
  if (!rules) return kUsage;
  terminal.out << rule_list(*rules);
  return kDone;
}

int show(const Wish& wish, Terminal terminal) {
  const std::unique_ptr<const RuleSet> rules =
      load_all_rules(wish.rules, terminal.errors, chosen_words(wish.language));
  if (!rules) return kUsage;
  const auto found = find_rule(*rules, wish.name);
  if (!found) {
    terminal.errors << "exotap: rules: there is no rule '" << wish.name << "'"
                    << rule_suggestion(*rules, wish.name)
                    << " (exotap rules list names them all)\n";
    return kSomethingIsWrong;
  }
  terminal.out << rule_page(*rules, *found);
  return kDone;
}

}  // namespace

int rules_command(std::span<const std::string> words, Terminal terminal) {
  CLI::App app("The rules that exotap judges by.", "exotap rules");
  app.footer(kExamples);
  app.require_subcommand(1);
  Wish wish;
  CLI::App* to_list = declare(app, "list", "name, level, owner and title of every rule");
  declare_rules(to_list, wish);
  CLI::App* to_show = declare(app, "show", "one rule in words");
  to_show->add_option("RULE", wish.name, "its name or id")->required();
  declare_rules(to_show, wish);
  CLI::App* to_check = declare(app, "check", "whether the rules below a folder load");
  to_check->add_option("DIR", wish.check.folder, "a folder with rules, or one file")->required();
  to_check->add_flag("--quiet", wish.check.quiet, "broken rules and the summary only");
  declare_alone(to_check, wish.check.alone);
  CLI::App* to_test = declare(app, "test", "whether rules fire and are silent in their stories");
  to_test->add_option("DIR", wish.test.folder, "a folder with rules, or one file")->required();
  to_test
      ->add_option("--stories", wish.test.stories,
                   "where the stories are (else DIR/stories, or tests/flows of a folder above)")
      ->type_name("DIR")
      ->allow_extra_args(false);
  to_test->add_flag("--quiet", wish.test.quiet, "failures and the summary only");
  declare_alone(to_test, wish.test.alone);
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::CallForHelp&) {
    const auto asked = app.get_subcommands();
    terminal.out << (asked.empty() ? app.help() : asked.front()->help());
    return kDone;
  } catch (const CLI::Error& error) {
    terminal.errors << "exotap: rules: " << error.what() << " (see exotap rules --help)\n";
    return kUsage;
  }
  if (to_list->parsed()) return list(wish, terminal);
  if (to_show->parsed()) return show(wish, terminal);
  if (to_check->parsed()) return check_rules(wish.check, terminal);
  return test_rules(wish.test, terminal);
}

}  // namespace exotap
