// `exotap run`: wires the proxy, the analysis thread and the sinks together and waits for the end.
#pragma once

#include <span>
#include <string>

#include "app/command.h"

namespace exotap {

int run_command(std::span<const std::string> words, Terminal terminal);

}  // namespace exotap
