// What a leaf is to look like: sound, or with the same fault as a server's certificate, so that
// the client says what it would say without exotap (--bad-certificate=mirror).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "capture/exchange.h"

namespace exotap {

// Who signs a leaf.
enum class LeafSigner : std::uint8_t {
  authority,  // our issuing certificate
  stranger,   // an issuer made for this run that nobody trusts; its root was never sent or seen
  itself,
};

// What is sent behind it.
enum class LeafChain : std::uint8_t {
  complete,  // the issuing certificate; the stranger as a root of its own
  unrooted,  // the stranger as an intermediate, whose root is nowhere
  leaf_only,
};

// A value. The default is a sound leaf for its host.
struct LeafShape {
  LeafSigner signer = LeafSigner::authority;
  LeafChain chain = LeafChain::complete;
  bool server_usage = true;     // extended key usage: serverAuth, else clientAuth
  bool weak_signature = false;  // SHA-1, which clients refuse
  bool weak_key = false;        // RSA of 1024 bits, which most refuse
  bool damaged_signature = false;
  bool signs_handshakes = true;    // keyUsage: digitalSignature, else nothing TLS has a use for
  bool unknown_extension = false;  // critical, so that everybody must refuse it
  bool common_name_only = false;   // no alternative names at all
  std::optional<StapleRecord> revoked;  // stapled to it, as the server's own authority said
  bool names_its_issuer = false;  // with the address our issuing certificate can be fetched from
  std::int64_t not_before = 0;    // seconds since 1970; 0: the mint's own choice
  std::int64_t not_after = 0;
  std::string common_name;             // empty: the host
  std::vector<std::string> dns_names;  // empty: the host
  std::string key;                     // distinguishes shapes in the cache; empty for a sound leaf

  [[nodiscard]] bool sound() const { return key.empty(); }
};

// The shape that makes clients of `host` complain as they would about what this server sent:
// tls.chain, tls.problems and tls.verify_code as judge() left them. Sound where there is no
// problem, but where clients differ: about a host that stands in the common name alone, and about a
// staple that says it is revoked. A fault that cannot be repeated (revoked, most of `other`)
// becomes an issuer nobody trusts: never a sound leaf. `permitted_names` are the authority's.
[[nodiscard]] LeafShape shape_like(const TlsRecord& tls, std::string_view host,
                                   const std::vector<std::string>& permitted_names,
                                   WallTime now = std::chrono::system_clock::now());

}  // namespace exotap
