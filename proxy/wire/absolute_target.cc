#include "proxy/wire/absolute_target.h"

namespace exotap::wire {
namespace {

bool starts_without_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && equal_ignoring_case(text.substr(0, prefix.size()), prefix);
}

// The field's line in the head's text, its line end included.
std::string_view line_of(const Head& head, const FieldPosition& field) {
  const std::size_t end = head.text.find("\r\n", field.value_at + field.value_size);
  const std::size_t stop = end == std::string::npos ? head.text.size() : end + 2;
  return std::string_view(head.text).substr(field.name_at, stop - field.name_at);
}

}  // namespace

std::optional<AbsoluteTarget> parse_absolute_target(std::string_view target) {
  AbsoluteTarget parsed;
  if (starts_without_case(target, "http://")) {
    target.remove_prefix(7);
  } else if (starts_without_case(target, "https://")) {
    target.remove_prefix(8);
    parsed.https = true;
  } else {
    return std::nullopt;
  }
  const std::size_t path = target.find_first_of("/?#");
  std::string_view authority = target.substr(0, path);
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    authority.remove_prefix(at + 1);
  }
  const auto server =
      parse_host_port(authority, static_cast<std::uint16_t>(parsed.https ? 443 : 80));
  if (!server) return std::nullopt;
  parsed.server = *server;
  parsed.authority = authority;
  if (path != std::string_view::npos) {
    parsed.origin_form = target.substr(path, target.find('#', path) - path);
  }
  if (!parsed.origin_form.starts_with('/')) parsed.origin_form.insert(0, 1, '/');
  return parsed;
}

std::string to_origin_form(const Head& head, const AbsoluteTarget& target) {
  std::string out;
  out.reserve(head.text.size());
  out.append(head.method());
  out += ' ';
  out += target.origin_form;
  const std::size_t version_at = head.target_at + head.target_size;
  const std::size_t line_end = head.text.find("\r\n", version_at);
  out.append(head.text, version_at, line_end + 2 - version_at);
  bool host_seen = false;
  for (std::size_t i = 0; i < head.fields.size(); ++i) {
    const Field field = head.field(i);
    if (equal_ignoring_case(field.name, "Proxy-Connection") ||
        equal_ignoring_case(field.name, "Proxy-Authorization")) {
      continue;
    }
    if (equal_ignoring_case(field.name, "Host")) {
      // RFC 9112 section 3.2.2: the target decides, whatever Host says.
      if (!host_seen && !equal_ignoring_case(field.value, target.authority)) {
        out.append(field.name).append(": ").append(target.authority).append("\r\n");
      } else if (!host_seen) {
        out.append(line_of(head, head.fields[i]));
      }
      host_seen = true;
      continue;
    }
    out.append(line_of(head, head.fields[i]));
  }
  if (!host_seen) out.append("Host: ").append(target.authority).append("\r\n");
  out += "\r\n";
  return out;
}

}  // namespace exotap::wire
