#include "app/desktop/pac_text.h"

#include <fmt/format.h>

#include <boost/asio/ip/address_v4.hpp>
#include <charconv>
#include <span>
#include <vector>

#include "app/desktop/script_text.h"
#include "certs/microsoft365_hosts.h"
#include "certs/names.h"
#include "proxy/wire/own_pages.h"

namespace exotap {
namespace {

constexpr unsigned kIpv4Bits = 32;

// Names a list of patterns means itself, and the ends of the names below them.
struct Names {
  std::vector<std::string> exact, ends;
  void pattern(const std::string& pattern) {
    if (pattern.starts_with("*.")) {
      ends.push_back(pattern.substr(1));
    } else {
      exact.push_back(pattern);
    }
  }
  void subtree(const std::string& name) {
    exact.push_back(name);
    ends.push_back("." + name);
  }
};

void declare(std::string& out, std::string_view variable, const Names& names) {
  out += fmt::format("var {} = {{ exact: {},\n  ends: {} }};\n", variable, script_list(names.exact),
                     script_list(names.ends));
}

// The policy as data; exotapOpens() below decides as HostPolicy::decide() does.
void append_policy(std::string& out, const wire::HostPolicy& policy) {
  Names wanted, tunnelled, signable;
  for (const std::string& name : policy.built_in) wanted.pattern(name);
  for (const std::string& name : policy.open) wanted.pattern(name);
  for (const std::string& name : policy.domains) wanted.subtree(name);
  for (const std::string& name : policy.tunnel) tunnelled.pattern(name);
  for (const std::string& name : policy.never) tunnelled.pattern(name);
  for (const std::string& name : policy.signable) signable.subtree(name);
  declare(out, "exotapWanted", wanted);
  declare(out, "exotapTunnelled", tunnelled);
  declare(out, "exotapSignable", signable);
  const auto prefixes = never_opened_prefixes();
  out += "var exotapNeverBegins = " + script_list({prefixes.begin(), prefixes.end()}) + ";\n";
  out += fmt::format("var exotapNeverPorts = [{}];\n", fmt::join(wire::never_opened_ports(), ", "));
}

constexpr std::string_view kLookUps = R"js(
function exotapEnds(name, end) {
  return name.length > end.length && name.substring(name.length - end.length) == end;
}
function exotapAmong(name, names) {
  var i;
  for (i = 0; i < names.exact.length; i++) if (names.exact[i] == name) return true;
  for (i = 0; i < names.ends.length; i++) if (exotapEnds(name, names.ends[i])) return true;
  return false;
}
function exotapPort(scheme, url) {
  var rest = url.substring(url.indexOf("://") + 3);
  var end = rest.search(/[\/?#]/);
  if (end >= 0) rest = rest.substring(0, end);
  var port = /:([0-9]+)$/.exec(rest);
  if (port) return Number(port[1]);
  return scheme == "http" || scheme == "ws" ? 80 : 443;
}
function exotapOpens(scheme, url, name) {
  var i, port = exotapPort(scheme, url);
  if (scheme != "https" && scheme != "http" && scheme != "wss" && scheme != "ws") return false;
  if (exotapAmong(name, exotapTunnelled)) return false;
  for (i = 0; i < exotapNeverBegins.length; i++) {
    if (name.indexOf(exotapNeverBegins[i]) == 0) return false;
  }
  for (i = 0; i < exotapNeverPorts.length; i++) if (exotapNeverPorts[i] == port) return false;
  return exotapAmong(name, exotapWanted) && exotapAmong(name, exotapSignable);
}
function FindProxyForURL(url, host) {
  var scheme = url.substring(0, url.indexOf(":")).toLowerCase();
  var name = host.toLowerCase().replace(/\.$/, "");
  if (name == exotapName) return exotapProxy;
  var before = exotapBefore(url, host) || "DIRECT";
  return exotapOpens(scheme, url, name) ? exotapProxy + "; " + before : before;
}
)js";

constexpr std::string_view kBeforeFixed = R"js(
function exotapAddress(name) {
  var parts = /^([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})$/.exec(name);
  if (!parts) return -1;
  return ((Number(parts[1]) * 256 + Number(parts[2])) * 256 + Number(parts[3])) * 256 +
      Number(parts[4]);
}
function exotapBefore(url, host) {
  var i, scheme = url.substring(0, url.indexOf(":")).toLowerCase();
  var name = host.toLowerCase().replace(/\.$/, "").replace(/^\[(.*)\]$/, "$1");
  var address = exotapAddress(name);
  if (exotapAmong(name, exotapDirect)) return "DIRECT";
  for (i = 0; address >= 0 && i < exotapDirectRanges.length; i++) {
    var range = exotapDirectRanges[i];
    if (Math.floor(address / range[1]) == range[0]) return "DIRECT";
  }
  if (scheme == "https" || scheme == "wss") return exotapForHttps;
  if (scheme == "ftp") return exotapForFtp;
  return exotapForHttp;
}
)js";

// The former script may declare what it likes, or nothing: the parameters of the outer function
// keep its look for FindProxyForURL from finding ours.
constexpr std::string_view kBeforeScriptBegins =
    "var exotapFormer = (function (FindProxyForURL, FindProxyForURLEx) { return (function () {\n";
constexpr std::string_view kBeforeScriptEnds = R"js(
;return typeof FindProxyForURL == "function" ? FindProxyForURL : FindProxyForURLEx;
})(); })();
function exotapBefore(url, host) {
  return typeof exotapFormer == "function" ? exotapFormer(url, host) : "DIRECT";
}
)js";

