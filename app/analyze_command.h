// `exotap analyze FILE...`: judges session logs again, by the rules of today.
#pragma once

#include <span>
#include <string>

#include "app/command.h"

namespace exotap {

int analyze_command(std::span<const std::string> words, Terminal terminal);

}  // namespace exotap
