#include "app/rule_stories.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

#include "app/exit_code.h"
#include "app/loaded_folder.h"
#include "app/story_judgement.h"
#include "app/why.h"
#include "rules/words/did_you_mean.h"

namespace exotap {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kStoryFile = "story.yml";

bool is_folder(const fs::path& path) {
  std::error_code unknown;
  return fs::is_directory(path, unknown);
}

// A story that was told to the rules, or why it could not be.
struct ToldStory {
  std::optional<Story> story;
  std::vector<JudgedStep> steps;
  std::set<std::string> fired;
  std::string error;
  bool missing = false;
};

class StoryTest {
 public:
  StoryTest(const LoadedFolder& folder, std::vector<std::string> places, bool quiet,
            std::ostream& out)
      : folder_(folder), places_(std::move(places)), quiet_(quiet), out_(out) {}

  void run();
  [[nodiscard]] int finish();

 private:
  void test(std::size_t rule);
  void judge(std::size_t rule, const std::string& name, bool fires);
  const ToldStory& told(const std::string& name);
  [[nodiscard]] std::string path_of(const std::string& name) const;
  [[nodiscard]] std::string suggestion(const std::string& name) const;
  void say_why(std::size_t rule, const ToldStory& story);

  const LoadedFolder& folder_;
  std::vector<std::string> places_;
  bool quiet_;
  std::ostream& out_;
  std::map<std::string, ToldStory> told_;
  std::size_t tested_ = 0, without_stories_ = 0, ok_ = 0, failed_ = 0;
  bool unreadable_ = false;
};

// A folder with a story.yml, or a file of that name.
std::string StoryTest::path_of(const std::string& name) const {
  for (const std::string& place : places_) {
    for (const fs::path& path :
         {fs::path(place) / name / kStoryFile, fs::path(place) / (name + ".yml")}) {
      std::error_code unknown;
      if (fs::is_regular_file(path, unknown)) return path.string();
    }
  }
  return {};
}

std::string StoryTest::suggestion(const std::string& name) const {
  std::vector<std::string> names;
  for (const std::string& place : places_) {
    std::error_code error;
    for (fs::directory_iterator entry(place, error), end; !error && entry != end;
         entry.increment(error)) {
      names.push_back(entry->path().stem().string());
    }
  }
  std::ranges::sort(names);
  const std::vector<std::string_view> views(names.begin(), names.end());
  return did_you_mean(name, views);
}

const ToldStory& StoryTest::told(const std::string& name) {
  const auto known = told_.find(name);
  if (known != told_.end()) return known->second;
  ToldStory& story = told_[name];
  const std::string path = path_of(name);
  if (path.empty()) {
    story.missing = true;
    story.error = "there is no story '" + name + "'" + suggestion(name);
    return story;
  }
  StoryResult read = read_story(path);
  if (!read.story) {
    unreadable_ = true;
    story.error = read.error;
    return story;
  }
  story.story = std::move(read.story);
  story.steps = judge_story(*story.story, *folder_.rules);
  story.fired = fired_in(story.steps);
  return story;
}

// Of the exchanges of the story, the one the rule comes nearest to matching.
void StoryTest::say_why(std::size_t rule, const ToldStory& story) {
  if (story.steps.empty()) return;
  const RuleSet& rules = *folder_.rules;
  const JudgedStep* best = nullptr;
  Nearness nearest;
  for (const JudgedStep& step : story.steps) {
    if (rules.compiled(rule).correlation) {
      best = &step;
      continue;
    }
    const Nearness near = nearness(rules, rule, step.facts);
    if (best != nullptr && near.misses >= nearest.misses) continue;
    best = &step;
    nearest = near;
  }
  out_ << "        nearest is exchange " << best->exchange->id << " (" << best->exchange->host
       << "):\n";
  const std::string text = why(rules, rule, best->facts);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    out_ << "      " << text.substr(at, end - at) << "\n";
    at = end + 1;
  }
}

