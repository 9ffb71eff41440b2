// Another program, run to its end, with what it said.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/desktop/program_run.h"
#include "certs/trust_store.h"

namespace exotap {

inline constexpr std::chrono::seconds kProgramLimit{60};        // then it is ended
inline constexpr std::size_t kMaxProgramOutput = 2 * kMaxSaid;  // of both streams

// run_program() for who wants one text: what it said on standard output, then what on standard
// error. A first word without a folder is looked for as find_program() does.
[[nodiscard]] ProgramResult run_program_to_end(const std::vector<std::string>& words,
                                               std::chrono::milliseconds limit = kProgramLimit);

// The file of a program of this name in PATH, and in the folders of administrators' programs, which
// many users' PATH leaves out.
[[nodiscard]] std::optional<std::filesystem::path> find_program(std::string_view name);

}  // namespace exotap
