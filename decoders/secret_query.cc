#include "decoders/secret_query.h"

#include <algorithm>

#include "decoders/url_parts.h"

namespace exotap {
namespace {

struct Parameter {
  std::string_view name;
  std::string_view value;
  std::size_t size = 0;  // of the whole "name=value"
};

// "&" divides parameters; some servers write ";".
Parameter first_parameter(std::string_view query) {
  const std::size_t size = std::min(query.find_first_of("&;"), query.size());
  const std::string_view whole = query.substr(0, size);
  const std::size_t equals = whole.find('=');
  if (equals == std::string_view::npos) return {whole, {}, size};
  return {whole.substr(0, equals), whole.substr(equals + 1), size};
}

bool is_secret_name(std::string_view name) {
  if (name.find('%') == std::string_view::npos) return is_secret_parameter(name);
  return is_secret_parameter(percent_decoded(name));
}

// A query inside a value: its own separators are escaped, so that they show only once decoded.
bool hides_secret(std::string_view value) {
  if (value.find('%') == std::string_view::npos) return false;
  if (value.size() > kMaxSearchedValue) return true;
  std::string inner(value);
  for (int depth = 0; depth < 3 && inner.find('%') != std::string::npos; ++depth) {
    inner = percent_decoded(inner);
    std::string_view rest = inner;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find_first_of("?&#;"), rest.size());
      const std::string_view word = rest.substr(0, end);
      const std::size_t equals = word.find('=');
      if (equals != std::string_view::npos && is_secret_parameter(word.substr(0, equals))) {
        return true;
      }
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return false;
}

bool is_secret(const Parameter& parameter) {
  return !parameter.value.empty() &&
         (is_secret_name(parameter.name) || hides_secret(parameter.value));
}

}  // namespace

bool query_has_secret(std::string_view query) {
  while (!query.empty()) {
    const Parameter parameter = first_parameter(query);
    if (is_secret(parameter)) return true;
    query.remove_prefix(std::min(parameter.size + 1, query.size()));
  }
  return false;
}

void append_redacted_query(std::string& out, std::string_view query) {
  while (!query.empty()) {
    const Parameter parameter = first_parameter(query);
    if (is_secret(parameter)) {
      out.append(parameter.name).append("=").append(kRedactedValue);
    } else {
      out.append(query.substr(0, parameter.size));
    }
    if (parameter.size < query.size()) out.push_back(query[parameter.size]);
    query.remove_prefix(std::min(parameter.size + 1, query.size()));
  }
}

std::string shown_url(std::string_view url) {
  url = url.substr(0, url.find('#'));
  const std::size_t mark = url.find('?');
  std::string out = redacted_url(url.substr(0, mark));
  if (mark == std::string_view::npos) return out;
  out.push_back('?');
  append_redacted_query(out, url.substr(mark + 1));
  return out;
}

}  // namespace exotap
