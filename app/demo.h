// `exotap demo`: the lab's stories, played by a scripted client through a real `exotap run`.
#pragma once

#include <span>
#include <string>

#include "app/command.h"

namespace exotap {

// Starts the lab and, as a child, this program's `run` with a temporary authority; tells each story
// on `out` while the child's own words pass by, indented; then compares its findings with what each
// story should give. Needs no network and no rights; leaves nothing but the log, also on Ctrl-C.
//
// Exit code 0 where every story gave what it should, 1 where one did not or the user stopped it,
// 2 for wrong usage, 3 where lab or proxy could not be started.
int demo_command(std::span<const std::string> words, Terminal terminal);

}  // namespace exotap
