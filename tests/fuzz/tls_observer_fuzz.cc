// Any bytes of both directions: the first byte of each piece says whose it is and how long.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "proxy/wire/tls_observer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using exotap::wire::TlsObserver;
  TlsObserver observer;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  while (!rest.empty()) {
    const auto control = static_cast<std::uint8_t>(rest.front());
    rest.remove_prefix(1);
    const std::string_view piece = rest.substr(0, control >> 1U);
    if ((control & 1U) != 0) {
      observer.client_sent(piece);
    } else {
      observer.server_sent(piece);
    }
    rest.remove_prefix(piece.size());
  }
  if (observer.certificates().size() > exotap::wire::kMaxObservedCertificates) std::abort();
  return 0;
}
