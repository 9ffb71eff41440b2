// --upstream, --upstream-bypass, --upstream-auth: the proxies behind exotap, as a person names
// them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/find_proxy_command.h"
#include "proxy/wire/upstream/upstream_settings.h"

namespace exotap {

struct UpstreamWords {
  std::string upstream = "system";
  std::vector<std::string> bypass;
  std::string auth;
  std::vector<std::string> ca_files{};  // of --upstream-ca
  std::string config{};                 // the --config file, where `upstream` comes from there
};

// What this machine is asked, so that a test can be another machine.
struct UpstreamWorld {
  std::function<std::optional<std::string>(const std::string&)> variable;
  std::function<std::vector<wire::ProxyAnswer>(const ProxyQuestion&)> find;
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
