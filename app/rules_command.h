// `exotap rules list|show|check|test`: the rules exotap judges by, and those of --rules.
#pragma once

#include <span>
#include <string>

#include "app/command.h"

namespace exotap {

int rules_command(std::span<const std::string> words, Terminal terminal);

}  // namespace exotap
