// The tables behind service_of: hosts (service_hosts.cc) and paths (service_paths.cc).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "decoders/service.h"

namespace exotap {

// Hosts that share the meaning of their paths.
enum class HostFamily : std::uint8_t {
  none,  // its name says all
  any,   // of paths: whatever the host, one of an organisation's own Exchange too
  outlook,
  substrate,
  entra,
  graph,
};

struct HostService {
  std::string_view suffix;  // the host, or what it ends in behind a dot; lower case
  HostFamily family = HostFamily::none;
  Service service;
};

struct PathService {
  HostFamily family = HostFamily::any;
  std::string_view path;  // first segment, or first and second: "ews", "mapi/nspi"; lower case
  Service service;
};

// The row of the longest ending that is known; nullptr where none is.
[[nodiscard]] const HostService* find_host_service(std::string_view host);
// By the first label of a name of any organisation: autodiscover.contoso.com.
[[nodiscard]] const Service* find_label_service(std::string_view host);
// First by two segments, then by one.
[[nodiscard]] const Service* find_path_service(HostFamily family, std::string_view path);

// The tables whole, for tests.
[[nodiscard]] std::span<const HostService> host_services();
[[nodiscard]] std::span<const PathService> path_services();

}  // namespace exotap
