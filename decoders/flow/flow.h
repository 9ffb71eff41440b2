// The only decoder with a memory: folds exchanges into sign-in attempts and says what one
// exchange alone cannot: whether a 401 was a challenge or a refusal, whether other hosts can be
// reached, whether a certificate is shown by hosts that have nothing to do with each other.
#pragma once

#include <memory>
#include <span>

#include "capture/exchange.h"
#include "decoders/facts.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kFlowAttempt{
    "flow.attempt", FactType::integer,
    "which attempt to sign in or to reach mail this exchange belongs to"};
inline constexpr FactSpec kFlowStep{
    "flow.step", FactType::text,
    "autodiscover, realm, mex, wstrust, oauth, federation, mail or other"};
inline constexpr FactSpec kFlowStepNumber{
    "flow.step_number", FactType::integer,
    "how many different steps the attempt has come through, from 1"};
inline constexpr FactSpec kFlowAuthOutcome{
    "flow.auth.outcome", FactType::text,
    "challenge (401 before any credentials), in_progress (401 inside a handshake), accepted, "
    "rejected (401 to credentials), loop (rejected 3 times within 2 minutes) or none"};
inline constexpr FactSpec kFlowAuthRejections{
    "flow.auth.rejections", FactType::integer,
    "how many times in a row credentials of this kind were refused there, requests in flight "
    "together counted once; the first refusal of a bearer token is its renewal and not counted"};
inline constexpr FactSpec kFlowAuthChallengeOnly{
    "flow.auth.challenge_only", FactType::boolean,
    "with a 401: whether the request carried no credentials at all"};
inline constexpr FactSpec kFlowAuthBoundToExotapRejected{
    "flow.auth.bound_to_exotap_rejected", FactType::boolean,
    "a sign-in bound to exotap's certificate was rejected: true where that may be why, false where "
    "this host has accepted one bound so in this run; else absent"};
inline constexpr FactSpec kFlowAuthHiddenBindingRejected{
    "flow.auth.hidden_binding_rejected", FactType::boolean,
    "a Kerberos sign-in was rejected, which may be bound to exotap's certificate (that is "
    "encrypted), "
    "without an error of Kerberos that says otherwise: true where that may be why, false where "
    "this "
    "host has accepted one in this run; else absent"};
inline constexpr FactSpec kFlowProxyAuthOutcome{
    "flow.proxy_auth.outcome", FactType::text,
    "with a proxy's sign-in: challenge (407 before any credentials), unanswered (one more of them "
    "to a program that never answers), in_progress (407 inside a handshake), rejected (407 to "
    "credentials) or accepted; else absent"};
inline constexpr FactSpec kFlowProxyAuthUnanswered{
    "flow.proxy_auth.unanswered", FactType::integer,
    "with a challenge of a proxy: how many times in a row this program has come to this host "
    "without credentials, requests within a second counted once"};
inline constexpr FactSpec kFlowCertificateUnrelatedHosts{
    "flow.certificate.unrelated_hosts", FactType::integer,
    "hosts of how many organisations have lately shown this same certificate, though it does not "
    "cover them"};
inline constexpr FactSpec kFlowCertificateSharedWith{
    "flow.certificate.shared_with", FactType::text,
    "another host that showed this same certificate though it does not cover it; may repeat"};
inline constexpr FactSpec kFlowPort443OthersOk{
    "flow.port443.others_ok", FactType::integer,
    "with a failed connection to port 443: other hosts reached on it in the last 5 minutes"};
inline constexpr FactSpec kFlowPort443OthersFailed{
    "flow.port443.others_failed", FactType::integer,
    "with a failed connection to port 443: other mail or sign-in hosts, names that Outlook only "
    "guesses aside, that failed on it in the last 5 minutes and have not been reached since"};
inline constexpr FactSpec kFlowPort443OnlyThisHost{
    "flow.port443.only_this_host", FactType::boolean,
    "with a failed connection to port 443: others are reached on it and no other fails"};
inline constexpr FactSpec kFlowPort443AllHosts{
    "flow.port443.all_hosts", FactType::boolean,
    "with a failed connection to port 443: at least two hosts fail on it and none is reached"};
inline constexpr FactSpec kFlowPort443Port80Ok{
    "flow.port443.port80_ok", FactType::boolean,
    "with a failed connection to port 443: some host was reached on port 80 in the last 5 "
    "minutes"};
inline constexpr FactSpec kFlowHostWorkedBefore{
    "flow.host.worked_before", FactType::boolean,
    "with a failed connection: this host and port were reached earlier in this run"};
inline constexpr FactSpec kFlowStsReachedDirectly{
    "flow.sts.reached_directly", FactType::boolean,
    "true: in this attempt a federation server answered the client itself; else absent"};
inline constexpr FactSpec kFlowAccountKind{
    "flow.account.kind", FactType::text,
    "with an exchange that says how an account's sign-in ended: federated (another server checks "
    "its "
    "password) or managed (the cloud does), as realm discovery said in this run"};
inline constexpr FactSpec kFlowAccountOutcome{
    "flow.account.outcome", FactType::text,
    "how that sign-in ended: works, fails, refused (for a named reason that lies with the account) "
    "or unreached (no connection for Autodiscover or mail)"};
inline constexpr FactSpec kFlowAccountRound{
    "flow.account.round", FactType::integer,
    "accounts of one round may be compared: settled within 10 minutes, over the same way, at the "
    "same Autodiscover host; absent where two accounts of one kind ended differently"};

}  // namespace fact

// Facts that Flow states, in the order of docs/facts.md.
[[nodiscard]] std::span<const FactSpec* const> flow_facts();

// Memory is bounded (constants beside each part) and allocated once. Its clock is
// Exchange::started, so that a capture tells the same story as the wire did.
// Not thread safe: one per analysis thread. Never throws but for memory.
class Flow {
 public:
  Flow();
  ~Flow();
  Flow(Flow&&) noexcept;
  Flow& operator=(Flow&&) noexcept;

  // `facts` holds what decode() said about this exchange; flow.* facts are added to it. Exchanges
  // come in the order they ended.
  void fold(const Exchange& exchange, Facts& facts);

 private:
  struct Memory;
  std::unique_ptr<Memory> memory_;
};

}  // namespace exotap
