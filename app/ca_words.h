// `exotap ca create|show|export|install|uninstall`: the words of the command line, understood.
#pragma once

#include <span>
#include <string>

#include "app/command.h"

namespace exotap {

int ca_command(std::span<const std::string> words, Terminal terminal);

}  // namespace exotap
