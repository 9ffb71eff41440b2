#include "app/upstream_options.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <utility>

#include "app/environment.h"
#include "app/file_privacy.h"
#include "app/libproxy.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxAuthLine = 4096;

std::string problem(const std::string& what, const std::string& why, const std::string& todo) {
  return what + ": " + why + " (" + todo + ")";
}

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// RFC 3986 section 2.1. False where a % is not followed by two digits.
bool decode(std::string_view text, std::string& to) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      to += text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? digit(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? digit(text[i + 2]) : -1;
    if (high < 0 || low < 0) return false;
    to += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return true;
}

// "user:password", percent-encoded as in a URL. False where the encoding is broken.
bool read_user_info(const std::string& text, wire::UpstreamCredentials& credentials) {
  const std::size_t colon = text.find(':');
  const std::string_view all = text;
  return decode(all.substr(0, colon), credentials.user) &&
         (colon == std::string::npos || decode(all.substr(colon + 1), credentials.password));
}

std::string read_auth_file(const std::string& path, wire::UpstreamCredentials& credentials) {
  namespace fs = std::filesystem;
  const std::string what = "--upstream-auth " + path;
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (error || !fs::is_regular_file(status)) {
    // With a colon it may be the password itself, which is not said again.
    return problem(path.find(':') == std::string::npos ? what : "--upstream-auth", "no such file",
                   "give a file with one line user:password, or negotiate");
  }
  if (others_may_read(path)) {
    return problem(what, "others may read the password in it", "chmod 600 " + path);
  }
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line) || line.size() > kMaxAuthLine ||
      line.find(':') == std::string::npos || line.starts_with(':')) {
    return problem(what, "its first line is not user:password",
                   "write one such as CONTOSO\\john:password");
  }
  if (line.ends_with('\r')) line.pop_back();
  const std::size_t colon = line.find(':');
  credentials.user = line.substr(0, colon);
  credentials.password = line.substr(colon + 1);
  return {};
}

// no_proxy's items by its own custom: a name covers itself and what is below it, dot or not.
void add_no_proxy(const std::string& list, wire::Bypass& bypass) {
  std::size_t at = 0;
  while (at < list.size()) {
    const std::size_t end = std::min(list.find_first_of(", \t", at), list.size());
    std::string item = list.substr(at, end - at);
    at = end + 1;
    if (item.empty()) continue;
    if (item == "*" || item.find('/') != std::string::npos) {
      (void)bypass.add(item);
      continue;
    }
    if (item.starts_with("*.")) item.erase(0, 1);
    while (item.starts_with('.')) item.erase(0, 1);
    (void)bypass.add(item);
    (void)bypass.add("." + item);
  }
}

struct EnvironmentProxies {
  std::string http, https;
  wire::Bypass bypass;
  [[nodiscard]] bool any() const { return !http.empty() || !https.empty(); }
};

// The names every program knows, either case; curl's reason against HTTP_PROXY is about CGI.
EnvironmentProxies read_environment(const UpstreamWorld& world) {
  const auto first = [&](std::initializer_list<const char*> names) {
    for (const char* name : names) {
      const auto value = world.variable(name);
      if (value && !value->empty()) {
        return value->find("://") == std::string::npos ? "http://" + *value : *value;
      }
    }
    return std::string();
  };
  EnvironmentProxies found;
  found.https = first({"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"});
  found.http = first({"http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"});
  for (const char* name : {"no_proxy", "NO_PROXY"}) {
    if (const auto value = world.variable(name)) {
      add_no_proxy(*value, found.bypass);
      break;
    }
  }
  return found;
}

wire::ProxyAnswer ask_environment(const EnvironmentProxies& proxies, const std::string& url) {
  wire::ProxyAnswer answer;
  const bool https = url.starts_with("https:");
  const std::string& proxy = https ? proxies.https : proxies.http;
  std::string_view rest = std::string_view(url).substr(url.find("://") + 3);
  rest = rest.substr(0, rest.find('/'));
  const auto target = wire::parse_host_port(rest, static_cast<std::uint16_t>(https ? 443 : 80));
  const bool bypassed = target && proxies.bypass.covers(target->host, target->port);
  answer.words = {proxy.empty() || bypassed ? "direct://" : proxy};
  return answer;
}

// Whether libproxy has anywhere to look: a desktop's settings, found by these variables, or SUSE's
// file. Asking it costs a process for each server, and without them it can only say "direct".
bool has_settings(const UpstreamWorld& world) {
  if (world.has_proxy_file) return true;
  constexpr std::array kDesktop = {"XDG_CURRENT_DESKTOP", "DESKTOP_SESSION",
                                   "GNOME_DESKTOP_SESSION_ID", "KDE_FULL_SESSION"};
  return std::ranges::any_of(kDesktop, [&](const char* name) {
    return !world.variable(name).value_or(std::string()).empty();
  });
}

