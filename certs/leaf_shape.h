// What a leaf is to look like: sound, or with the same fault as a server's certificate, so that
// the client says what it would say without exotap (--bad-certificate=mirror).
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "capture/exchange.h"

namespace exotap {

// Who signs a leaf.
enum class LeafSigner : std::uint8_t {
  authority,  // our issuing certificate
  stranger,   // an issuer made for this run that nobody trusts
  itself,
};

// What is sent behind it.
enum class LeafChain : std::uint8_t { complete, leaf_only };

// A value. The default is a sound leaf for its host.
struct LeafShape {
  LeafSigner signer = LeafSigner::authority;
  LeafChain chain = LeafChain::complete;
  bool server_usage = true;     // extended key usage: serverAuth, else clientAuth
  bool weak_signature = false;  // SHA-1, which clients refuse
  std::int64_t not_before = 0;  // seconds since 1970; 0: the mint's own choice
  std::int64_t not_after = 0;
  std::string common_name;             // empty: the host
  std::vector<std::string> dns_names;  // empty: the host
  std::string key;                     // distinguishes shapes in the cache; empty for a sound leaf

  [[nodiscard]] bool sound() const { return key.empty(); }
};

// The shape that makes clients of `host` complain as they would about what this server sent:
// tls.chain and tls.problems as judge() left them. Sound where there is no problem. A fault that
// cannot be repeated (revoked, other) becomes an issuer nobody trusts: never a sound leaf.
// `permitted_names` are the authority's.
[[nodiscard]] LeafShape shape_like(const TlsRecord& tls, std::string_view host,
                                   const std::vector<std::string>& permitted_names,
                                   WallTime now = std::chrono::system_clock::now());

}  // namespace exotap
