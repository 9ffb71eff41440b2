#include "proxy/wire/upstream/proxy_head.h"

namespace exotap::wire {
namespace {

constexpr std::string_view kAuthorization = "Proxy-Authorization";

// The field's line in the head's text, its line end included.
std::string_view line_of(const Head& head, const FieldPosition& field) {
  const std::size_t end = head.text.find("\r\n", field.value_at + field.value_size);
  const std::size_t stop = end == std::string::npos ? head.text.size() : end + 2;
  return std::string_view(head.text).substr(field.name_at, stop - field.name_at);
}

std::string_view start_line_of(const Head& head) {
  return std::string_view(head.text).substr(0, head.text.find("\r\n") + 2);
}

std::string authority_of(const HostPort& target) {
  const bool v6 = target.host.find(':') != std::string::npos;
  return (v6 ? "[" + target.host + "]" : target.host) + ":" + std::to_string(target.port);
}

void append_field(std::string& to, std::string_view name, std::string_view value) {
  to.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

std::string connect_head(const Head& client, const HostPort& target,
                         std::string_view authorization) {
  const bool is_connect = client.method() == "CONNECT";
  const bool same = is_connect && parse_host_port(client.target()) == target;
  const std::string authority = authority_of(target);
  std::string out;
  out.reserve(client.text.size() + authorization.size() + 128);
  if (same) {
    out = start_line_of(client);
  } else {
    out = "CONNECT " + authority + " HTTP/1.1\r\n";
  }
  bool host_seen = false;
  for (std::size_t i = 0; i < client.fields.size(); ++i) {
    const Field field = client.field(i);
    const bool is_authorization = equal_ignoring_case(field.name, kAuthorization);
    if (is_authorization && !authorization.empty()) continue;
    if (!is_connect && !is_authorization && !equal_ignoring_case(field.name, "User-Agent")) {
      continue;
    }
    if (equal_ignoring_case(field.name, "Host")) {
      if (!host_seen && !same) append_field(out, field.name, authority);
      if (!host_seen && same) out.append(line_of(client, client.fields[i]));
      host_seen = true;
      continue;
    }
    out.append(line_of(client, client.fields[i]));
  }
  if (!host_seen) append_field(out, "Host", authority);
  if (!authorization.empty()) append_field(out, kAuthorization, authorization);
  out += "\r\n";
  return out;
}

std::string proxied_head(const Head& client, std::string_view authorization) {
  if (authorization.empty()) return client.text;
  std::string out;
  out.reserve(client.text.size() + authorization.size() + 32);
  out = start_line_of(client);
  for (std::size_t i = 0; i < client.fields.size(); ++i) {
    if (equal_ignoring_case(client.field(i).name, kAuthorization)) continue;
    out.append(line_of(client, client.fields[i]));
  }
  append_field(out, kAuthorization, authorization);
  out += "\r\n";
  return out;
}

std::string question_head(const Head& client, std::string_view authorization) {
  std::string out = "HEAD ";
  out.append(client.target()).append(" HTTP/1.1\r\n");
  for (std::size_t i = 0; i < client.fields.size(); ++i) {
    const Field field = client.field(i);
    const bool wanted =
        equal_ignoring_case(field.name, "Host") || equal_ignoring_case(field.name, "User-Agent");
    if (wanted) out.append(line_of(client, client.fields[i]));
  }
  append_field(out, "Cache-Control", "only-if-cached");
  if (!authorization.empty()) append_field(out, kAuthorization, authorization);
  out += "\r\n";
  return out;
}

}  // namespace exotap::wire
