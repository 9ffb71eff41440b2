// What the proxy is told about the proxies behind it. Never changes once it runs.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "proxy/wire/upstream/bypass.h"
#include "proxy/wire/upstream/route.h"

namespace exotap::wire {

// With what exotap itself signs in to an upstream proxy. Where there is nothing, a proxy's 407 goes
// to the client, and the client's answer to the proxy.
struct UpstreamCredentials {
  std::string user;  // "DOMAIN\user" or "user@REALM" where NTLM wants to know
  std::string password;
  bool ticket = false;  // this user's own Kerberos ticket, by Negotiate
  [[nodiscard]] bool empty() const { return user.empty() && !ticket; }
};

// What libproxy answers for a URL, best first, or why it could not.
struct ProxyAnswer {
  std::vector<std::string> words;
  std::string problem;
};

struct UpstreamSettings {
  UpstreamType type = UpstreamType::none;
  Hop proxy;      // of `fixed`
  Bypass bypass;  // of all types
  UpstreamCredentials credentials;
  // Of `pac` and `system`: the proxies for each of these URLs, in their order. Called on threads
  // that may wait, on several at once; bounded in time by itself.
  std::function<std::vector<ProxyAnswer>(const std::vector<std::string>& urls)> ask;
  // `ask` reads the desktop's setting, in which exotap itself may come to stand.
  bool of_desktop = false;
  // Something a person should know, once; called on any thread.
  std::function<void(const std::string& message)> notice;
};

}  // namespace exotap::wire
