// What the demo's stories should have given, and what exotap said: pure, from the log's findings to
// the closing table.
#pragma once

#include <istream>
#include <string>
#include <vector>

#include "app/lab/story.h"
#include "capture/exchange.h"

namespace exotap {

// A finding as the session log has it.
struct LoggedFinding {
  WallTime when{};
  std::string rule;     // rule.name, "certificate-expired"
  std::string host;     // url.domain
  std::string message;  // the title
};

// The findings of a log (interface.md, "The log: NDJSON"), in order. Lines that cannot be read are
// passed over.
std::vector<LoggedFinding> read_findings(std::istream& log);

// A story and when the client began to play it.
struct StoryRun {
  const lab::Story* story = nullptr;
  WallTime started{};
};

struct Verdict {
  const lab::Story* story = nullptr;
  std::vector<std::string> found;       // rule names, each once
  std::vector<std::string> missing;     // expected, but not found
  std::vector<std::string> unexpected;  // found, but neither expected nor allowed
  [[nodiscard]] bool as_expected() const { return missing.empty() && unexpected.empty(); }
};

// A finding belongs to the only story that has its host; where several share it, to the story that
// was told then. `runs` in the order told; what came before the first is nobody's.
std::vector<Verdict> judge_stories(const std::vector<StoryRun>& runs,
                                   const std::vector<LoggedFinding>& findings);

// One line a story, and what differs below it. With `symbols` marks are ticks and crosses, else
// words.
std::string table_of(const std::vector<Verdict>& verdicts, bool symbols);

}  // namespace exotap
