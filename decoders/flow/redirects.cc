#include "decoders/flow/redirects.h"

#include <algorithm>
#include <string_view>

#include "decoders/ascii.h"
#include "decoders/autodiscover/discovery_facts.h"
#include "decoders/flow/url_host.h"
#include "decoders/url_parts.h"

namespace exotap::flow {
namespace {

std::uint64_t hash_ignoring_case(std::string_view text, std::uint64_t begin) {
  std::uint64_t hash = begin;
  for (const char c : text) hash = mix(hash, static_cast<unsigned char>(ascii_lower(c)));
  return hash;
}

// A URL as a place: scheme, host and path. The query repeats the address, and counts redirects.
std::uint64_t place_of(std::string_view scheme, std::string_view host, std::string_view path,
                       std::uint64_t begin) {
  const std::uint64_t site = hash_ignoring_case(host, hash_ignoring_case(scheme, begin));
  return hash_ignoring_case(path, site);
}

std::uint64_t place_of_url(std::string_view url, std::uint64_t begin) {
  return place_of(url.substr(0, url.find(':')), host_of_url(url), path_of(url), begin);
}

void append_hop(std::string& hops, std::string_view hop) {
  if (hops.size() + hop.size() + 3 > kMaxHopsText) return;
  if (!hops.empty()) hops.append(" > ");
  hops.append(hop);
}

// Where an address leads, the next host is the client's own guess: it joins as it is asked.
void arrive(std::string& hops, std::string_view host) {
  const std::size_t last = hops.rfind(' ');
  const std::string_view at =
      std::string_view(hops).substr(last == std::string::npos ? 0 : last + 1);
  if (at != host) append_hop(hops, host);
}

}  // namespace

// Where an exchange is, seen as somewhere a redirect can lead to.
struct Redirects::Place {
  std::uint64_t client = 0;   // client and attempt
  std::uint64_t url = 0;      // its URL, whoever is asked about
  std::uint64_t address = 0;  // its address, wherever it is asked; 0 where it has none

  // The same question at the same place.
  [[nodiscard]] std::uint64_t whole() const { return mix(url, address); }
};

Redirects::Chain Redirects::chain_to(const Place& here) {
  if (const Chain* by_url = leading_to_.find(here.url, here.url)) return *by_url;
  if (here.address != 0) {
    if (const Chain* by_address = leading_to_.find(here.address, here.address)) return *by_address;
  }
  return {};
}

void Redirects::remember(Chain& chain, std::uint64_t place) {
  const auto end = chain.been.begin() + static_cast<std::ptrdiff_t>(chain.size);
  if (chain.size == kMaxRememberedHops || std::find(chain.been.begin(), end, place) != end) return;
  chain.been[chain.size++] = place;
}

void Redirects::follow(const Exchange& exchange, const Place& here, Chain chain, Facts& facts) {
  const std::string_view address = facts.text(fact::kAutodiscoverRedirectAddress);
  const std::string_view url = facts.text(fact::kAutodiscoverRedirectUrl);
  const bool by_address = url.empty();
  const std::uint64_t target = by_address ? hash_ignoring_case(address, mix(here.client, 2))
                                          : place_of_url(url, mix(here.client, 1));
  const std::string to = by_address ? lower_domain_of_address(address) : lower_host_of_url(url);
  if (to.empty()) return;
  arrive(chain.hops, exchange.host);
  append_hop(chain.hops, by_address ? "@" + to : to);
  remember(chain, here.whole());
  if (here.address != 0) remember(chain, here.address);
  // The JSON form's redirects name the address in their query, and may name another one.
  const std::string named = by_address ? std::string() : query_value(query_of(url), "Email");
  const std::uint64_t asked =
      named.empty() ? here.address : hash_ignoring_case(named, mix(here.client, 2));
  const std::uint64_t place = by_address ? target : mix(target, asked);
  const auto end = chain.been.begin() + static_cast<std::ptrdiff_t>(chain.size);
  const bool loop = std::find(chain.been.begin(), end, place) != end;
  ++chain.depth;
  facts.add(fact::kFlowRedirectDepth, chain.depth);
  facts.add(fact::kFlowRedirectHops, chain.hops);
  facts.add(fact::kFlowRedirectTo, to);
  if (loop) facts.add(fact::kFlowRedirectLoop, true);
  if (exchange.scheme == "https" && starts_with_ignoring_case(url, "http://")) {
    facts.add(fact::kFlowRedirectToClear, true);
  }
  facts.add(fact::kFlowRedirectToCloud, is_microsoft_host(to));
  *leading_to_.find_or_make(target, target).first = std::move(chain);
}

void Redirects::fold(const Exchange& exchange, std::uint64_t attempt, Facts& facts) {
  if (exchange.probe || exchange.still_waiting || !facts.has(fact::kAutodiscoverPath)) return;
  Place here;
  here.client = mix(hash_of(exchange.client.address), attempt);
  here.url =
      place_of(exchange.scheme, exchange.host, path_of(exchange.request.head), mix(here.client, 1));
  const std::string_view asked = facts.text(fact::kAutodiscoverRequestEmail);
  if (!asked.empty()) here.address = hash_ignoring_case(asked, mix(here.client, 2));
  Chain chain = chain_to(here);
  const bool redirects =
      facts.has(fact::kAutodiscoverRedirectAddress) || facts.has(fact::kAutodiscoverRedirectUrl);
  if (redirects) return follow(exchange, here, std::move(chain), facts);
  if (chain.depth == 0) return;
  arrive(chain.hops, exchange.host);
  facts.add(fact::kFlowRedirectDepth, chain.depth);
  facts.add(fact::kFlowRedirectHops, chain.hops);
}

}  // namespace exotap::flow
