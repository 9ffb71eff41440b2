// Chains of Autodiscover redirects: by status and Location, by a RedirectUrl, by an address to
// start again with. Each answer of a chain is sound alone; that it goes round in a circle, into
// clear text or never ends shows only over all of them (MS-OXDSCLI sections 3.1.5.2 and 3.1.5.3).
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "capture/exchange.h"
#include "decoders/facts.h"
#include "decoders/flow/recent_table.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kFlowRedirectDepth{"flow.redirect.depth", FactType::integer,
                                             "Autodiscover: redirects of the chain this exchange "
                                             "belongs to so far, its own answer included"};
inline constexpr FactSpec kFlowRedirectHops{
    "flow.redirect.hops", FactType::text,
    "hosts of that chain in order, the one it leads to last; \"@domain\" where the way is to start "
    "again with an address there"};
inline constexpr FactSpec kFlowRedirectTo{
    "flow.redirect.to", FactType::text,
    "with an answer that redirects: the host, or the address's domain, it sends the client to"};
inline constexpr FactSpec kFlowRedirectLoop{
    "flow.redirect.loop", FactType::boolean,
    "true: this answer sends the client where the chain has been before; else absent"};
inline constexpr FactSpec kFlowRedirectToClear{
    "flow.redirect.to_clear", FactType::boolean,
    "true: this answer sends the client from https to http; else absent"};
inline constexpr FactSpec kFlowRedirectToCloud{
    "flow.redirect.to_cloud", FactType::boolean,
    "with an answer that redirects: whether the target is Microsoft's (*.mail.onmicrosoft.com, "
    "*.outlook.com, ...)"};

}  // namespace fact

namespace flow {

inline constexpr std::size_t kMaxRedirectChains = 128;  // targets remembered at once
inline constexpr std::size_t kMaxRememberedHops = 16;   // places of one chain
inline constexpr std::size_t kMaxHopsText = 512;        // bytes of flow.redirect.hops

// Not thread safe.
class Redirects {
 public:
  // `attempt` is flow.attempt: chains end with it.
  void fold(const Exchange& exchange, std::uint64_t attempt, Facts& facts);

 private:
  struct Chain {
    std::int64_t depth = 0;
    std::array<std::uint64_t, kMaxRememberedHops> been{};
    std::size_t size = 0;
    std::string hops;
  };
  struct Place;

  [[nodiscard]] Chain chain_to(const Place& here);
  static void remember(Chain& chain, std::uint64_t place);
  void follow(const Exchange& exchange, const Place& here, Chain chain, Facts& facts);

  // By where a redirect leads: a URL or an address, with client and attempt.
  RecentTable<std::uint64_t, Chain, kMaxRedirectChains / 8> leading_to_;
};

}  // namespace flow
}  // namespace exotap
