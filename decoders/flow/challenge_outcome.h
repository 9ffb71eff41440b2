// What a 401 means, which one exchange cannot say: the beginning of every sign-in, the middle of
// a handshake, or a refusal of credentials.
//
// - challenge: the request carried no credentials (an empty "Bearer" probe is none), or began a
//   handshake that the server did not take up, or carried a bearer token for the first time since
//   one was accepted there: tokens expire, and clients renew them on a 401;
// - in_progress: NTLM or Negotiate, and the server's answer carries on (MS-NTHT 2.2.2, RFC 4559);
// - rejected: credentials were refused. Requests that were in flight together are refused
//   together: they count once;
// - loop: refused kLoopRejections times within kLoopWindow and never accepted between;
// - accepted: credentials were sent, and the answer is neither 401 nor one that says nothing
//   about them (403, 407, 429, 5xx).
// Refusals are counted for a client, a host, the first path segment (EWS may be closed where MAPI
// is open), the scheme and the user name as far as it is visible. Being accepted there with
// another scheme ends the count too: clients try Negotiate before NTLM.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "decoders/facts.h"
#include "decoders/flow/clock.h"
#include "decoders/flow/recent_table.h"

namespace exotap::flow {

inline constexpr int kLoopRejections = 3;
inline constexpr auto kLoopWindow = minutes(2);
inline constexpr auto kRefusalMemory = minutes(10);  // later refusals start a new count
inline constexpr std::size_t kMaxAuthPlaces = 128;   // client and host
inline constexpr std::size_t kMaxRefusalsAtPlace = 8;
inline constexpr std::size_t kMaxKeyText = 128;  // bytes kept of a segment or user name

enum class AuthOutcome : std::uint8_t { none, challenge, in_progress, accepted, rejected, loop };
[[nodiscard]] std::string_view to_string(AuthOutcome outcome);

struct AuthVerdict {
  AuthOutcome outcome = AuthOutcome::none;
  int rejections = 0;
  bool is_401 = false;
  bool challenge_only = false;  // a 401 to a request without credentials
};

// Not thread safe.
class ChallengeOutcomes {
 public:
  // `facts` holds what the authentication decoder said about the exchange.
  [[nodiscard]] AuthVerdict fold(const Exchange& exchange, const Facts& facts);

 private:
  struct PlaceView {
    std::string_view client, host;
  };
  struct Place {
    Place() = default;
    explicit Place(const PlaceView& view) : client(view.client), host(view.host) {}
    [[nodiscard]] bool operator==(const PlaceView& view) const {
      return client == view.client && host == view.host;
    }
    std::string client, host;
  };
  struct Sent;
  // Credentials of one kind at one place, and how they fared.
  struct Refusals {
    std::string family, scheme, who;
    std::array<WallTime, kLoopRejections> times{};  // of the last counted ones, a ring
    WallTime last_end{};
    int count = 0;
    bool renewal_seen = false;  // of a bearer token: the first 401, not counted
    [[nodiscard]] bool is_of(const Sent& sent) const;
    [[nodiscard]] static Refusals of(const Sent& sent);
  };
  using AtPlace = std::array<Refusals, kMaxRefusalsAtPlace>;

  [[nodiscard]] AuthVerdict refuse(const Exchange& exchange, const Sent& sent);
  void accept(const Exchange& exchange, const Sent& sent);

  RecentTable<Place, AtPlace, kMaxAuthPlaces / 8> places_;
};

}  // namespace exotap::flow
