#include "decoders/autodiscover/offered_urls.h"

#include <algorithm>

#include "decoders/autodiscover/discovery_facts.h"
#include "decoders/secret_query.h"
#include "decoders/url_parts.h"

namespace exotap {

bool OfferedUrls::add(std::string_view name, std::string_view url) {
  const bool is_url =
      starts_with_ignoring_case(url, "https://") || starts_with_ignoring_case(url, "http://");
  if (!is_url || full()) return is_url;
  std::string stated(name);
  stated.append("=").append(shown_url(url));
  if (std::find(seen_.begin(), seen_.end(), stated) != seen_.end()) return true;
  facts_.add(fact::kAutodiscoverUrl, stated);
  seen_.push_back(std::move(stated));
  return true;
}

}  // namespace exotap
