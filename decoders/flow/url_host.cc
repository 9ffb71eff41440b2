#include "decoders/flow/url_host.h"

#include <algorithm>
#include <array>

#include "decoders/ascii.h"

namespace exotap::flow {
namespace {

constexpr std::array<std::string_view, 11> kMicrosoft = {"outlook.com",
                                                         "office365.com",
                                                         "office.com",
                                                         "microsoft.com",
                                                         "microsoftonline.com",
                                                         "onmicrosoft.com",
                                                         "outlook.cn",
                                                         "office365.us",
                                                         "cloud.microsoft",
                                                         "live.com",
                                                         "microsoftazuread-sso.com"};

std::string lowered(std::string_view text) {
  if (text.size() > kMaxHostName) return {};
  std::string lower(text);
  for (char& c : lower) c = ascii_lower(c);
  return lower;
}

}  // namespace

std::string_view host_of_url(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  std::string_view authority = url.substr(scheme + 3);
  authority = authority.substr(0, std::min(authority.find_first_of("/?#"), authority.size()));
  const std::size_t user = authority.rfind('@');
  if (user != std::string_view::npos) authority.remove_prefix(user + 1);
  return authority.substr(0, std::min(authority.find(':'), authority.size()));
}

std::string lower_host_of_url(std::string_view url) { return lowered(host_of_url(url)); }

std::string lower_domain_of_address(std::string_view address) {
  const std::size_t at = address.rfind('@');
  return at == std::string_view::npos ? std::string() : lowered(address.substr(at + 1));
}

bool is_microsoft_host(std::string_view lower_host) {
  return std::any_of(kMicrosoft.begin(), kMicrosoft.end(), [&](std::string_view domain) {
    if (!lower_host.ends_with(domain)) return false;
    return lower_host.size() == domain.size() ||
           lower_host[lower_host.size() - domain.size() - 1] == '.';
  });
}

}  // namespace exotap::flow
