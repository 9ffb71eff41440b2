// `exotap find-proxy URL`: which proxies the system's settings, or a PAC file, name for a URL.
// `exotap run` asks it, too, as a process of its own: a PAC file is a program of strangers.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <vector>

#include "app/command.h"
#include "proxy/wire/upstream/upstream_settings.h"

namespace exotap {

// Settings that do not answer within this are no answer.
inline constexpr std::chrono::seconds kFindProxyLimit{8};

int find_proxy_command(std::span<const std::string> words, Terminal terminal);

// A question to one process: `pac` is empty for the system's settings, `ca_files` are trust anchors
// beside the system's for where an https:// PAC file comes from.
struct ProxyQuestion {
  std::string pac;
  std::vector<std::string> ca_files;
  std::vector<std::string> urls;
};

// Starts `exotap find-proxy` and reads what it says, an answer for each URL. Blocks no longer than
// kFindProxyLimit; never throws.
[[nodiscard]] std::vector<wire::ProxyAnswer> ask_find_proxy(const ProxyQuestion& question);

}  // namespace exotap
