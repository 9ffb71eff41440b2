// The proxy that programs of this machine are told to use, and whether exotap would be reached.
#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <optional>
#include <string_view>
#include <utility>

#include "app/doctor/check.h"
#include "certs/microsoft365_hosts.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxLines = 1000;  // of /etc/environment

// One place that names a proxy.
struct Setting {
  std::string where;  // "https_proxy", "https_proxy in /etc/environment"
  std::string host;
  std::string port;
  std::string shown;  // without user and password
};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

// "http://user:password@HOST:PORT/": what is before the @ is nobody's business.
Setting parsed(std::string where, std::string_view value) {
  Setting setting;
  setting.where = std::move(where);
  const std::size_t scheme = value.find("://");
  if (scheme != std::string_view::npos) value.remove_prefix(scheme + 3);
  value = value.substr(0, value.find('/'));
  const std::size_t user = value.rfind('@');
  if (user != std::string_view::npos) value.remove_prefix(user + 1);
  std::size_t colon = value.rfind(':');
  if (value.ends_with(']')) colon = std::string_view::npos;
  setting.host = lower(std::string(value.substr(0, colon)));
  if (setting.host.starts_with('[') && setting.host.ends_with(']')) {
    setting.host = setting.host.substr(1, setting.host.size() - 2);
  }
  if (colon != std::string_view::npos) setting.port = value.substr(colon + 1);
  setting.shown = value;
  return setting;
}

constexpr std::array<const char*, 6> kVariables = {"https_proxy", "HTTPS_PROXY", "http_proxy",
                                                   "HTTP_PROXY",  "all_proxy",   "ALL_PROXY"};

std::vector<Setting> of_environment(const DoctorWorld& world) {
  std::vector<Setting> settings;
  for (const char* name : kVariables) {
    const auto value = world.environment(name);
    if (value && !value->empty()) settings.push_back(parsed(name, *value));
  }
  return settings;
}

std::vector<Setting> of_file(const DoctorWorld& world) {
  std::vector<Setting> settings;
  const std::filesystem::path file = world.root / "etc/environment";
  std::ifstream in(file);
  std::string line;
  for (std::size_t lines = 0; lines < kMaxLines && std::getline(in, line); ++lines) {
    std::string_view text = line;
    if (text.starts_with("export ")) text.remove_prefix(7);
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string name(text.substr(0, equals));
    if (std::find(kVariables.begin(), kVariables.end(), name) == kVariables.end()) continue;
    std::string_view value = text.substr(equals + 1);
    if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'')) {
      value = value.substr(1, value.size() - 2);
    }
    if (!value.empty()) settings.push_back(parsed(name + " in " + file.string(), value));
  }
  return settings;
}

// What `gsettings get` prints: 'text', or a number.
std::string gnome(const DoctorWorld& world, const char* schema, const char* key) {
  const ProgramResult said = world.trust.run({"gsettings", "get", schema, key});
  if (said.exit_code != 0) return {};
  std::string text = said.output;
  while (!text.empty() && (text.back() == '\n' || text.back() == '\'')) text.pop_back();
  if (text.starts_with('\'')) text.erase(0, 1);
  return text;
}

bool is_this_computer(const std::string& host, const Endpoint& listen) {
  return host == "localhost" || host == "::1" || host.starts_with("127.") || host == listen.address;
}

// Where an exotap would serve the auto-configuration of this address; nothing where it is
// another's.
std::optional<Endpoint> own_script(const std::string& url, const Endpoint& listen) {
  constexpr std::string_view kPath = "/proxy.pac";
  const Setting named = parsed({}, url);
  const std::size_t path = url.find('/', std::min(url.size(), url.find("://") + 3));
  if (!url.starts_with("http://") || path == std::string::npos || url.substr(path) != kPath) {
    return std::nullopt;
  }
  std::uint16_t port = 0;
  const char* end = named.port.data() + named.port.size();
  if (std::from_chars(named.port.data(), end, port).ptr != end || port == 0) return std::nullopt;
  if (!is_this_computer(named.host, listen)) return std::nullopt;
  return Endpoint{named.host == "localhost" ? "127.0.0.1" : named.host, port};
}

