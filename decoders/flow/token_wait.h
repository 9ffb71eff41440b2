// A mail server asks for a token, and nobody goes to fetch one: the program comes back without
// again and again, and no sign-in host is spoken to. Each challenge alone is how every sign-in
// begins. What fetches tokens on Windows is not the program itself but a part of the system, whose
// way to the network may be closed while Outlook's is open.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "decoders/facts.h"
#include "decoders/flow/clock.h"
#include "decoders/flow/recent_table.h"
#include "decoders/flow/step.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kFlowTokenChallenges{
    "flow.token.challenges", FactType::integer,
    "with a challenge for a bearer token, from the second on: how many this host gave, each 5 "
    "seconds or more after the one before, while it was shown no token and no sign-in host asked"};
inline constexpr FactSpec kFlowTokenWaited{
    "flow.token.waited", FactType::integer,
    "beside flow.token.challenges: seconds since the first of them"};

}  // namespace fact

namespace flow {

inline constexpr auto kTokenChallengeApart = seconds(5);
inline constexpr auto kTokenChallengeMemory = minutes(10);
inline constexpr std::size_t kMaxTokenHosts = 128;  // client and host

// Not thread safe.
class TokenWaits {
 public:
  // `facts` holds what the authentication decoder said. To be told every exchange that concerns
  // mail or sign-in, CONNECTs and failures included: to try to reach a sign-in host is to go.
  void fold(const Exchange& exchange, Step step, Facts& facts);

 private:
  struct View {
    std::string_view client, host;
  };
  struct Key {
    Key() = default;
    explicit Key(const View& view) : client(view.client), host(view.host) {}
    [[nodiscard]] bool operator==(const View& view) const {
      return client == view.client && host == view.host;
    }
    std::string client, host;
  };
  struct Waiting {
    int count = 0;
    WallTime first{};
    WallTime last_end{};
  };
  void forget(std::string_view client, std::string_view host);
  RecentTable<Key, Waiting, kMaxTokenHosts / 8> waiting_;
};

}  // namespace flow
}  // namespace exotap
