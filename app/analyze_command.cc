#include "app/analyze_command.h"

#include <CLI/CLI.hpp>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>

#include "app/exit_code.h"
#include "app/judge.h"
#include "app/language.h"
#include "app/rule_sources.h"
#include "app/standard_console.h"
#include "app/why_command.h"
#include "capture/ndjson.h"
#include "capture/ndjson_reader.h"
#include "rules/judging/rule.h"

namespace exotap {
namespace {

constexpr std::uint64_t kMostWarnings = 20;  // of one file, line by line; the rest is only counted

struct Wish {
  std::vector<std::string> files, rules;
  std::string format = "text", fail_on, language;
  std::string why, rule, facts;
  bool events = false;
  bool quiet = false, pseudonyms = false;
};

void declare(CLI::App& app, Wish& wish) {
  app.footer(
      "Example:\n  exotap analyze ~/.local/state/exotap/exotap-20260112-081500.ndjson\n"
      "  exotap analyze FILE --events\n"
      "  exotap analyze FILE --facts 1a2b3c4d-7\n"
      "  exotap analyze FILE --why 1a2b3c4d-7 --rule mailbox-full\n");
  app.add_option(
         "FILE", wish.files,
         "session logs of exotap (NDJSON); of --events, --facts and --why stories (.yml), too")
      ->required();
  app.add_option("--rules", wish.rules, "rules beside the built-in ones")
      ->type_name("DIR")
      ->allow_extra_args(false);
  app.add_option("--format", wish.format, "text or json")->check(CLI::IsMember({"text", "json"}));
  app.add_option("--fail-on", wish.fail_on, "exit with 1 for a finding of this level or above")
      ->check(CLI::IsMember({"informational", "low", "medium", "high", "critical"}));
  declare_language(app, wish.language);
  CLI::Option* events = app.add_flag("--events", wish.events, "only list the exchanges");
  CLI::Option* facts =
      app.add_option("--facts", wish.facts, "only tell what is known of this exchange")
          ->type_name("EVENT")
          ->excludes(events);
  CLI::Option* why =
      app.add_option("--why", wish.why,
                     "of this exchange alone: which rules fire, which nearly, and what keeps them "
                     "from it")
          ->type_name("EVENT")
          ->excludes(events)
          ->excludes(facts);
  app.add_option("--rule", wish.rule, "with --why: this rule only")->type_name("NAME")->needs(why);
  app.add_flag("--quiet", wish.quiet, "findings only");
  app.add_flag("--pseudonyms", wish.pseudonyms, "replace user names by stand-ins");
}

// Of single exchanges, instead of judging them all.
std::optional<WhyOptions> question_of(const Wish& wish) {
  using Ask = WhyOptions::Ask;
  if (!wish.why.empty()) return WhyOptions{Ask::why, wish.files, wish.rules, wish.why, wish.rule};
  if (!wish.facts.empty()) return WhyOptions{Ask::facts, wish.files, wish.rules, wish.facts, {}};
  if (wish.events) return WhyOptions{Ask::events, wish.files, wish.rules, {}, {}};
  return std::nullopt;
}

void tell(std::ostream& errors, const std::string& file, std::string_view what) {
  errors << "exotap: " << file << ": " << what << "\n";
}

bool holds_no_log(const ReadCounts& counts) {
  return counts.exchanges == 0 && counts.lines > 0 &&
         counts.lines == counts.malformed + counts.others;
}

// How many exchanges the file held; nullopt where it cannot be read at all.
std::optional<std::uint64_t> analyze(const std::string& file, Judge& judge, std::ostream& errors) {
  std::error_code unknown;
  std::ifstream in(file, std::ios::binary);
  if (!in || std::filesystem::is_directory(file, unknown)) {
    tell(errors, file,
         in ? "a folder (name the .ndjson files in it)" : "cannot be read (is the path right?)");
    return std::nullopt;
  }
  std::uint64_t warnings = 0;
  NdjsonReader reader(in, [&](std::string_view warning) {
    if (++warnings <= kMostWarnings) tell(errors, file, warning);
  });
  while (std::optional<Judged> judged = reader.next()) {
    judge.take_judged(*judged->exchange, judged->facts);
  }
  judge.flush();
  if (warnings > kMostWarnings) {
    tell(errors, file, std::to_string(warnings - kMostWarnings) + " more lines were skipped");
  }
  if (holds_no_log(reader.counts())) {
    tell(errors, file, "no session log of exotap (give a .ndjson file of --log)");
    return std::nullopt;
  }
  return reader.counts().exchanges;
}

}  // namespace

int analyze_command(std::span<const std::string> words, Terminal terminal) {
  CLI::App app("Judges session logs again, by the rules of this version.", "exotap analyze");
  Wish wish;
  declare(app, wish);
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::CallForHelp&) {
    terminal.out << app.help();
    return kDone;
  } catch (const CLI::Error& error) {
    terminal.errors << "exotap: analyze: " << error.what() << " (see exotap analyze --help)\n";
    return kUsage;
  }
  if (const auto question = question_of(wish)) return tell_why(*question, terminal);
  const Wording& language = chosen_words(wish.language);
  std::unique_ptr<const RuleSet> rules = load_all_rules(wish.rules, terminal.errors, language);
  if (!rules) return kUsage;
  Redaction redaction(wish.pseudonyms);
  const ConsoleFormat format = wish.format == "json" ? ConsoleFormat::json : ConsoleFormat::text;
  const auto [screen, console] =
      make_standard_console(format, wish.quiet, redaction, make_run_id(), language);
  Judge judge(std::move(rules), {console.get()});
  bool all_read = true;
  std::uint64_t exchanges = 0;
  for (const std::string& file : wish.files) {
    const auto found = analyze(file, judge, terminal.errors);
    all_read = all_read && found.has_value();
    exchanges += found.value_or(0);
  }
  judge.end();
  // The summary of a run without exchanges asks after Outlook's proxy: no answer to a file.
  if (exchanges > 0) console->finish({});
  if (!all_read) return kUnreadableInput;
  if (exchanges == 0) {
    terminal.errors << "exotap: analyze: no exchange in what was read (a run with --keep all keeps "
                       "healthy ones, too)\n";
  }
  const auto fail_on = parse_level(wish.fail_on);
  return fail_on && judge.found_any() && judge.worst() >= *fail_on ? kSomethingIsWrong : kDone;
}

}  // namespace exotap
