#include "decoders/federation/passive_parameters.h"

#include <algorithm>

#include "capture/message.h"
#include "decoders/url_parts.h"

namespace exotap {
namespace {

struct Place {
  std::string_view host;
  std::string_view path;
};

Place place_of(std::string_view url) {
  while (url.starts_with(' ')) url.remove_prefix(1);
  if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos) {
    url.remove_prefix(scheme + 3);
  }
  url = url.substr(0, url.find_first_of("?#"));
  const std::size_t slash = std::min(url.find('/'), url.size());
  Place place{url.substr(0, slash), url.substr(slash)};
  for (const std::string_view port : {":443", ":80"}) {
    if (place.host.ends_with(port)) place.host.remove_suffix(port.size());
  }
  if (place.path.empty()) place.path = "/";
  return place;
}

}  // namespace

std::string_view name_of(PassiveBinding binding) {
  switch (binding) {
    case PassiveBinding::redirect:
      return "redirect";
    case PassiveBinding::post:
      return "post";
    case PassiveBinding::page:
      break;
  }
  return "page";
}

std::string PassiveParameters::value(std::string_view name) const {
  if (form_ == nullptr) return query_value(encoded_, name);
  const std::string* found = form_->field(name);
  return found == nullptr ? std::string() : *found;
}

bool mentions_passive_sign_in(std::string_view text) {
  for (const std::string_view name : {"wa=wsign", "wresult", "SAMLRe", "SAMLart"}) {
    if (text.find(name) != std::string_view::npos) return true;
  }
  return false;
}

bool same_place(std::string_view url, std::string_view other) {
  const Place a = place_of(url);
  const Place b = place_of(other);
  return equal_ignoring_case(a.host, b.host) && equal_ignoring_case(a.path, b.path);
}

}  // namespace exotap
