// What the proxy is told at start and never changes afterwards.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "proxy/wire/client_admission.h"
#include "proxy/wire/client_places.h"
#include "proxy/wire/connect_to.h"
#include "proxy/wire/host_policy.h"
#include "proxy/wire/upstream/upstream_settings.h"

namespace exotap::wire {

// What a client meets when the server's certificate is bad, or its handshake fails.
enum class BadCertificate : std::uint8_t {
  mirror,  // the same defect, alert or cut as without exotap
  block,   // a 502 inside TLS that explains it
};

struct Settings {
  std::string listen_address = "127.0.0.1";
  std::uint16_t listen_port = 8888;  // 0 picks one
  ClientAdmission clients;           // beside this computer's own
  std::size_t most_connections = kMostConnections;
  HostPolicy policy;
  ConnectTo connect_to;
  UpstreamSettings upstream;
  BadCertificate bad_certificate = BadCertificate::mirror;
  std::vector<std::string> accepted_bad_hosts;  // --bad-certificate accept=HOST
  std::chrono::seconds connect_timeout{15};     // look-up, connection and TLS handshake, each
  std::chrono::seconds idle_timeout{900};       // without a byte either way
  // A client has this long to finish a request head it began, or a ClientHello, however it comes.
  std::chrono::milliseconds head_timeout{60000};
  // Something a person should know; called on any thread, seldom.
  std::function<void(const std::string& message)> notice;
  unsigned threads = 0;  // 0: one a core but the last, at most kMostThreads
};

inline constexpr unsigned kMostThreads = 8;
// After this long without progress, what is waited for is told as `still_waiting`.
inline constexpr std::chrono::seconds kConnectNotice{5};
inline constexpr std::chrono::seconds kAnswerNotice{30};
// A client that hangs up sooner than this lost interest (the slower of two racing requests); one
// that hangs up later gave up, and what it waited for stays worth a finding.
inline constexpr std::chrono::seconds kPatience{4};
// A client that hangs up sooner than this after the handshake, without a request, may have done so
// because of our certificate.
inline constexpr std::chrono::seconds kSilentClose{2};
// How long the other side may take to close once one side has closed.
inline constexpr std::chrono::seconds kCloseGrace{5};

}  // namespace exotap::wire
