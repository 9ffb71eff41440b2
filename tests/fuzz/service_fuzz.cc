// Host and path of any bytes, and REST and address book answers behind them. The law of the
// look-up: a service is found for a host if and only if one of the host's endings, or its first
// label, or the path's first segments are in the tables.
#include <algorithm>

#include "decoders/graph.h"
#include "decoders/oab.h"
#include "decoders/service_table.h"
#include "tests/fuzz/fuzzed_exchange.h"

namespace exotap {
namespace {

const HostService* slowly(std::string_view host) {
  const HostService* found = nullptr;
  for (const HostService& row : host_services()) {
    if (!host.ends_with(row.suffix)) continue;
    const std::size_t before = host.size() - row.suffix.size();
    if (before != 0 && host[before - 1] != '.') continue;
    if (found == nullptr || row.suffix.size() > found->suffix.size()) found = &row;
  }
  return found;
}

void look_up(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::string_view host = text.substr(0, slash);
  const std::string_view path = slash == std::string_view::npos ? "" : text.substr(slash);
  fuzzing::check(find_host_service(host) == slowly(host));
  for (const PathService& row : path_services()) {
    const bool found = find_path_service(row.family, path) != nullptr;
    fuzzing::check(!found || path.size() > 1);
  }
  const std::string resource = graph_resource(path);
  fuzzing::check(resource.find('@') == std::string::npos);
  fuzzing::check(static_cast<std::size_t>(std::count(resource.begin(), resource.end(), '/')) <
                 kMaxResourceSegments);
}

}  // namespace
}  // namespace exotap

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view kGraph[] = {"/v1.0/me/messages", "/v1.0/$batch"};
  constexpr std::string_view kOab[] = {"/oab/5508eb6d-8d2a-4ee8-a5e5-1d2f9b2d1fbc/oab.xml"};
  exotap::look_up({reinterpret_cast<const char*>(data), size});
  exotap::fuzzing::feed(exotap::kOabDecoder, kOab, "", data, size);
  exotap::fuzzing::feed(exotap::kGraphDecoder, kGraph, "application/json", data, size, "",
                        "graph.microsoft.com");
  return 0;
}
