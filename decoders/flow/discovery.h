// Which way a client came to ask somebody for its settings. Autodiscover is a list of guesses and
// hints worked through until one answers (MS-OXDISCO section 3.1.5: 3.1.5.1 Active
// Directory, 3.1.5.2 the domain's own names, 3.1.5.3 SRV records, 3.1.5.4 the redirect in clear),
// so the same failure is nothing on a guess and everything on the last hint. One exchange rarely
// shows its place in that list; the ones before it do.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "capture/exchange.h"
#include "decoders/facts.h"
#include "decoders/flow/recent_table.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kAutodiscoverStep{
    "autodiscover.step", FactType::text,
    "how the client came to this address: root_domain, autodiscover_host, http_redirect (asked in "
    "clear), redirect (sent here by another answer), srv (a host nobody named, after the guesses), "
    "last_known_good (such a host at once: the last that worked, or Active Directory's), cloud "
    "(Exchange Online at once)"};
inline constexpr FactSpec kAutodiscoverAnsweredElsewhere{
    "autodiscover.answered_elsewhere", FactType::boolean,
    "true: this answer gives no settings, and in this attempt another host has given them or the "
    "address to ask with, for the same mail domain; else absent"};

}  // namespace fact

namespace flow {

// Of one client, what its current attempt has shown.
inline constexpr std::size_t kDiscoveringClients = 64;
inline constexpr std::size_t kRememberedDomains = 8;  // domains of addresses it asked for
inline constexpr std::size_t kRememberedHosts = 16;   // hosts it was sent to, or came to by itself

// Front doors of Exchange Online that clients ask without being told to.
[[nodiscard]] bool is_cloud_discovery_host(std::string_view host);

// Not thread safe.
class Discovery {
 public:
  // States autodiscover.step of an Autodiscover request, or of a connection to such a host that
  // failed, and autodiscover.answered_elsewhere. `attempt` is flow.attempt: a new one knows nothing
  // of the last.
  void fold(const Exchange& exchange, std::uint64_t attempt, Facts& facts);

 private:
  // The last host that gave what was asked for about a domain; zeros where there is none.
  struct Answered {
    std::uint64_t domain = 0;
    std::uint64_t host = 0;
  };
  struct Seen {
    std::uint64_t attempt = 0;
    bool guessed = false;  // root domain or autodiscover host were tried
    std::array<std::string, kRememberedDomains> domains;
    std::size_t next_domain = 0;
    std::array<std::uint64_t, kRememberedHosts> sent_to{};  // hashes of hosts redirects named
    std::size_t next_sent = 0;
    std::array<std::uint64_t, kRememberedHosts> failed{};  // hashes of hosts not reached
    std::size_t next_failed = 0;
    std::array<std::uint64_t, kRememberedHosts> known{};  // hashes of hosts that came by themselves
    std::size_t next_known = 0;
    std::uint64_t by_srv = 0;  // the host, if any, that is told as srv
    std::array<Answered, kRememberedDomains> answered{};
    std::size_t next_answered = 0;
  };
  void learn(const Exchange& exchange, const Facts& facts, Seen& seen);
  [[nodiscard]] std::string_view step_of(const Exchange& exchange, Seen& seen) const;
  static void fold_answer(const Exchange& exchange, Facts& facts, Seen& seen);

  RecentTable<std::string, Seen, kDiscoveringClients / 8> by_client_;
};

}  // namespace flow
}  // namespace exotap
