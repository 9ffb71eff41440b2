// `exotap restore`: puts back what an exotap changed on this computer and could not put back
// itself.
//
// Exit code: 0, also where there was nothing to do; 1 where the exotap that made the change still
// runs; 3 where something could not be put back; 4 where the journal cannot be understood.
#pragma once

#include <span>
#include <string>

#include "app/command.h"

namespace exotap {

// The word with which it waits for the end of its input first (app/desktop/guardian.h).
inline constexpr const char* kWhenInputEnds = "--when-input-ends";

int restore_command(std::span<const std::string> words, Terminal terminal);

}  // namespace exotap
