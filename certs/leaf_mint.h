// Makes leaf certificates: one key for all leaves of a run, one signature a leaf.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "capture/exchange.h"
#include "certs/authority.h"
#include "certs/extensions.h"
#include "certs/leaf_shape.h"
#include "certs/openssl.h"
#include "certs/outcome.h"

namespace exotap {

inline constexpr std::chrono::days kLeafLife{29};  // with kBackdated before it: 30 in all

// A certificate ready to be served, and what goes behind it. Copies by share().
struct Leaf {
  X509Ptr certificate;
  X509Ptr sent_issuer;  // nullptr: the leaf goes alone
  bool sound = true;    // clients that trust the authority accept it for its host
  bool weak = false;    // needs a lower security level on our own side to be served
};

[[nodiscard]] Leaf share(const Leaf& leaf);

// Thread safety: mint() may be called from any thread at once.
class LeafMint {
 public:
  // Makes the leaf key and the stranger. Keeps its own references to the authority's certificate
  // and key; the Authority need not outlive it.
  [[nodiscard]] static Outcome<LeafMint> make(const Authority& authority);

  // A leaf for the host, about 55 us. Does not ask whether the authority may sign for it: that is
  // Authority::may_sign_for, before; clients refuse the leaf otherwise. nullptr certificate only
  // where OpenSSL fails (no memory, no random numbers); openssl_error() says why.
  [[nodiscard]] Leaf mint(std::string_view host, const LeafShape& shape,
                          WallTime now = std::chrono::system_clock::now()) const;

  // What every leaf of this mint is served with.
  [[nodiscard]] EVP_PKEY* leaf_key() const { return leaf_key_.get(); }
  [[nodiscard]] X509* issuing() const { return issuing_.get(); }

 private:
  LeafMint() = default;
  [[nodiscard]] bool fill(X509* leaf, std::string_view host, const LeafShape& shape,
                          WallTime now) const;
  [[nodiscard]] bool add_extensions(X509* leaf, std::string_view host,
                                    const LeafShape& shape) const;
  [[nodiscard]] bool sign(X509* leaf, const LeafShape& shape) const;

  X509Ptr issuing_;
  KeyPtr issuing_key_;
  std::int64_t issuing_not_after_ = 0;
  X509Ptr stranger_;
  KeyPtr stranger_key_;
  KeyPtr leaf_key_;
  // Encoded once: the same in every leaf of their kind.
  ExtensionPtr no_authority_, key_usage_, for_servers_, for_clients_;
  ExtensionPtr key_id_, signed_by_issuing_, signed_by_stranger_;
};

}  // namespace exotap