void judge_script(const std::string& url, const DoctorWorld& world, std::vector<Remark>& remarks) {
  const std::optional<Endpoint> own = own_script(url, world.listen);
  if (own && world.is_free(*own)) {
    remarks.push_back({Health::problem, "proxy settings",
                       "the desktop's setting is exotap's auto-configuration, " + url +
                           ", and nobody listens there: programs started now go past the proxy "
                           "that was there before",
                       "`exotap restore`, or start `exotap run`; a setting made by hand: take it "
                       "out"});
    return;
  }
  const std::optional<ClientProcess> server = own ? world.listener(*own) : std::nullopt;
  if (own && (!server || server->name == "exotap")) {
    remarks.push_back({Health::ok, "proxy settings",
                       "the desktop's setting is exotap's auto-configuration, " + url, ""});
    return;
  }
  remarks.push_back({Health::note, "proxy settings",
                     "the desktop takes its proxy from a script (PAC)",
                     "name exotap in the desktop's proxy settings while you look, or let `exotap "
                     "run --system-proxy` do it"});
}

std::vector<Setting> of_desktop(const DoctorWorld& world, std::vector<Remark>& remarks) {
  const std::string mode = gnome(world, "org.gnome.system.proxy", "mode");
  if (mode == "auto") {
    judge_script(gnome(world, "org.gnome.system.proxy", "autoconfig-url"), world, remarks);
  }
  if (mode != "manual") return {};
  const std::string host = gnome(world, "org.gnome.system.proxy.https", "host");
  const std::string port = gnome(world, "org.gnome.system.proxy.https", "port");
  if (host.empty()) return {};
  return {parsed("the desktop's setting", host + ":" + port)};
}

bool names_exotap(const Setting& setting, const Endpoint& listen) {
  const bool loopback = setting.host == "localhost" &&
                        (listen.address.starts_with("127.") || listen.address == "::1");
  return (loopback || setting.host == listen.address) &&
         setting.port == std::to_string(listen.port);
}

void judge(const Setting& setting, const DoctorWorld& world, std::vector<Remark>& remarks) {
  if (!names_exotap(setting, world.listen)) {
    remarks.push_back(
        {Health::note, "proxy settings",
         setting.where + " names " + setting.shown + ": programs that read it pass exotap by",
         "name exotap there while you look, " + world.listen.address + ":" +
             std::to_string(world.listen.port)});
    return;
  }
  if (world.is_free(world.listen)) {
    remarks.push_back({Health::problem, "proxy settings",
                       setting.where + " names exotap, and nobody listens there: programs that "
                                       "read it reach nothing",
                       "start `exotap run`, or take the setting out"});
    return;
  }
  remarks.push_back({Health::ok, "proxy settings", setting.where + " names exotap", ""});
}

// Which mail hosts programs are told to reach without a proxy.
void check_exceptions(const DoctorWorld& world, std::vector<Remark>& remarks) {
  for (const char* name : {"no_proxy", "NO_PROXY"}) {
    const std::string value = lower(world.environment(name).value_or(""));
    std::string_view rest = value;
    while (!rest.empty()) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      std::string_view one = rest.substr(0, comma);
      rest.remove_prefix(std::min(comma + 1, rest.size()));
      while (one.starts_with(' ')) one.remove_prefix(1);
      while (one.ends_with(' ')) one.remove_suffix(1);
      if (one.starts_with("*.")) one.remove_prefix(1);
      const bool all = one == "*";
      if (one.starts_with('.')) one.remove_prefix(1);
      const auto hosts = microsoft365_hosts();
      const auto touched =
          std::find_if(hosts.begin(), hosts.end(), [&](const Microsoft365Host& host) {
            const std::string_view its = host.name;
            return all ||
                   (!one.empty() && (its == one || (its.ends_with(one) &&
                                                    its[its.size() - one.size() - 1] == '.')));
          });
      if (touched == hosts.end()) continue;
      remarks.push_back({Health::note, "proxy settings",
                         std::string(name) + " lists " + std::string(all ? "*" : one) +
                             ": programs that read it reach " + std::string(touched->name) +
                             " past any proxy",
                         "take it out while you look"});
      return;
    }
  }
}

}  // namespace

void check_proxy_settings(const DoctorWorld& world, std::vector<Remark>& remarks) {
  const std::size_t before = remarks.size();
  for (const Setting& setting : of_environment(world)) judge(setting, world, remarks);
  for (const Setting& setting : of_file(world)) judge(setting, world, remarks);
  for (const Setting& setting : of_desktop(world, remarks)) judge(setting, world, remarks);
  if (remarks.size() == before) {
    remarks.push_back({Health::ok, "proxy settings", "no proxy is named", ""});
  } else {
    check_exceptions(world, remarks);
  }
}

}  // namespace exotap
