// Hosts whose connections pass untouched for a while, because opening them broke something that
// works without exotap: a client that rejects our certificate, a server that wants the client's
// own, a sign-in bound to the TLS connection (RFC 5929).
#pragma once

#include <chrono>
#include <cstdint>
#include <list>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

namespace exotap::wire {

inline constexpr std::size_t kMaxSteppedAside = 256;  // entries; the oldest goes first
inline constexpr std::chrono::minutes kStepAsideFor{60};
// Closing without a word after the handshake is also what a browser does that connected in advance,
// or a program that ends. It counts as a rejection when it comes this often, one connection after
// the other, from a program that has never used a connection that was opened.
inline constexpr int kSilentCloses = 2;
inline constexpr std::size_t kMaxTrustingKinds = 64;  // programs; then they prove it anew

// Why, as Exchange::handling_reason and the fact exotap.step_aside say it.
inline constexpr std::string_view kClientCertificateWanted = "client_certificate_wanted";
inline constexpr std::string_view kClientRejectsLeaf = "client_rejects_leaf";
inline constexpr std::string_view kChannelBinding = "channel_binding";
inline constexpr std::string_view kServerHandshakeFailed = "server_handshake_failed";
// Only RSA, or nothing newer than TLS 1.1: no certificate of ours can be shown to such a client. Or
// else its handshake with us failed, and not over the certificate.
inline constexpr std::string_view kClientHandshakeFailed = "client_handshake_failed";

// Which clients it concerns: a ClientHello's fingerprint, so that one program that trusts nobody
// does not blind exotap to all others.
using ClientKind = std::uint64_t;
inline constexpr ClientKind kEveryClient = 0;

// Thread safe: any thread may remember, every connection asks.
class StepAside {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  // `reason` is one of the constants above. True where this is news.
  bool remember(std::string_view host, ClientKind kind, std::string_view reason, TimePoint now);
  // The same, where it is noticed in the middle of a connection: told with the next one.
  void remember_untold(std::string_view host, ClientKind kind, std::string_view reason,
                       TimePoint now);
  // One connection, begun then, was closed without a word; true where that makes it a rejection
  // now.
  bool closed_silently(std::string_view host, ClientKind kind, TimePoint begun, TimePoint now);
  // Whether that, or a rejection by silence, is still to be told; true once.
  bool untold(std::string_view host, ClientKind kind);
  // A program has used an opened connection: its silences mean nothing.
  void used(ClientKind kind);
  // Why this client's connections to this host are not opened; empty where they are.
  [[nodiscard]] std::string_view reason(std::string_view host, ClientKind kind, TimePoint now);
  void clear();

 private:
  struct Entry {
    std::string host;
    ClientKind kind = kEveryClient;
    std::string_view reason;  // empty while only silences are counted
    int silences = 0;
    bool untold = false;
    TimePoint last_silence;
    TimePoint until;
  };
  Entry* find(std::string_view host, ClientKind kind, TimePoint now);
  Entry& make(std::string_view host, ClientKind kind, TimePoint now);

  std::mutex mutex_;
  std::list<Entry> entries_;  // the newest in front
  std::set<ClientKind> trusting_;
};

}  // namespace exotap::wire
