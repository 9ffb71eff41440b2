#include "app/demo.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "app/child_process.h"
#include "app/console/screen.h"
#include "app/console/style.h"
#include "app/demo_child.h"
#include "app/demo_verdict.h"
#include "app/exit_code.h"
#include "app/interruption.h"
#include "app/lab/client.h"
#include "app/lab/cloud.h"
#include "app/language.h"
#include "app/paths.h"
#include "app/relayed_output.h"
#include "app/temporary_folder.h"
#include "capture/timestamp.h"

namespace exotap {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kStartLimit{30};
constexpr seconds kStopLimit{10};
// The proxy's words on a story come from its analysis thread: a story is over when it has been
// quiet for this long, and in any case after the limit.
constexpr milliseconds kQuiet{300};
constexpr milliseconds kQuietLimit{3000};

struct Options {
  std::string log, language;
  std::vector<std::string> stories;
  bool list = false;
};

void write_file(const fs::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<LoggedFinding> findings_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".ndjson") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<LoggedFinding> all;
  for (const fs::path& file : files) {
    std::ifstream in(file, std::ios::binary);
    for (LoggedFinding& finding : read_findings(in)) all.push_back(std::move(finding));
  }
  return all;
}

std::vector<lab::Story> chosen_stories(const Options& options) {
  std::vector<lab::Story> all = lab::built_in_stories(options.stories.empty());
  std::vector<lab::Story> chosen;
  for (lab::Story& story : all) {
    const auto& names = options.stories;
    if (names.empty() || std::find(names.begin(), names.end(), story.id) != names.end()) {
      chosen.push_back(std::move(story));
    }
  }
  return chosen;
}

bool symbols_welcome() {
  constexpr int kStandardOutput = 1;
  const auto environment = [](const char* name) -> const char* { return std::getenv(name); };
  return Style::of(*open_screen(kStandardOutput), environment).symbols;
}

// Lab, child and client of one demo, from first to last story.
class Demo {
 public:
  Demo(std::vector<lab::Story> stories, fs::path log, std::string_view language, std::ostream& out)
      : cloud_(std::move(stories)), log_(std::move(log)), language_(language), out_(out) {}

  int run() {
    const DemoPlaces places = prepare();
    ChildProcess child(own_executable(), run_arguments(places, cloud_.ports(), cloud_.domains()));
    std::vector<StoryRun> runs;
    {
      RelayedOutput output(child, out_);
      const auto port = output.wait_for_port(kStartLimit);
      if (!port) {
        child.stop(seconds(0));
        throw std::runtime_error("`exotap run` did not start");
      }
      lab::Client client({*port, {}, read_file(places.authority / "ca.pem"), milliseconds(0)});
      for (const lab::Story& story : cloud_.stories()) {
        if (interruption_.asked()) break;
        runs.push_back({&story, std::chrono::system_clock::now()});
        tell(story, client, output);
      }
      output.say("\nThe proxy is stopped; it sums up:\n");
      child.stop(kStopLimit);
    }
    return conclude(runs);
  }

 private:
  DemoPlaces prepare() const {
    const DemoPlaces places{temporary_.path() / "ca", temporary_.path() / "lab-root.pem",
                            temporary_.path() / "exotap.toml", log_, language_};
    write_file(places.lab_root, cloud_.root_pem());
    write_file(places.config, "");
    out_ << "A small faulty Microsoft cloud runs on this machine; a script plays Outlook's part, "
            "through a real\n`exotap run`, whose own words are indented. Nothing leaves this "
            "machine.\n";
    return places;
  }

  void tell(const lab::Story& story, lab::Client& client, RelayedOutput& output) {
    ++told_;
    output.say(fmt::format("\n{}/{}  {}\n      {}\n", told_, cloud_.stories().size(), story.title,
                           story.shows));
    client.play(story);
    output.wait_until_quiet(kQuiet, kQuietLimit);
  }

  int conclude(const std::vector<StoryRun>& runs) const {
    const std::vector<Verdict> verdicts = judge_stories(runs, findings_in(log_));
    const auto good = std::count_if(verdicts.begin(), verdicts.end(),
                                    [](const Verdict& verdict) { return verdict.as_expected(); });
    out_ << "\nWhat was found:\n" << table_of(verdicts, symbols_welcome());
    out_ << fmt::format("\n{} of {} stories gave what they should. The log: {}\n", good,
                        cloud_.stories().size(), log_.string());
    if (interruption_.asked()) out_ << "Stopped before the end.\n";
    out_.flush();
    const bool all = static_cast<std::size_t>(good) == cloud_.stories().size();
    return all && !interruption_.asked() ? kDone : kSomethingIsWrong;
  }

  Interruption interruption_;
  TemporaryFolder temporary_{"exotap-demo-"};
  lab::Cloud cloud_;
  fs::path log_;
  std::string language_;
  std::ostream& out_;
  std::size_t told_ = 0;
};

int list_stories(std::ostream& out) {
  for (const lab::Story& story : lab::built_in_stories(false)) {
    out << fmt::format("{:<50} {}\n", story.id, story.title);
  }
  return kDone;
}

fs::path log_folder(const Options& options) {
  if (!options.log.empty()) return options.log;
  const std::string name = "demo-" + file_stamp(std::chrono::system_clock::now());
  const fs::path state = default_log_folder();
  return (state.empty() ? fs::current_path() : state) / name;
}

int run_demo(const Options& options, Terminal terminal) {
  if (options.list) return list_stories(terminal.out);
  std::vector<lab::Story> stories = chosen_stories(options);
  if (stories.empty() || stories.size() < options.stories.size()) {
    terminal.errors << "exotap: demo: no story of that name (see exotap demo --list)\n";
    return kUsage;
  }
  const fs::path log = log_folder(options);
  fs::create_directories(log);
  try {
    return Demo(std::move(stories), log, chosen_words(options.language).code, terminal.out).run();
  } catch (const std::exception& error) {
    terminal.errors << "exotap: demo: " << error.what() << " (its log: " << log.string() << ")\n";
    return kCouldNotStart;
  }
}

}  // namespace

int demo_command(std::span<const std::string> words, Terminal terminal) {
  CLI::App app("A faulty Microsoft cloud on this machine, and what exotap says of it.",
               "exotap demo");
  app.footer("Example:\n  exotap demo --story sign-in-loop\n");
  Options options;
  app.add_option("--log", options.log, "where the log goes (made if missing)")->type_name("DIR");
  app.add_option("--story", options.stories, "only this story (see --list)")
      ->type_name("NAME")
      ->allow_extra_args(false);
  declare_language(app, options.language);
  app.add_flag("--list", options.list, "name the stories");
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::CallForHelp&) {
    terminal.out << app.help();
    return kDone;
  } catch (const CLI::Error& error) {
    terminal.errors << "exotap: demo: " << error.what() << " (see exotap demo --help)\n";
    return kUsage;
  }
  return run_demo(options, terminal);
}

}  // namespace exotap
