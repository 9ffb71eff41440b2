#include "app/demo_verdict.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "capture/timestamp.h"
#include "decoders/json.h"

namespace exotap {
namespace {

using Names = std::vector<std::string>;

bool holds(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool has_host(const lab::Story& story, const std::string& host) {
  return std::any_of(story.hosts.begin(), story.hosts.end(),
                     [&](const lab::VirtualHost& candidate) { return candidate.host == host; });
}

std::size_t story_at(const std::vector<StoryRun>& runs, WallTime when) {
  const auto later = [](WallTime time, const StoryRun& run) { return time < run.started; };
  const auto after = std::upper_bound(runs.begin(), runs.end(), when, later);
  return static_cast<std::size_t>(after - runs.begin()) - 1;
}

std::size_t story_of(const std::vector<StoryRun>& runs, const LoggedFinding& finding) {
  std::size_t only = runs.size();
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (!has_host(*runs[i].story, finding.host)) continue;
    if (only != runs.size()) return story_at(runs, finding.when);
    only = i;
  }
  return only == runs.size() ? story_at(runs, finding.when) : only;
}

std::string_view mark_of(const Verdict& verdict, bool symbols) {
  if (symbols) return verdict.as_expected() ? "✔" : "✘";
  return verdict.as_expected() ? "ok" : "NO";
}

std::string words_of(const Verdict& verdict) {
  if (verdict.found.empty()) {
    return verdict.story->expect.empty() ? "nothing said, as it should be" : "nothing said";
  }
  return fmt::format("{}", fmt::join(verdict.found, ", "));
}

}  // namespace

std::vector<LoggedFinding> read_findings(std::istream& log) {
  std::vector<LoggedFinding> findings;
  std::string line;
  while (std::getline(log, line)) {
    if (line.find("\"exotap.finding\"") == std::string::npos) continue;
    const JsonDocument document(line);
    const JsonValue root = document.root();
    const auto when = parse_timestamp(root["@timestamp"].text());
    if (!document.ok() || !when || root["event.dataset"].text() != "exotap.finding") continue;
    if (!root["exotap.again_of"].text().empty()) continue;  // told before
    findings.push_back({*when, std::string(root["rule.name"].text()),
                        std::string(root["url.domain"].text()),
                        std::string(root["message"].text())});
  }
  return findings;
}

std::vector<Verdict> judge_stories(const std::vector<StoryRun>& runs,
                                   const std::vector<LoggedFinding>& findings) {
  std::vector<Verdict> verdicts;
  for (const StoryRun& run : runs) verdicts.push_back({run.story, {}, {}, {}});
  for (const LoggedFinding& finding : findings) {
    if (runs.empty() || finding.when < runs.front().started) continue;
    Verdict& verdict = verdicts[story_of(runs, finding)];
    if (!holds(verdict.found, finding.rule)) verdict.found.push_back(finding.rule);
  }
  for (Verdict& verdict : verdicts) {
    const lab::Story& story = *verdict.story;
    for (const std::string& rule : story.expect) {
      if (!holds(verdict.found, rule)) verdict.missing.push_back(rule);
    }
    for (const std::string& rule : verdict.found) {
      if (!holds(story.expect, rule) && !holds(story.may, rule)) verdict.unexpected.push_back(rule);
    }
  }
  return verdicts;
}

std::string table_of(const std::vector<Verdict>& verdicts, bool symbols) {
  std::size_t width = 0;
  for (const Verdict& verdict : verdicts) width = std::max(width, verdict.story->title.size());
  std::string table;
  for (const Verdict& verdict : verdicts) {
    table += fmt::format("  {} {:<{}}  {}\n", mark_of(verdict, symbols), verdict.story->title,
                         width, words_of(verdict));
    if (!verdict.missing.empty()) {
      table += fmt::format("      not found: {}\n", fmt::join(verdict.missing, ", "));
    }
    if (!verdict.unexpected.empty()) {
      table += fmt::format("      not expected: {}\n", fmt::join(verdict.unexpected, ", "));
    }
  }
  return table;
}

}  // namespace exotap