void understand_system(UpstreamWorld world, wire::UpstreamSettings& settings) {
  EnvironmentProxies proxies = read_environment(world);
  if (proxies.any()) {
    settings.type = wire::UpstreamType::system;
    for (const std::string* url : {&proxies.https, &proxies.http}) {
      std::string user_info;
      if (!settings.credentials.empty()) break;
      if (wire::parse_proxy_url(*url, &user_info) && !user_info.empty()) {
        (void)read_user_info(user_info, settings.credentials);
      }
    }
    settings.ask = [proxies = std::move(proxies)](const std::vector<std::string>& urls) {
      std::vector<wire::ProxyAnswer> answers;
      for (const std::string& url : urls) answers.push_back(ask_environment(proxies, url));
      return answers;
    };
  } else if (world.has_libproxy && has_settings(world)) {
    settings.type = wire::UpstreamType::system;
    settings.of_desktop = true;
    settings.ask = [find = std::move(world.find)](const std::vector<std::string>& urls) {
      return find({{}, {}, urls});
    };
  } else {
    settings.type = wire::UpstreamType::none;
  }
}

std::string understand_pac(const std::string& pac, const std::vector<std::string>& ca_files,
                           UpstreamWorld world, wire::UpstreamSettings& settings) {
  const std::string what = "--upstream pac+" + pac;
  if (!pac.starts_with("http://") && !pac.starts_with("https://") && !pac.starts_with("file:///")) {
    return problem(what, "a PAC file is read from http://, https:// or file:///",
                   "for example pac+http://wpad.contoso.com/wpad.dat");
  }
  if (!world.has_libproxy) {
    return problem(what, "this program was built without libproxy, which runs PAC files",
                   "name the proxy itself: --upstream http://proxy.contoso.com:8080");
  }
  settings.type = wire::UpstreamType::pac;
  settings.ask = [pac, ca_files, find = std::move(world.find)](const auto& urls) {
    return find({pac, ca_files, urls});
  };
  return {};
}

std::string understand_url(const UpstreamWords& words, wire::UpstreamSettings& settings,
                           std::vector<std::string>& notices) {
  const std::string& url = words.upstream;
  std::string user_info;
  const std::optional<wire::Hop> hop = wire::parse_proxy_url(url, &user_info);
  if (!hop) {
    // What was meant may hold a password.
    return problem("--upstream " + url.substr(0, url.find("://")),
                   "not a proxy exotap can go through",
                   "http://HOST:PORT, https://HOST:PORT, pac+URL, system or none");
  }
  settings.type = wire::UpstreamType::fixed;
  settings.proxy = *hop;
  if (user_info.empty()) return {};
  if (!read_user_info(user_info, settings.credentials)) {
    return problem("--upstream " + hop->name(),
                   "its user and password are not percent-encoded well",
                   "write % as %25, @ as %40, : as %3A");
  }
  if (!words.config.empty()) {
    if (!others_may_read(words.config)) return {};
    return problem("--config " + words.config,
                   "others may read the password in it, beside the proxy's name",
                   "chmod 600 " + words.config);
  }
  notices.push_back("--upstream " + hop->name() +
                    ": the password beside it can be read by whoever sees this command line "
                    "(better in a file: --upstream-auth FILE)");
  return {};
}

}  // namespace

UpstreamWorld this_machine() {
  std::error_code error;
  return {environment_variable, ask_find_proxy, has_libproxy(),
          std::filesystem::exists("/etc/sysconfig/proxy", error)};
}

std::string understand_upstream(const UpstreamWords& words, UpstreamWorld world,
                                wire::UpstreamSettings& settings,
                                std::vector<std::string>& notices) {
  for (const std::string& rule : words.bypass) {
    if (!settings.bypass.add(rule)) {
      return problem("--upstream-bypass " + rule, "not a rule",
                     "for example *.contoso.com, 10.0.0.0/8 or <local>");
    }
  }
  if (words.auth == "negotiate") {
    settings.credentials.ticket = true;
  } else if (!words.auth.empty()) {
    if (std::string wrong = read_auth_file(words.auth, settings.credentials); !wrong.empty()) {
      return wrong;
    }
  }
  if (words.upstream == "none") return {};
  if (words.upstream == "system") {
    understand_system(std::move(world), settings);
    return {};
  }
  if (words.upstream.starts_with("pac+")) {
    return understand_pac(words.upstream.substr(4), words.ca_files, std::move(world), settings);
  }
  return understand_url(words, settings, notices);
}

}  // namespace exotap
