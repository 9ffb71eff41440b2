// --upstream, --upstream-bypass, --upstream-auth: the proxies behind exotap, as a person names
// them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "proxy/wire/upstream/upstream_settings.h"

namespace exotap {

struct UpstreamWords {
  std::string upstream = "system";
  std::vector<std::string> bypass;
  std::string auth;
};

// What this machine is asked, so that a test can be another machine.
struct UpstreamWorld {
  std::function<std::optional<std::string>(const std::string&)> variable;
  // `pac` empty: the system's settings.
  std::function<wire::ProxyAnswer(const std::string& pac, const std::string& url)> find;
  bool has_libproxy = false;
  bool has_proxy_file = false;  // /etc/sysconfig/proxy
};
[[nodiscard]] UpstreamWorld this_machine();

// Fills `settings` and adds to `notices` what the person should know. An empty text, or what is
// wrong: `WHAT: WHY (what to do)`.
[[nodiscard]] std::string understand_upstream(const UpstreamWords& words, UpstreamWorld world,
                                              wire::UpstreamSettings& settings,
                                              std::vector<std::string>& notices);

}  // namespace exotap
