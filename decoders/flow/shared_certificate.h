// Notices one certificate in front of hosts that have nothing to do with each other: a router's
// own page, a captive portal, a hosting server's default. It is told from a certificate that is
// rightly on many hosts by its names: a host that they cover does not count.
#pragma once

#include <array>
#include <cstddef>
#include <string>

#include "decoders/facts.h"
#include "decoders/flow/clock.h"
#include "decoders/flow/recent_table.h"

namespace exotap::flow {

inline constexpr auto kCertificateMemory = minutes(60);
inline constexpr std::size_t kMaxCertificates = 128;
inline constexpr std::size_t kMaxHostsOfCertificate = 16;

// Not thread safe.
class SharedCertificates {
 public:
  // States flow.certificate.* where the exchange brought a certificate that does not cover its
  // host.
  void fold(const Exchange& exchange, Facts& facts);

 private:
  struct Shown {
    std::string host;  // empty: unused
    WallTime at{};
  };
  using Hosts = std::array<Shown, kMaxHostsOfCertificate>;

  RecentTable<std::string, Hosts, kMaxCertificates / 8> by_sha256_;
};

}  // namespace exotap::flow
