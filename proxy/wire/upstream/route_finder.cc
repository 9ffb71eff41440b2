#include "proxy/wire/upstream/route_finder.h"

#include <algorithm>
#include <utility>

#include "proxy/wire/host_policy.h"

namespace exotap::wire {
namespace {

std::string url_of(std::string_view scheme, const HostPort& target) {
  const bool v6 = target.host.find(':') != std::string::npos;
  std::string url(scheme);
  url += v6 ? "://[" + target.host + "]" : "://" + target.host;
  const bool usual = target.port == (scheme == "http" ? 80 : 443);
  if (!usual) url += ":" + std::to_string(target.port);
  return url + "/";
}

bool is_loopback_name(std::string_view host) {
  return host == "localhost" || host == "::1" || (host.starts_with("127.") && is_ip_address(host));
}

}  // namespace

std::string RouteFinder::set_own_address(const Endpoint& listening) {
  own_ = listening;
  if (settings_.type == UpstreamType::fixed && leads_here(settings_.proxy)) {
    return "--upstream " + settings_.proxy.name() +
           ": that is exotap itself (name the proxy behind it, or none)";
  }
  return {};
}

// By name alone, before any is resolved: on loopback or on every address, a loopback name with its
// port means exotap. What leads here by another name is refused where it is dialled
// (own_address.h).
bool RouteFinder::leads_here(const Hop& hop) const {
  return hop.kind != Hop::Kind::direct && hop.at.port == own_.port && own_.port != 0 &&
         is_loopback_name(hop.at.host);
}

bool RouteFinder::known(std::string_view scheme, const HostPort& target, Route& route) {
  route = {};
  if (settings_.type == UpstreamType::none) return true;
  if (settings_.bypass.covers(target.host, target.port)) return true;
  if (settings_.type == UpstreamType::fixed) {
    route.hops.push_back(settings_.proxy);
    return true;
  }
  const std::string url = url_of(scheme, target);
  const std::lock_guard lock(mutex_);
  const auto found = kept_.find(url);
  if (found == kept_.end() || SteadyClock::now() > found->second.until) return false;
  route = found->second.route;
  return true;
}

Task<Route> RouteFinder::ask(asio::io_context& io, std::string scheme, HostPort target) {
  const std::string url = url_of(scheme, target);
  {
    const std::lock_guard lock(mutex_);
    if (std::ranges::find(wanted_, url) == wanted_.end()) wanted_.push_back(url);
  }
  Route route;
  bool found = false;
  std::function<void()> job = [&] {
    // Another connection may have asked meanwhile, for this server, or for this one as well.
    found = known(scheme, target, route);
    if (found) return;
    look_up(url);
    found = known(scheme, target, route);
  };
  const bool asked = co_await look_ups_.run(io, std::move(job));
  if (!asked) {
    route = {};
    route.problem = "too many connections wait for the proxy settings";
  } else if (!found) {
    route = {};
    route.problem = "the proxy settings gave no answer";
  }
  co_return route;
}

// Asks for this server, and for those that wait to be asked for. What another is asking for just
// now is waited for: it is bounded in time, and asking again would only be slower.
void RouteFinder::look_up(const std::string& url) {
  std::vector<std::string> urls = {url};
  {
    std::unique_lock lock(mutex_);
    const auto answered = [&] { return std::ranges::find(asked_now_, url) == asked_now_.end(); };
    if (!answered()) {
      answered_.wait(lock, answered);
      return;
    }
    std::erase(wanted_, url);
    const std::size_t more = std::min(wanted_.size(), kMaxTogether - 1);
    const auto end = wanted_.begin() + static_cast<std::ptrdiff_t>(more);
    urls.insert(urls.end(), wanted_.begin(), end);
    wanted_.erase(wanted_.begin(), end);
    asked_now_.insert(asked_now_.end(), urls.begin(), urls.end());
  }
  const std::vector<ProxyAnswer> answers = settings_.ask(urls);
  for (std::size_t i = 0; i < std::min(urls.size(), answers.size()); ++i) keep(urls[i], answers[i]);
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(asked_now_,
                  [&](const auto& one) { return std::ranges::find(urls, one) != urls.end(); });
  }
  answered_.notify_all();
}

// The system's proxy is exotap where it was told to be: behind exotap there is nothing then.
Route RouteFinder::without_myself(Route route) {
  bool found = false;
  for (Hop& hop : route.hops) {
    if (!leads_here(hop)) continue;
    hop = {};
    found = true;
  }
  if (!found) return route;
  const std::lock_guard lock(mutex_);
  if (!std::exchange(told_of_myself_, true) && settings_.notice) {
    settings_.notice(
        "the system's proxy is exotap itself: servers are reached directly (if there is a proxy "
        "behind it, name it with --upstream)");
  }
  return route;
}

void RouteFinder::keep(const std::string& url, const ProxyAnswer& answer) {
  Route route;
  if (answer.problem.empty()) {
    route = without_myself(parse_route(answer.words));
  } else {
    route.problem = answer.problem;
  }
  const std::lock_guard lock(mutex_);
  std::erase(wanted_, url);
  if (kept_.size() >= kMaxKept) kept_.clear();
  const auto kept_for = route.problem.empty() ? kKept : kKeptProblem;
  kept_.insert_or_assign(url, Kept{std::move(route), SteadyClock::now() + kept_for});
}

void RouteFinder::stop() {
  look_ups_.stop();
  sign_ins_.stop();
}

}  // namespace exotap::wire
