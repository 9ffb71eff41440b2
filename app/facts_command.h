// `exotap facts [FILTER]`: every fact a rule can use, one a line.
#pragma once

#include <ostream>
#include <string_view>

namespace exotap {

// Prints name, type, decoder and meaning in aligned columns, facts by name. `filter` keeps those
// whose name, decoder or meaning contains it, without case; empty keeps all.
// Returns the exit code: 0, or 1 where nothing matches (a line on `errors` says so).
int facts_command(std::string_view filter, std::ostream& out, std::ostream& errors);

}  // namespace exotap
