// Whether the system keeps its clock by others. One implementation a platform.
#pragma once

#include <optional>

namespace exotap {

// nullopt where the system does not say.
[[nodiscard]] std::optional<bool> clock_is_synchronised();

}  // namespace exotap
