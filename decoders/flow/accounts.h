// Compares accounts: one that signs in at the organisation's federation server and one that signs
// in in the cloud, tried one after the other over the same way, tell together what neither tells
// alone.
//
// Which kind an account is, realm discovery has said of its domain in this run; a domain of
// onmicrosoft.com is always the cloud's. An exchange settles an account where it says how its
// sign-in ended:
// - works: credentials were sent for Autodiscover or mail, and the answer is a 2xx;
// - refused: Entra ID or the federation server named the reason, which lies with the account;
// - fails: credentials were not accepted there, or the server answered 5xx twice in a row (once is
// a
//   busy server); the federation server of the account could not be reached, was out of service or
//   answered a fault;
// - unreached: the connection for Autodiscover or mail failed, right after this account was asked
//   for.
// A lapsed bearer token or refresh token settles nothing: programs renew them.
//
// A round is what may be compared: accounts settled within kCompareWithin, by the same client
// address and the same proxy, at the same Autodiscover host where they came that far. An account
// that ends otherwise than before begins a new round. Where two accounts of one kind end
// differently it is not the kind that matters, and the rest of the round is not compared.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "decoders/facts.h"
#include "decoders/flow/challenge_outcome.h"
#include "decoders/flow/clock.h"
#include "decoders/flow/recent_table.h"
#include "decoders/flow/step.h"

namespace exotap::flow {

inline constexpr auto kCompareWithin = minutes(10);
inline constexpr auto kAskedLately = seconds(30);
inline constexpr std::size_t kMaxKnownDomains = 128;
inline constexpr std::size_t kMaxStsHosts = 64;
inline constexpr std::size_t kMaxWays = 64;

enum class AccountKind : std::uint8_t { federated, managed };
enum class AccountOutcome : std::uint8_t { works, fails, refused, unreached };
[[nodiscard]] std::string_view to_string(AccountKind kind);        // as in flow.account.kind
[[nodiscard]] std::string_view to_string(AccountOutcome outcome);  // as in flow.account.outcome

// Not thread safe.
class Accounts {
 public:
  // States flow.account.* with an exchange that settles an account whose kind is known.
  void fold(const Exchange& exchange, Step step, AuthOutcome verdict, Facts& facts);

 private:
  struct Settled {
    std::string user;
    AccountOutcome outcome{};
    std::string discovered_at;  // host of Autodiscover; empty where it did not come that far
  };
  struct Round {
    std::uint64_t id = 0;
    WallTime started{};
    bool contradicts = false;
    std::optional<Settled> federated, managed;
  };
  struct Way {
    Round round;
    std::string put_off;  // whom a server that is busy, perhaps, has just sent away
    std::string asked;    // whose realm was looked up last
    WallTime asked_at{};
  };
  struct Ending {
    std::string user;
    AccountOutcome outcome{};
  };

  void learn(const Exchange& exchange, const Facts& facts, Way& way);
  [[nodiscard]] std::optional<Ending> ending_of(const Exchange& exchange, Step step,
                                                AuthOutcome verdict, const Facts& facts,
                                                const Way& way);
  [[nodiscard]] std::optional<AccountKind> kind_of(std::string_view user);
  void settle(Round& round, AccountKind kind, Settled settled, WallTime at);

  RecentTable<std::string, AccountKind, kMaxKnownDomains / 8> kinds_;  // by domain
  RecentTable<std::string, std::string, kMaxStsHosts / 8> users_of_;   // by federation server
  RecentTable<std::string, Way, kMaxWays / 8> ways_;
  std::uint64_t last_round_ = 0;
};

}  // namespace exotap::flow
