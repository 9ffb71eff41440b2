// What a proxy's 407 means, which one exchange cannot say: the beginning of every sign-in at a
// proxy, or a program that cannot sign in there at all.
//
// - challenge: the request carried no credentials, or began a handshake that the proxy did not take
//   up. Programs that can answer do so on the next request;
// - unanswered: a challenge again, the kUnansweredTimes-th for this program and this host, each
//   kChallengeApart after the one before and at most kChallengeMemory, with no credentials between.
//   Browsers open several connections at once, which are all challenged: those count once;
// - in_progress: NTLM or Negotiate, and the proxy's answer carries on (MS-NTHT, RFC 4559);
// - rejected: credentials were refused;
// - accepted: credentials were sent, and the answer is no 407.
// A program is told by its name, else by its User-Agent: on one computer the browser signs in where
// Outlook cannot. What exotap itself sent (exotap.upstream.sign_in) is not the program's affair.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "decoders/facts.h"
#include "decoders/flow/clock.h"
#include "decoders/flow/recent_table.h"

namespace exotap::flow {

inline constexpr int kUnansweredTimes = 3;
inline constexpr auto kChallengeApart = seconds(1);
inline constexpr auto kChallengeMemory = minutes(10);
inline constexpr std::size_t kMaxProxyVisitors = 256;  // program, host and proxy
inline constexpr std::size_t kMaxProgramText = 128;    // bytes kept of a name or User-Agent

// Not thread safe.
class ProxySignIns {
 public:
  // States flow.proxy_auth.*; `facts` holds what the authentication decoder said.
  void fold(const Exchange& exchange, Facts& facts);

 private:
  struct VisitorView {
    std::string_view client, program, host, proxy;
    [[nodiscard]] std::uint64_t hash() const;
  };
  struct Visitor {
    Visitor() = default;
    explicit Visitor(const VisitorView& view)
        : client(view.client), program(view.program), host(view.host), proxy(view.proxy) {}
    [[nodiscard]] bool operator==(const VisitorView& view) const {
      return client == view.client && program == view.program && host == view.host &&
             proxy == view.proxy;
    }
    std::string client, program, host, proxy;
  };
  struct Unanswered {
    int count = 0;
    WallTime last_end{};  // of the last one counted
  };
  [[nodiscard]] int challenged(const Exchange& exchange, const VisitorView& who);
  void answered(const VisitorView& who);

  RecentTable<Visitor, Unanswered, kMaxProxyVisitors / 8> visitors_;
};

}  // namespace exotap::flow
