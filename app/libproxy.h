// The system's proxy settings and PAC files, read by libproxy; the only door to it.
#pragma once

#include <string>
#include <vector>

namespace exotap {

// Whether this program was built with libproxy.
[[nodiscard]] bool has_libproxy();

// The proxies for a URL, best first, in libproxy's words: "http://host:port", "direct://". Blocks
// while settings are read and a PAC file is fetched and run, for as long as that takes. Call it in
// a process of its own: libproxy runs the PAC file's script inside the caller, and what it loads
// for that ends the process when it is unloaded. Empty where libproxy cannot say.
[[nodiscard]] std::vector<std::string> proxies_for(const std::string& url);

}  // namespace exotap
