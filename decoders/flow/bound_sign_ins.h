// Whether exotap itself is why a sign-in was refused: it was bound to the certificate exotap showed
// the client (extended protection), which the server can only refuse if it compares. Clients bind
// always, servers compare seldom: one that has accepted a sign-in bound so is known not to, and
// refuses for another reason, such as a wrong password. What a Kerberos sign-in is bound to is
// encrypted: there exotap can only be suspected.
#pragma once

#include <cstddef>
#include <string>

#include "decoders/facts.h"
#include "decoders/flow/challenge_outcome.h"
#include "decoders/flow/recent_table.h"

namespace exotap::flow {

inline constexpr std::size_t kMaxBoundHosts = 64;

// Not thread safe.
class BoundSignIns {
 public:
  // States flow.auth.bound_to_exotap_rejected or .hidden_binding_rejected; `facts` holds
  // auth.channel_bindings and kerberos.error.code.
  void fold(const Exchange& exchange, AuthOutcome outcome, Facts& facts);

 private:
  using Hosts = RecentTable<std::string, bool, kMaxBoundHosts / 8>;
  Hosts accepted_at_;
  Hosts hidden_accepted_at_;  // many clients bind to nothing: that proves less
};

}  // namespace exotap::flow
