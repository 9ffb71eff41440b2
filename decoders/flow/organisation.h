// Whose a host is, as well as its name alone can tell.
#pragma once

#include <string_view>

namespace exotap::flow {

// The domain somebody registered: the last two labels, or three where the last two are a public
// suffix by their looks ("co.uk", "com.au"); an address is its own. A heuristic, not the Public
// Suffix List: it is used to count strangers, where a mistake costs a count.
[[nodiscard]] std::string_view organisation_of(std::string_view host);

}  // namespace exotap::flow
