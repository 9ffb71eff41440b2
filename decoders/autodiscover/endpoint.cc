#include "decoders/autodiscover/endpoint.h"

#include "decoders/ascii.h"
#include "decoders/url_parts.h"

namespace exotap {
namespace {

constexpr std::string_view kName = "autodiscover.";

// The extension is whole: ".xml" and not ".xmlx".
bool takes(std::string_view& rest, std::string_view extension) {
  if (!starts_with_lower(rest, extension)) return false;
  const std::string_view after = rest.substr(extension.size());
  if (!after.empty() && after.front() != '/') return false;
  rest = after;
  return true;
}

AutodiscoverEndpoint by_extension(std::string_view rest) {
  if (takes(rest, "xml")) {
    return rest.empty() ? AutodiscoverEndpoint::pox : AutodiscoverEndpoint::none;
  }
  if (takes(rest, "svc")) return AutodiscoverEndpoint::soap;
  if (takes(rest, "json")) {
    return rest.size() > 1 ? AutodiscoverEndpoint::json_v1 : AutodiscoverEndpoint::json_v2;
  }
  return AutodiscoverEndpoint::none;
}

}  // namespace

AutodiscoverEndpoint autodiscover_endpoint(std::string_view path) {
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos;
       slash = path.find('/', slash + 1)) {
    const std::string_view rest = path.substr(slash + 1);
    if (!starts_with_lower(rest, kName)) continue;
    const AutodiscoverEndpoint endpoint = by_extension(rest.substr(kName.size()));
    if (endpoint != AutodiscoverEndpoint::none) return endpoint;
  }
  return AutodiscoverEndpoint::none;
}

AutodiscoverEndpoint autodiscover_endpoint(const Exchange& exchange) {
  if (exchange.is_connect) return AutodiscoverEndpoint::none;
  return autodiscover_endpoint(path_of(exchange.request.head));
}

}  // namespace exotap
