#include "decoders/url_parts.h"

#include <algorithm>
#include <array>

#include "capture/message.h"
#include "decoders/ascii.h"

namespace exotap {
namespace {

constexpr std::string_view kRedacted = "[redacted]";

constexpr auto kSecretParameters = std::to_array<std::string_view>({
    "code",          "token",         "access_token", "id_token",
    "refresh_token", "password",      "passwd",       "pwd",
    "client_secret", "assertion",     "wresult",      "client_assertion",
    "samlrequest",   "samlresponse",  "wctx",         "ctx",
    "flowtoken",     "canary",        "sig",          "apicanary",
    "device_code",   "code_verifier", "sft",          "securitytoken",
    "id_token_hint", "session_state", "sctx",         "ppft",
    "user_code",     "otc",           "samlart",      "signature",
    "relaystate",    "wresultptr",
});

std::string_view without_fragment(std::string_view text) { return text.substr(0, text.find('#')); }

// Where the path begins: after scheme and authority of an absolute form.
std::size_t path_begin(std::string_view target) {
  if (target.starts_with('/')) return 0;
  const std::size_t scheme = target.find("://");
  if (scheme == std::string_view::npos) return std::string_view::npos;
  return std::min(target.find_first_of("/?#", scheme + 3), target.size());
}

int hex_digit(char c) {
  if (is_ascii_digit(c)) return c - '0';
  c = ascii_lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// The authority with a password taken out of "user:password@host".
void append_origin(std::string& out, std::string_view origin) {
  const std::size_t scheme = origin.find("://");
  const std::size_t at = origin.rfind('@');
  if (scheme == std::string_view::npos || at == std::string_view::npos || at < scheme) {
    out.append(origin);
    return;
  }
  const std::size_t colon = origin.find(':', scheme + 3);
  if (colon == std::string_view::npos || colon > at) {
    out.append(origin);
    return;
  }
  out.append(origin.substr(0, colon + 1)).append(kRedacted).append(origin.substr(at));
}

void append_parameter(std::string& out, std::string_view parameter) {
  const std::size_t equals = parameter.find('=');
  if (equals == std::string_view::npos) {
    out.append(parameter);
    return;
  }
  out.append(parameter.substr(0, equals + 1));
  const bool secret = is_secret_parameter(percent_decoded(parameter.substr(0, equals)));
  out.append(secret ? kRedacted : parameter.substr(equals + 1));
}

}  // namespace

std::string_view path_of(std::string_view target) {
  const std::size_t begin = path_begin(target);
  if (begin == std::string_view::npos) return {};
  // Two searches for one character each: memchr beats find_first_of many times over.
  std::string_view path = target.substr(begin);
  path = path.substr(0, path.find('?'));
  path = path.substr(0, path.find('#'));
  return path.empty() ? std::string_view("/") : path;
}

std::string_view path_of(const Head& head) {
  return head.path_size > 0 ? head.path() : path_of(head.target());
}

std::string_view query_of(std::string_view target) {
  target = without_fragment(target);
  const std::size_t mark = target.find('?');
  return mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
}

std::string_view last_segment(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && equal_ignoring_case(text.substr(0, prefix.size()), prefix);
}

bool ends_with_ignoring_case(std::string_view text, std::string_view suffix) {
  return text.size() >= suffix.size() &&
         equal_ignoring_case(text.substr(text.size() - suffix.size()), suffix);
}

std::size_t find_ignoring_case(std::string_view text, std::string_view part) {
  const auto same = [](char a, char b) { return ascii_lower(a) == ascii_lower(b); };
  const auto found = std::search(text.begin(), text.end(), part.begin(), part.end(), same);
  return found == text.end() && !part.empty() ? std::string_view::npos
                                              : static_cast<std::size_t>(found - text.begin());
}

std::string percent_decoded(std::string_view text, bool form) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high >= 0 && low >= 0) {
        out.push_back(static_cast<char>(high * 16 + low));
        i += 2;
        continue;
      }
    }
    out.push_back(form && text[i] == '+' ? ' ' : text[i]);
  }
  return out;
}

std::string query_value(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view parameter = query.substr(0, end);
    const std::size_t equals = parameter.find('=');
    if (equals != std::string_view::npos &&
        equal_ignoring_case(parameter.substr(0, equals), name)) {
      return percent_decoded(parameter.substr(equals + 1), true);
    }
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return {};
}

bool is_secret_parameter(std::string_view name) {
  return std::any_of(kSecretParameters.begin(), kSecretParameters.end(),
                     [&](std::string_view secret) { return equal_ignoring_case(name, secret); });
}

std::string redacted_url(std::string_view url) {
  url = without_fragment(url);
  const std::size_t mark = std::min(url.find('?'), url.size());
  const std::size_t path = std::min(path_begin(url), mark);
  std::string out;
  out.reserve(url.size());
  append_origin(out, url.substr(0, path));
  out.append(url.substr(path, mark - path));
  for (std::size_t from = mark; from < url.size();) {
    out.push_back(url[from]);
    const std::size_t end = std::min(url.find('&', from + 1), url.size());
    append_parameter(out, url.substr(from + 1, end - from - 1));
    from = end;
  }
  return out;
}

}  // namespace exotap
