// `exotap demo`: the lab's stories, played by a scripted client through a real `exotap run`.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/command.h"

namespace exotap {

// Starts the lab and, as a child, this program's `run` with a temporary authority; tells each story
// on `out` while the child's own words pass by, indented; then compares its findings with what each
// story should give. Needs no network and no rights; leaves nothing but the log, also on Ctrl-C.
//
// Exit code 0 where every story gave what it should, 1 where one did not or the user stopped it,
// 2 for wrong usage, 3 where lab or proxy could not be started.
int demo_command(std::span<const std::string> words, Terminal terminal);

// What the child is told. Paths are those of the demo's temporary folder and its log.
struct DemoPlaces {
  std::filesystem::path authority;
  std::filesystem::path lab_root;  // the lab's root certificate, PEM
  std::filesystem::path config;    // an empty file: the user's own must not change the demo
  std::filesystem::path log;
};
std::vector<std::string> run_arguments(const DemoPlaces& places,
                                       const std::map<std::string, std::uint16_t>& ports,
                                       const std::vector<std::string>& domains);

// The port in `exotap run`'s ready line (interface.md), nullopt for any other line.
std::optional<std::uint16_t> port_in_ready_line(std::string_view line);

}  // namespace exotap
