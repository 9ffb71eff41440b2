#include "certs/names.h"

#include <algorithm>
#include <array>

namespace exotap {
namespace {

constexpr std::size_t kMaxLabel = 63;  // RFC 1035 section 2.3.4

bool is_digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }
bool is_hex_digit(char c) { return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f'); }

std::string_view without_root_dot(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  return host;
}

std::string_view last_label(std::string_view host) {
  const std::size_t dot = host.rfind('.');
  return dot == std::string_view::npos ? host : host.substr(dot + 1);
}

// A name that ends in a number is an address to every resolver (WHATWG URL, "ends in a number").
bool is_number(std::string_view label) {
  if (label.empty()) return false;
  if (std::ranges::all_of(label, is_digit)) return true;
  return label.size() >= 2 && label[0] == '0' && lower(label[1]) == 'x' &&
         std::ranges::all_of(label.substr(2), is_hex_digit);
}

bool is_label(std::string_view label) {
  const auto allowed = [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; };
  return !label.empty() && label.size() <= kMaxLabel && label.front() != '-' &&
         label.back() != '-' && std::ranges::all_of(label, allowed);
}

bool equal_lower(std::string_view any_case, std::string_view lower_case) {
  return std::ranges::equal(any_case, lower_case, {}, lower);
}

bool covers(std::string_view permitted, std::string_view host) {
  if (host.size() == permitted.size()) return equal_lower(host, permitted);
  if (host.size() < permitted.size() + 2 || permitted.empty()) return false;
  const std::size_t below = host.size() - permitted.size();
  return host[below - 1] == '.' && equal_lower(host.substr(below), permitted);
}

// "co.uk", "com.au": under a country's domain these belong to a registry, not to one organisation.
bool is_registry_suffix(std::string_view name) {
  static constexpr std::array<std::string_view, 7> kShared = {"ac",  "co",  "com", "edu",
                                                              "gov", "net", "org"};
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos || name.find('.', dot + 1) != std::string_view::npos) {
    return false;
  }
  return name.size() - dot - 1 == 2 && std::ranges::count(kShared, name.substr(0, dot)) > 0;
}

// Why no authority may be made for the name; empty where it may.
std::string objection(std::string_view name) {
  if (is_address(name)) return "an address cannot be opened, only names";
  if (std::ranges::any_of(name, [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) {
    return "not plain ASCII (give the xn-- form)";
  }
  if (!is_host_name(name) || name.ends_with('.'))
    return "not a domain name (give it as contoso.com)";
  if (name.find('.') == std::string_view::npos) {
    return "a whole top level domain is too much to sign for (give the organisation's own domain)";
  }
  if (is_registry_suffix(name)) {
    return "shared by many organisations, too much to sign for (give the organisation's own "
           "domain below it)";
  }
  return {};
}

}  // namespace

bool is_address(std::string_view host) {
  if (host.find(':') != std::string_view::npos || host.starts_with('[')) return true;
  return is_number(last_label(without_root_dot(host)));
}

std::string normalise_host(std::string_view host) {
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  std::string name(without_root_dot(host));
  std::ranges::transform(name, name.begin(), lower);
  return name;
}

bool is_host_name(std::string_view host) {
  host = without_root_dot(host);
  if (host.empty() || host.size() > kMaxHostName || is_address(host)) return false;
  for (std::size_t at = 0; at <= host.size();) {
    const std::size_t dot = std::min(host.find('.', at), host.size());
    if (!is_label(host.substr(at, dot - at))) return false;
    at = dot + 1;
  }
  return true;
}

bool covered(std::string_view host, std::span<const std::string> permitted) {
  if (!is_host_name(host)) return false;
  host = without_root_dot(host);
  return std::ranges::any_of(permitted,
                             [&](const std::string& name) { return covers(name, host); });
}

Outcome<std::vector<std::string>> permitted_list(std::span<const std::string> wanted) {
  std::vector<std::string> names;
  for (const std::string& text : wanted) {
    std::string name = normalise_host(text);
    if (name.starts_with("*.")) name.erase(0, 2);
    if (const std::string why = objection(name); !why.empty()) {
      return Outcome<std::vector<std::string>>::failed("domain '" + text + "': " + why);
    }
    names.push_back(std::move(name));
  }
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  const std::vector<std::string> all = names;
  std::erase_if(names, [&](const std::string& name) {
    return std::ranges::any_of(
        all, [&](const std::string& other) { return other != name && covers(other, name); });
  });
  if (names.size() > kMaxPermittedNames) {
    return Outcome<std::vector<std::string>>::failed(
        "domains: more than " + std::to_string(kMaxPermittedNames) + " (give fewer)");
  }
  return names;
}

}  // namespace exotap
