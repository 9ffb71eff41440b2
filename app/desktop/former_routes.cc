#include "app/desktop/former_routes.h"

#include <utility>

#include "app/desktop/desktop.h"
#include "proxy/wire/connect_to.h"

namespace exotap {
namespace {

std::string word_of(const char* scheme, const ProxyServer& server) {
  const bool v6 = server.host.find(':') != std::string::npos;
  return std::string(scheme) + (v6 ? "[" + server.host + "]" : server.host) + ":" +
         std::to_string(server.port);
}

// A name covers what is below it, with or without its dot or star.
wire::Bypass bypass_of(const PreviousProxy& previous) {
  wire::Bypass direct;
  for (std::string rule : previous.direct) {
    (void)direct.add(rule);
    if (rule.find('/') != std::string::npos || rule == "*") continue;
    if (rule.starts_with("*.")) rule.erase(0, 1);
    while (rule.starts_with('.')) rule.erase(0, 1);
    (void)direct.add(rule);
    (void)direct.add("." + rule);
  }
  return direct;
}

}  // namespace

wire::ProxyAnswer answer_of(const PreviousProxy& previous, const wire::Bypass& direct,
                            const std::string& url) {
  wire::ProxyAnswer answer;
  const bool https = url.starts_with("https:");
  std::string_view rest = std::string_view(url).substr(std::min(url.size(), url.find("://") + 3));
  rest = rest.substr(0, rest.find('/'));
  const auto target = wire::parse_host_port(rest, static_cast<std::uint16_t>(https ? 443 : 80));
  const auto& server = https ? previous.https : previous.http;
  if (previous.kind != PreviousProxy::Kind::fixed ||
      (target && direct.covers(target->host, target->port))) {
    answer.words = {"direct://"};
  } else if (server) {
    answer.words = {word_of("http://", *server)};
  } else if (previous.socks) {
    answer.words = {word_of("socks://", *previous.socks)};
  } else {
    answer.words = {"direct://"};
  }
  return answer;
}

void FormerRoutes::keep_to(PreviousProxy previous) {
  const std::lock_guard lock(mutex_);
  previous_ = std::move(previous);
}

std::vector<wire::ProxyAnswer> FormerRoutes::ask(const std::vector<std::string>& urls) {
  std::optional<PreviousProxy> previous;
  {
    const std::lock_guard lock(mutex_);
    previous = previous_;
  }
  if (!previous) return desktop_(urls);
  if (previous->kind == PreviousProxy::Kind::script) return ask_script(*previous, urls);
  const wire::Bypass direct = bypass_of(*previous);
  std::vector<wire::ProxyAnswer> answers;
  for (const std::string& url : urls) answers.push_back(answer_of(*previous, direct, url));
  return answers;
}

std::vector<wire::ProxyAnswer> FormerRoutes::ask_script(const PreviousProxy& previous,
                                                        const std::vector<std::string>& urls) {
  const bool discovered = previous.script_url.empty();
  std::vector<wire::ProxyAnswer> answers =
      find_({discovered ? kProxyDiscovery : previous.script_url, ca_files_, urls});
  // A network without WPAD is one without a proxy, to every client.
  for (wire::ProxyAnswer& answer : answers) {
    if (discovered && !answer.problem.empty()) answer = {{"direct://"}, {}};
  }
  return answers;
}

}  // namespace exotap
