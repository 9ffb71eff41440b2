// What `exotap run` was told: command line and configuration file, checked.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "capture/session_log.h"
#include "proxy/wire/settings.h"
#include "rules/words/finding.h"
#include "rules/words/wording.h"

namespace exotap {

enum class ConsoleFormat : std::uint8_t { text, json };

struct RunOptions {
  wire::Settings wire;                       // policy.signable is the authority's, filled in later
  std::vector<std::string> authority_names;  // what the authority must be able to sign for
  std::filesystem::path authority_folder;
  std::vector<std::string> upstream_ca;
  std::vector<std::string> notices;  // what the person should know before it runs
  std::filesystem::path log_folder;
  Keep keep = Keep::failing;
  RotationLimits rotation;
  std::vector<std::string> rules;
  const Wording* language = &english();  // of findings, on console and in log
  ConsoleFormat format = ConsoleFormat::text;
  bool quiet = false;
  bool pseudonyms = false;
  std::optional<Level> fail_on;
  bool control_run = false;   // try failed connections again without exotap
  bool probe = true;          // ask servers for the certificates that tunnels hide
  bool system_proxy = false;  // the desktop uses this proxy while it runs
};

// Parses the words after `exotap run`. Either options, or an exit code that is already answered:
// --help was printed, or what is wrong stands on `errors`.
struct ParsedRun {
  std::optional<RunOptions> options;
  int exit_code = 0;
};
[[nodiscard]] ParsedRun parse_run(std::span<const std::string> words, std::ostream& out,
                                  std::ostream& errors);

}  // namespace exotap
