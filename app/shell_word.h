// Text as one word for a POSIX shell, for commands that people are told to run.
#pragma once

#include <string>

namespace exotap {

[[nodiscard]] std::string shell_word(const std::string& text);

}  // namespace exotap
