#include "proxy/wire/sign_in_bindings.h"

#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "certs/channel_binding.h"

namespace exotap::wire {

bool brings_bindable_sign_in(const Head& request) {
  constexpr std::array<std::string_view, 3> kSchemes = {"Negotiate", "NTLM", "Kerberos"};
  const auto credentials = request.find("Authorization");
  if (!credentials) return false;
  const std::string_view scheme = credentials->substr(0, credentials->find_first_of(" \t"));
  return std::ranges::any_of(
      kSchemes, [&](std::string_view one) { return equal_ignoring_case(one, scheme); });
}

void state_bindings(const Leg& client, const Leg& server, TlsRecord& tls) {
  if (client.ssl() != nullptr) {
    tls.shown_binding = channel_binding(SSL_get_certificate(client.ssl()));
  }
  if (server.ssl() != nullptr) {
    tls.server_binding = channel_binding(SSL_get0_peer_certificate(server.ssl()));
  }
}

}  // namespace exotap::wire
