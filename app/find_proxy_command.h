// `exotap find-proxy URL`: which proxies the system's settings, or a PAC file, name for a URL.
// `exotap run` asks it, too, as a process of its own: a PAC file is a program of strangers.
#pragma once

#include <chrono>
#include <span>
#include <string>

#include "app/command.h"
#include "proxy/wire/upstream/upstream_settings.h"

namespace exotap {

// Settings that do not answer within this are no answer.
inline constexpr std::chrono::seconds kFindProxyLimit{8};

int find_proxy_command(std::span<const std::string> words, Terminal terminal);

// Starts `exotap find-proxy` and reads what it says. `pac` is empty for the system's settings.
// Blocks no longer than kFindProxyLimit; never throws.
[[nodiscard]] wire::ProxyAnswer ask_find_proxy(const std::string& pac, const std::string& url);

}  // namespace exotap
