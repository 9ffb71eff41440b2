// Requests that wait for news on purpose (MAPI's NotificationWait, ActiveSync's Ping, streaming of
// EWS) and are cut while they wait. One is an accident: a computer that slept, a network that
// changed. Several that die at the same age were ended by something that counts: a router or
// firewall that forgets silent connections.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "decoders/facts.h"
#include "decoders/flow/clock.h"
#include "decoders/flow/recent_table.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kFlowWaitCutAfter{
    "flow.wait.cut_after", FactType::integer,
    "with a request to a mail server that was cut after it had waited a minute or more: its age in "
    "seconds"};
inline constexpr FactSpec kFlowWaitCutAlike{"flow.wait.cut_alike", FactType::integer,
                                            "beside flow.wait.cut_after: how many of the last such "
                                            "requests to this host were cut at nearly "
                                            "the same age, this one included"};

}  // namespace fact

namespace flow {

inline constexpr auto kShortestWait = seconds(60);
inline constexpr auto kCutMemory = std::chrono::hours(4);
inline constexpr std::size_t kRememberedCuts = 8;
inline constexpr std::size_t kMaxWaitedHosts = 64;
// Two ages are alike that differ by this much, or by a twentieth of the longer one.
inline constexpr auto kAlikeSlack = seconds(5);
inline constexpr int kAlikePart = 20;

// Not thread safe.
class CutWaits {
 public:
  // `is_mail`: the exchange is one with a mail server, past sign-in.
  void fold(const Exchange& exchange, bool is_mail, Facts& facts);

 private:
  struct Cut {
    seconds age{0};  // 0: unused
    WallTime at{};
  };
  struct Cuts {
    std::array<Cut, kRememberedCuts> last{};
    std::size_t next = 0;
  };
  RecentTable<std::string, Cuts, kMaxWaitedHosts / 8> by_host_;
};

}  // namespace flow
}  // namespace exotap
