#include "certs/microsoft365_hosts.h"

#include <algorithm>
#include <array>

namespace exotap {
namespace {

constexpr std::array kHosts = std::to_array<Microsoft365Host>({
    // Exchange Online, worldwide.
    {"outlook.office365.com", false, "mailbox: MAPI, EWS, ActiveSync, Autodiscover, web mail"},
    {"outlook.office.com", false, "mailbox: web mail, REST, newer Outlook"},
    {"outlook.cloud.microsoft", false, "mailbox: web mail and newer Outlook, the newer name"},
    {"autodiscover.outlook.com", false, "Autodiscover: what organisations' CNAMEs point at"},
    {"autodiscover-s.outlook.com", false, "Autodiscover: where it redirects to"},
    {"onmicrosoft.com", true, "Autodiscover: autodiscover.TENANT.onmicrosoft.com"},
    // Sign-in, worldwide.
    {"login.microsoftonline.com", false, "sign-in: Entra ID, realm discovery, tokens"},
    {"login.microsoft.com", false, "sign-in: Entra ID, another name"},
    {"login.windows.net", false, "sign-in: Entra ID, older name"},
    {"sts.windows.net", false, "sign-in: the issuer named in tokens, metadata"},
    {"autologon.microsoftazuread-sso.com", false, "sign-in: seamless single sign-on"},
    {"login.live.com", false, "sign-in: Microsoft accounts, older Office identity services"},
    {"accounts.accesscontrol.windows.net", false, "sign-in: tokens between Exchange servers"},
    // United States government.
    {"outlook.office365.us", false, "mailbox: GCC High"},
    {"autodiscover-s.office365.us", false, "Autodiscover: GCC High"},
    {"outlook-dod.office365.us", false, "mailbox: DoD"},
    {"autodiscover-s-dod.office365.us", false, "Autodiscover: DoD"},
    {"webmail.apps.mil", false, "mailbox: DoD"},
    {"login.microsoftonline.us", false, "sign-in: GCC High and DoD"},
    {"login-us.microsoftonline.com", false, "sign-in: US government, older name"},
    // China, operated by 21Vianet.
    {"partner.outlook.cn", true, "mailbox and Autodiscover: China"},
    {"login.partner.microsoftonline.cn", false, "sign-in: China"},
    {"login.chinacloudapi.cn", false, "sign-in: China, older name"},
});

constexpr std::uint16_t kAdfsCertificatePort = 49443;

struct NeverOpened {
  std::string_view prefix;
  std::string_view reason;
};
constexpr std::array<NeverOpened, 3> kNeverOpened = {
    {{"certauth.", "sign-in with a user's certificate"},
     {"device.login.", "sign-in with a device's certificate"},
     {"enterpriseregistration.", "device registration"}}};
constexpr std::array kNeverOpenedPrefixes = [] {
  std::array<std::string_view, kNeverOpened.size()> prefixes;
  for (std::size_t i = 0; i < prefixes.size(); ++i) prefixes[i] = kNeverOpened[i].prefix;
  return prefixes;
}();

bool is_at_or_below(std::string_view host, std::string_view domain) {
  return host == domain || (host.size() > domain.size() && host.ends_with(domain) &&
                            host[host.size() - domain.size() - 1] == '.');
}

}  // namespace

std::span<const Microsoft365Host> microsoft365_hosts() { return kHosts; }

bool is_microsoft365_host(std::string_view host) {
  return std::ranges::any_of(kHosts, [&](const Microsoft365Host& known) {
    return known.below ? is_at_or_below(host, known.name) : host == known.name;
  });
}

std::vector<std::string> microsoft365_names() {
  std::vector<std::string> names;
  for (const Microsoft365Host& host : kHosts) names.emplace_back(host.name);
  return names;
}

std::string_view reason_never_to_open(std::string_view host, std::uint16_t port) {
  if (port == kAdfsCertificatePort) return "AD FS certificate sign-in uses this port";
  for (const NeverOpened& never : kNeverOpened) {
    if (host.starts_with(never.prefix)) return never.reason;
  }
  // Entra puts the organisation before it: t0123-4567.certauth.login.microsoftonline.com.
  if (host.find(".certauth.") != std::string_view::npos) return kNeverOpened[0].reason;
  return {};
}

std::span<const std::string_view> never_opened_prefixes() { return kNeverOpenedPrefixes; }

}  // namespace exotap
