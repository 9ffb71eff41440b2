// What a client says first in TLS, read without I/O and without answering it.
// RFC 8446 section 4.1.2, RFC 6066 section 3 (server_name), RFC 7301 (ALPN).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace exotap::wire {

inline constexpr std::size_t kMaxClientHello =
    32 * 1024;  // bytes; post-quantum shares stay under 4 KiB
inline constexpr std::size_t kMaxAlpnNames = 16;

struct ClientHello {
  std::string server_name;  // lower case; empty where none was sent or it is no host name
  std::vector<std::string> alpn;
  std::string cipher_suites;         // two bytes each, in the client's order, as they came
  std::uint16_t max_version = 0;     // 0x0303 is TLS 1.2, 0x0304 TLS 1.3; GREASE left out
  bool post_handshake_auth = false;  // may be asked for a certificate later (RFC 8446, 4.2.6)
  bool takes_ecdsa = false;  // signatures of the kind that exotap's leaves make (P-256, SHA-256)
  // Alike for connections of one program: of its cipher suites and the kinds of its extensions, in
  // no order (Chromium shuffles them), without GREASE (RFC 8701) and what resumption adds.
  std::uint64_t fingerprint = 0;

  [[nodiscard]] bool offers_alpn(std::string_view name) const;
  [[nodiscard]] bool offers_cipher(std::uint16_t number) const;  // IANA's
};

enum class HelloState : std::uint8_t {
  need_more,  // a beginning of a ClientHello
  complete,
  not_tls,    // the bytes cannot begin a TLS connection
  malformed,  // a TLS record, but no ClientHello that can be read, or over the bound
};

struct HelloResult {
  HelloState state = HelloState::need_more;
  ClientHello hello;
};

// Reads the first bytes of a connection, whole from its start each time. A ClientHello may be
// split over several TLS records.
[[nodiscard]] HelloResult read_client_hello(std::string_view bytes);

// "1.3" for 0x0304, ECS's form; empty for versions unknown.
[[nodiscard]] std::string_view version_name(std::uint16_t version);

}  // namespace exotap::wire
