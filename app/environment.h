// This process's environment variables. One implementation a platform.
#pragma once

#include <optional>
#include <string>

namespace exotap {

[[nodiscard]] std::optional<std::string> environment_variable(const std::string& name);

// Before any other thread runs: the C library's environment has no lock. nullopt removes it.
void set_environment_variable(const std::string& name, const std::optional<std::string>& value);

}  // namespace exotap