std::string server_text(const ProxyServer& server) {
  const bool bracketed = server.host.find(':') != std::string::npos;
  return fmt::format("{}{}{}:{}", bracketed ? "[" : "", server.host, bracketed ? "]" : "",
                     server.port);
}

std::string way_of(const std::optional<ProxyServer>& server,
                   const std::optional<ProxyServer>& socks) {
  if (server) return "PROXY " + server_text(*server);
  if (socks) return "SOCKS5 " + server_text(*socks) + "; SOCKS " + server_text(*socks);
  return "DIRECT";
}

// "10.0.0.0/8" as what an address of the range gives when divided by the range's size.
std::optional<std::string> range_text(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) return {};
  unsigned bits = 0;
  const char* end = text.data() + text.size();
  const auto [at, bad] = std::from_chars(text.data() + slash + 1, end, bits);
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address_v4(text.substr(0, slash), error);
  if (error || bad != std::errc() || at != end || bits > kIpv4Bits) return {};
  const std::uint64_t size = std::uint64_t{1} << (kIpv4Bits - bits);
  return fmt::format("[{}, {}]", address.to_uint() / size, size);
}

void append_fixed(std::string& out, const PreviousProxy& previous) {
  Names direct;
  std::vector<std::string> ranges;
  for (const std::string& entry : previous.direct) {
    if (const auto range = range_text(entry)) {
      ranges.push_back(*range);
      continue;
    }
    std::string name = normalise_host(entry.starts_with("*.") ? entry.substr(2) : entry);
    if (name.starts_with('.')) name.erase(0, 1);
    if (!name.empty()) direct.subtree(name);
  }
  declare(out, "exotapDirect", direct);
  out += fmt::format("var exotapDirectRanges = [{}];\n", fmt::join(ranges, ", "));
  out += "var exotapForHttp = " + script_string(way_of(previous.http, previous.socks)) + ";\n";
  out += "var exotapForHttps = " + script_string(way_of(previous.https, previous.socks)) + ";\n";
  out += "var exotapForFtp = " + script_string(way_of(previous.ftp, previous.socks)) + ";\n";
  out += kBeforeFixed;
}

// A server's name stands in an answer of the script, where ';' begins another way.
std::string strange_server(const PreviousProxy& previous) {
  for (const auto* server : {&previous.http, &previous.https, &previous.ftp, &previous.socks}) {
    if (*server && !is_host_name((*server)->host) && !is_address((*server)->host)) {
      return "the desktop's former proxy has a name that is no host name (mend the desktop's proxy "
             "setting)";
    }
  }
  return {};
}

}  // namespace

Outcome<std::string> make_pac(const wire::HostPolicy& policy, const Endpoint& listening,
                              const PreviousProxy& previous) {
  using Made = Outcome<std::string>;
  std::string out =
      "// What exotap opens goes to exotap, and past it where it does not answer. Everything else\n"
      "// goes where it went before.\n";
  const ProxyServer own{listening.address, listening.port};
  out += "var exotapName = " + script_string(wire::kOwnName) + ";\n";
  out += "var exotapProxy = " + script_string("PROXY " + server_text(own)) + ";\n";
  append_policy(out, policy);
  out += kLookUps;
  switch (previous.kind) {
    case PreviousProxy::Kind::none:
      out += "function exotapBefore(url, host) { return \"DIRECT\"; }\n";
      break;
    case PreviousProxy::Kind::fixed:
      if (const std::string why = strange_server(previous); !why.empty()) return Made::failed(why);
      append_fixed(out, previous);
      break;
    case PreviousProxy::Kind::script:
      out += kBeforeScriptBegins;
      out += previous.script;
      out += kBeforeScriptEnds;
      break;
  }
  if (out.size() > kMaxPac) {
    return Made::failed(
        "the proxy auto-configuration would be longer than 1 MiB, and browsers read no longer one "
        "(shorten the one that was there before)");
  }
  return out;
}

}  // namespace exotap
