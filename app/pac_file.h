// A PAC file's answer for a URL. libproxy runs the script; what it leaves out is added around it:
// libproxy takes a file that cannot be had, or a script that fails, for "direct", and drops the
// proxies of a kind it does not know.
#pragma once

#include <string>
#include <string_view>

#include "proxy/wire/upstream/upstream_settings.h"

namespace exotap {

inline constexpr std::size_t kMaxPacFile = 1024 * 1024;  // bytes

// `pac` is http://HOST[:PORT]/PATH or file:///PATH. Blocks as proxies_for() does, and changes this
// process's environment: for a process of its own.
[[nodiscard]] wire::ProxyAnswer ask_pac_file(const std::string& pac, const std::string& url);

// The script with an addition that writes each of its answers as proxies whose names say what was
// meant, so that every one of them survives; and the way back from such a name. Empty where the
// word is no such name: then the script has failed.
[[nodiscard]] std::string told_script(std::string_view script);
[[nodiscard]] std::string told_word(std::string_view word);

}  // namespace exotap
