#include "decoders/flow/organisation.h"

#include <algorithm>
#include <array>

#include "decoders/ascii.h"

namespace exotap::flow {
namespace {

// What countries put before their own label: "co.uk", "com.au", "or.jp".
constexpr std::array<std::string_view, 16> kSecondLevel = {"co",  "com", "net", "org", "ac",  "gov",
                                                           "edu", "or",  "ne",  "go",  "gob", "mil",
                                                           "ltd", "plc", "nhs", "sch"};

bool is_address(std::string_view host) {
  if (host.find(':') != std::string_view::npos) return true;
  return !host.empty() && is_ascii_digit(host.back());
}

// Where the label before `end` (exclusive, at a dot or the end) begins.
std::size_t label_begin(std::string_view host, std::size_t end) {
  const std::size_t dot = end == 0 ? std::string_view::npos : host.rfind('.', end - 1);
  return dot == std::string_view::npos ? 0 : dot + 1;
}

}  // namespace

std::string_view organisation_of(std::string_view host) {
  while (host.ends_with('.')) host.remove_suffix(1);
  if (is_address(host)) return host;
  const std::size_t top = label_begin(host, host.size());
  if (top == 0) return host;
  const std::size_t second = label_begin(host, top - 1);
  if (second == 0) return host;
  const std::string_view label = host.substr(second, top - 1 - second);
  const bool country = host.size() - top == 2;
  const bool suffix =
      country && std::find(kSecondLevel.begin(), kSecondLevel.end(), label) != kSecondLevel.end();
  return host.substr(suffix ? label_begin(host, second - 1) : second);
}

}  // namespace exotap::flow
