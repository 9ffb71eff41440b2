#include "proxy/wire/upstream/route.h"

#include "capture/message.h"

namespace exotap::wire {
namespace {

constexpr std::uint16_t kHttpPort = 80;
constexpr std::uint16_t kHttpsPort = 443;

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (text.size() < prefix.size()) return false;
  if (!equal_ignoring_case(text.substr(0, prefix.size()), prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

}  // namespace

std::string_view to_string(UpstreamType type) {
  switch (type) {
    case UpstreamType::none:
      return {};
    case UpstreamType::fixed:
      return "fixed";
    case UpstreamType::pac:
      return "pac";
    case UpstreamType::system:
      return "system";
  }
  return {};
}

std::string Hop::name() const {
  if (kind == Kind::direct) return "direct";
  const bool v6 = at.host.find(':') != std::string::npos;
  std::string text = kind == Kind::https ? "https://" : "http://";
  text += v6 ? "[" + at.host + "]" : at.host;
  return text + ":" + std::to_string(at.port);
}

std::optional<Hop> parse_proxy_url(std::string_view url, std::string* user_info) {
  Hop hop;
  if (take_prefix(url, "http://")) {
    hop.kind = Hop::Kind::http;
  } else if (take_prefix(url, "https://")) {
    hop.kind = Hop::Kind::https;
  } else {
    return std::nullopt;
  }
  // A password may hold what would end the authority, if its writer forgot to encode it: the last
  // @ before the path decides, as in curl.
  url = url.substr(0, url.find_first_of("/?#"));
  if (const std::size_t at = url.rfind('@'); at != std::string_view::npos) {
    if (user_info != nullptr) *user_info = url.substr(0, at);
    url.remove_prefix(at + 1);
  }
  const auto where = parse_host_port(url, hop.kind == Hop::Kind::https ? kHttpsPort : kHttpPort);
  if (!where) return std::nullopt;
  hop.at = *where;
  return hop;
}

Route parse_route(std::span<const std::string> words) {
  Route route;
  std::string_view unusable;
  for (const std::string& word : words) {
    if (route.hops.size() == kMaxHops) break;
    if (equal_ignoring_case(word, "direct://")) {
      route.hops.emplace_back();
    } else if (const std::optional<Hop> hop = parse_proxy_url(word, nullptr)) {
      route.hops.push_back(*hop);
    } else if (unusable.empty()) {
      unusable = word;
    }
  }
  if (!route.hops.empty()) return route;
  // The word may hold a password: only its kind is said.
  const std::string kind(unusable.substr(0, unusable.find(':')).substr(0, 16));
  if (unusable.empty()) {
    route.problem = "no proxy was named, nor the direct way";
  } else if (kind == "http" || kind == "https") {
    route.problem = "a proxy was named whose HOST:PORT cannot be read";
  } else {
    route.problem = "only proxies of the kind \"" + kind +
                    "\" were named, and exotap speaks to http and https proxies";
  }
  return route;
}

}  // namespace exotap::wire
