#include "decoders/flow/step.h"

#include <algorithm>
#include <array>

#include "decoders/ascii.h"

namespace exotap::flow {
namespace {

using namespace std::string_view_literals;

struct Known {
  std::string_view segment;  // lower case
  Step step;
};

// First segments that decide alone.
constexpr std::array<Known, 20> kFirst = {{
    {"mapi", Step::mail},
    {"ews", Step::mail},
    {"autodiscover", Step::autodiscover},
    {"microsoft-server-activesync", Step::mail},
    {"rpc", Step::mail},
    {"rpcwithcert", Step::mail},
    {"oab", Step::mail},
    {"owa", Step::mail},
    {"ecp", Step::mail},
    {"powershell", Step::mail},
    {"getuserrealm.srf", Step::realm},
    {"rst2.srf", Step::wstrust},
    {"extsts.srf", Step::wstrust},
    {"login.srf", Step::federation},
    {"federationmetadata", Step::federation},
    {"oauth20_authorize.srf", Step::oauth},
    {"oauth20_token.srf", Step::oauth},
    {"ppsecure", Step::oauth},
    {"kmsi", Step::oauth},
    {".well-known", Step::oauth},
}};

// Second segments, behind a tenant, "common" or a domain.
constexpr std::array<Known, 13> kSecond = {{
    {"oauth2", Step::oauth},
    {"userrealm", Step::realm},
    {"getcredentialtype", Step::realm},
    {"v2.0", Step::oauth},
    {".well-known", Step::oauth},
    {"discovery", Step::oauth},
    {"login", Step::oauth},
    {"reprocess", Step::oauth},
    {"sas", Step::oauth},
    {"wsfed", Step::federation},
    {"saml2", Step::federation},
    {"winauth", Step::wstrust},
    {"federationmetadata", Step::federation},
}};

constexpr std::array<std::string_view, 11> kSignInHosts = {
    "login.microsoftonline.com",   "login.windows.net",
    "login.microsoft.com",         "login.live.com",
    "login.microsoftonline.us",    "login.partner.microsoftonline.cn",
    "login.chinacloudapi.cn",      "sts.windows.net",
    "login.microsoftonline-p.com", "autologon.microsoftazuread-sso.com",
    "aadg.windows.net.nsatc.net"};

constexpr std::array<std::string_view, 6> kMailHosts = {
    "outlook.office365.com", "outlook.office.com",   "outlook.cloud.microsoft",
    "partner.outlook.cn",    "outlook.office365.us", "smtp.office365.com"};

// Takes "segment" off the front of "/segment/rest".
std::string_view take_segment(std::string_view& path) {
  if (path.starts_with('/')) path.remove_prefix(1);
  const std::size_t end = std::min(path.find('/'), path.size());
  const std::string_view segment = path.substr(0, end);
  path.remove_prefix(end);
  return segment;
}

template <std::size_t N>
Step look_up(const std::array<Known, N>& known, std::string_view segment) {
  for (const Known& entry : known) {
    if (equals_lower(segment, entry.segment)) return entry.step;
  }
  return Step::other;
}

// AD FS keeps everything but its metadata below /adfs.
Step adfs_step(std::string_view rest) {
  const std::string_view second = take_segment(rest);
  if (equals_lower(second, "services")) {
    return ends_with_lower(rest, "/mex") ? Step::mex : Step::wstrust;
  }
  if (equals_lower(second, "oauth2") || equals_lower(second, ".well-known") ||
      equals_lower(second, "discovery")) {
    return Step::oauth;
  }
  return Step::federation;
}

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& hosts, std::string_view host) {
  return std::find(hosts.begin(), hosts.end(), host) != hosts.end();
}

Step step_of_host(std::string_view host) {
  if (host.starts_with("autodiscover"sv)) return Step::autodiscover;
  if (contains(kMailHosts, host) || host.ends_with(".outlook.com"sv)) return Step::mail;
  if (is_microsoft_sign_in(host)) return Step::oauth;
  // What organisations call their federation servers, by Microsoft's own deployment guides.
  if (host.starts_with("sts."sv) || host.starts_with("adfs."sv) || host.starts_with("fs."sv)) {
    return Step::federation;
  }
  return Step::other;
}

// Federation servers other than AD FS choose their paths, but not the names of the endpoints.
Step step_of_last(std::string_view path) {
  const std::string_view last = path.substr(path.rfind('/') + 1);
  if (equals_lower(last, "mex")) return Step::mex;
  if (equals_lower(last, "usernamemixed") || equals_lower(last, "windowstransport") ||
      equals_lower(last, "kerberosmixed") || equals_lower(last, "certificatemixed")) {
    return Step::wstrust;
  }
  if (equals_lower(last, "autodiscover.xml") || equals_lower(last, "autodiscover.svc")) {
    return Step::autodiscover;
  }
  return Step::other;
}

}  // namespace

std::string_view to_string(Step step) {
  switch (step) {
    case Step::other:
      return "other";
    case Step::autodiscover:
      return "autodiscover";
    case Step::realm:
      return "realm";
    case Step::mex:
      return "mex";
    case Step::wstrust:
      return "wstrust";
    case Step::oauth:
      return "oauth";
    case Step::federation:
      return "federation";
    case Step::mail:
      return "mail";
  }
  return "other";
}

bool is_microsoft_sign_in(std::string_view host) { return contains(kSignInHosts, host); }

Step step_of(std::string_view host, std::string_view path) {
  std::string_view rest = path;
  const std::string_view first = take_segment(rest);
  if (first.empty()) return step_of_host(host);
  if (equals_lower(first, "adfs")) return adfs_step(rest);
  if (const Step step = look_up(kFirst, first); step != Step::other) return step;
  if (const Step step = step_of_last(path); step != Step::other) return step;
  if (!rest.empty()) {
    // "/api/v2.0/me" of a mail host is a version of its REST interface, and nothing of sign-in.
    const bool of_mail = step_of_host(host) == Step::mail;
    const Step step = of_mail ? Step::other : look_up(kSecond, take_segment(rest));
    if (step != Step::other) return step;
  }
  return step_of_host(host);
}

}  // namespace exotap::flow
