#include "proxy/wire/connect_to.h"

#include <charconv>

namespace exotap::wire {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return out;
}

bool parse_port(std::string_view text, std::uint16_t& port) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port != 0;
}

// Takes the next colon-separated word; brackets keep the colons of an IPv6 address together.
bool next_word(std::string_view& rest, std::string_view& word, bool last) {
  if (!rest.empty() && rest.front() == '[') {
    const std::size_t close = rest.find(']');
    if (close == std::string_view::npos) return false;
    word = rest.substr(1, close - 1);
    rest.remove_prefix(close + 1);
    if (last) return rest.empty();
    if (rest.empty() || rest.front() != ':') return false;
    rest.remove_prefix(1);
    return true;
  }
  const std::size_t colon = rest.find(':');
  if (last) {
    word = rest;
    return colon == std::string_view::npos;
  }
  if (colon == std::string_view::npos) return false;
  word = rest.substr(0, colon);
  rest.remove_prefix(colon + 1);
  return true;
}

}  // namespace

std::optional<HostPort> parse_host_port(std::string_view text,
                                        std::optional<std::uint16_t> default_port) {
  HostPort parsed;
  std::string_view host = text;
  std::string_view port;
  if (!text.empty() && text.front() == '[') {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    host = text.substr(1, close - 1);
    const std::string_view rest = text.substr(close + 1);
    if (!rest.empty() && rest.front() != ':') return std::nullopt;
    if (!rest.empty()) port = rest.substr(1);
    if (!rest.empty() && port.empty()) return std::nullopt;
  } else if (const std::size_t colon = text.rfind(':'); colon != std::string_view::npos) {
    host = text.substr(0, colon);
    port = text.substr(colon + 1);
    if (port.empty() || host.find(':') != std::string_view::npos) return std::nullopt;
  }
  while (!host.empty() && host.back() == '.') host.remove_suffix(1);
  if (host.empty() || host.size() > 255) return std::nullopt;
  for (const char c : host) {
    if (c <= ' ' || c == '/' || c == '@' || c == '\\' || c == '?' || c == '#' || c == 0x7f) {
      return std::nullopt;
    }
  }
  if (port.empty()) {
    if (!default_port) return std::nullopt;
    parsed.port = *default_port;
  } else if (!parse_port(port, parsed.port)) {
    return std::nullopt;
  }
  parsed.host = lower(host);
  return parsed;
}

bool ConnectTo::add(std::string_view rule) {
  std::string_view words[4];
  for (int i = 0; i < 4; ++i) {
    if (!next_word(rule, words[i], i == 3)) return false;
  }
  Rule parsed{lower(words[0]), lower(words[2]), 0, 0};
  if (!words[1].empty() && !parse_port(words[1], parsed.port)) return false;
  if (!words[3].empty() && !parse_port(words[3], parsed.to_port)) return false;
  if (parsed.to_host.empty() && parsed.to_port == 0) return false;
  rules_.push_back(std::move(parsed));
  return true;
}

HostPort ConnectTo::resolve(const HostPort& target) const {
  for (const Rule& rule : rules_) {
    if (!rule.host.empty() && rule.host != target.host) continue;
    if (rule.port != 0 && rule.port != target.port) continue;
    HostPort to = target;
    if (!rule.to_host.empty()) to.host = rule.to_host;
    if (rule.to_port != 0) to.port = rule.to_port;
    return to;
  }
  return target;
}

}  // namespace exotap::wire