void StoryTest::judge(std::size_t rule, const std::string& name, bool fires) {
  const ToldStory& story = told(name);
  const char* wanted = fires ? "fires in " : "is silent in ";
  if (!story.error.empty()) {
    ++failed_;
    out_ << "  FAIL  " << wanted << name << ": " << story.error << "\n";
    return;
  }
  const bool fired = story.fired.contains(folder_.rules->rule(rule).name);
  if (fired == fires) {
    ++ok_;
    if (!quiet_) out_ << "  ok    " << wanted << name << "\n";
    return;
  }
  ++failed_;
  out_ << "  FAIL  " << wanted << name << ": it " << (fired ? "fires" : "stays silent") << "\n";
  if (fires) return say_why(rule, story);
  for (const JudgedStep& step : story.steps) {
    for (const Finding& finding : step.findings) {
      if (finding.rule_name != folder_.rules->rule(rule).name) continue;
      out_ << "        at exchange " << step.exchange->id << " (" << step.exchange->host
           << "): " << finding.title << "\n";
    }
  }
}

void StoryTest::test(std::size_t rule) {
  const Rule& tested = folder_.rules->rule(rule);
  const std::size_t failed_before = failed_;
  if (tested.tests.fires.empty() && tested.tests.silent.empty()) {
    if (!tested.fires_alone) return;  // what counts it is tested
    ++without_stories_;
    if (!quiet_) out_ << tested.name << ": names no story\n";
    return;
  }
  ++tested_;
  if (!quiet_) out_ << tested.name << "\n";
  for (const std::string& name : tested.tests.fires) judge(rule, name, true);
  for (const std::string& name : tested.tests.silent) judge(rule, name, false);
  if (quiet_ && failed_ > failed_before) out_ << "        in " << tested.name << "\n";
}

void StoryTest::run() {
  for (std::size_t i = 0; i < folder_.rules->size(); ++i) {
    if (folder_.holds(folder_.rules->rule(i))) test(i);
  }
}

int StoryTest::finish() {
  out_ << tested_ << (tested_ == 1 ? " rule" : " rules") << " tested in " << told_.size()
       << (told_.size() == 1 ? " story: " : " stories: ") << ok_ << " ok, " << failed_ << " failed";
  if (without_stories_ > 0) out_ << "; " << without_stories_ << " without stories";
  out_ << "\n";
  const auto is_missing = [](const auto& entry) { return entry.second.missing; };
  if (std::ranges::any_of(told_, is_missing)) {
    out_ << "Stories were looked for in";
    for (const std::string& place : places_) out_ << " " << place;
    out_ << (places_.empty() ? " no folder (give --stories DIR)\n" : "\n");
  }
  if (unreadable_) return kUnreadableInput;
  return failed_ == 0 ? kDone : kSomethingIsWrong;
}

}  // namespace

std::vector<std::string> story_folders(const std::string& folder) {
  std::vector<std::string> found;
  const auto take = [&](const fs::path& path) {
    if (is_folder(path)) found.push_back(path.lexically_normal().string());
  };
  std::error_code unknown;
  fs::path at = fs::absolute(folder, unknown).lexically_normal();
  if (!at.has_filename()) at = at.parent_path();
  if (!is_folder(at)) at = at.parent_path();
  take(at / kStoriesFolder);
  take(at.parent_path() / kStoriesFolder);
  for (fs::path above = at; above.has_relative_path(); above = above.parent_path()) {
    take(above / "tests" / "flows");
  }
  return found;
}

int test_rules(const RuleStoriesOptions& options, Terminal terminal) {
  const LoadedFolder folder = load_folder(options.folder, options.alone);
  for (const LoadMessage& message : folder.unreadable) {
    terminal.errors << "exotap: rules: " << to_string(message)
                    << " (give a folder with .yml rules, or one of them)\n";
  }
  if (!folder.unreadable.empty()) return kUnreadableInput;
  for (const LoadMessage& message : folder.errors) {
    terminal.errors << "exotap: rule: " << to_string(message)
                    << " (mend the rule, or leave its folder out)\n";
  }
  if (!folder.errors.empty() || !folder.rules) return kUsage;
  for (const std::string& place : options.stories) {
    if (is_folder(place)) continue;
    terminal.errors << "exotap: rules: --stories " << place << ": no folder (is the path right?)\n";
    return kUnreadableInput;
  }
  StoryTest test(folder, options.stories.empty() ? story_folders(options.folder) : options.stories,
                 options.quiet, terminal.out);
  test.run();
  return test.finish();
}

}  // namespace exotap
