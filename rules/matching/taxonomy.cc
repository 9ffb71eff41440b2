#include "rules/matching/taxonomy.h"

#include <algorithm>
#include <array>

namespace exotap {
namespace {

// Rules write c-uri both as a whole URL and as a path with its query, so it is either. Cookies
// and referrers never become facts: they hold secrets. `cs` is client to server, as in W3C logs.
constexpr std::array kAliases{
    FieldAlias{"c-ip", "client.address"},
    FieldAlias{"c-uri", "url.full", "url.original"},
    FieldAlias{"c-uri-extension", "url.extension"},
    FieldAlias{"c-uri-path", "url.path"},
    FieldAlias{"c-uri-query", "url.query"},
    FieldAlias{"c-uri-stem", "url.path"},
    FieldAlias{"c-useragent", "user_agent.original"},
    FieldAlias{"c-win32-status", ""},
    FieldAlias{"cs-bytes", "http.request.body.bytes"},
    FieldAlias{"cs-content-type", "http.request.mime_type"},
    FieldAlias{"cs-cookie", ""},
    FieldAlias{"cs-host", "url.domain"},
    FieldAlias{"cs-method", "http.request.method"},
    FieldAlias{"cs-referer", ""},
    FieldAlias{"cs-referrer", ""},
    FieldAlias{"cs-uri", "url.full", "url.original"},
    FieldAlias{"cs-uri-query", "url.query"},
    FieldAlias{"cs-uri-stem", "url.path"},
    FieldAlias{"cs-user-agent", "user_agent.original"},
    FieldAlias{"cs-username", ""},
    FieldAlias{"cs-version", "http.version"},
    FieldAlias{"date", ""},
    FieldAlias{"dst_ip", "destination.ip"},
    FieldAlias{"dst_port", "destination.port"},
    FieldAlias{"r-dns", "url.domain"},
    FieldAlias{"s-computername", ""},
    FieldAlias{"s-ip", "destination.ip"},
    FieldAlias{"s-port", "destination.port"},
    FieldAlias{"s-sitename", ""},
    FieldAlias{"sc-bytes", "http.response.body.bytes"},
    FieldAlias{"sc-status", "http.response.status_code"},
    FieldAlias{"src_ip", "client.address"},
    FieldAlias{"src_port", "client.port"},
    FieldAlias{"time", ""},
    FieldAlias{"time-taken", ""},
};

constexpr std::array kComposed{&kUrlFull, &kUrlOriginal, &kUrlExtension};

}  // namespace

std::span<const FieldAlias> field_aliases() { return kAliases; }

const FieldAlias* find_alias(std::string_view field) {
  const auto found = std::ranges::find(kAliases, field, &FieldAlias::field);
  return found == kAliases.end() ? nullptr : &*found;
}

const FactSpec* find_composed_fact(std::string_view name) {
  const auto found = std::ranges::find(kComposed, name, &FactSpec::name);
  return found == kComposed.end() ? nullptr : *found;
}

}  // namespace exotap
