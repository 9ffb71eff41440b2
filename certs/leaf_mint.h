// Makes leaf certificates: one key for all leaves of a run, one signature a leaf.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
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
  KeyPtr key;           // nullptr: the mint's
  std::string staple;   // an OCSP response (DER); empty: none
};

[[nodiscard]] Leaf share(const Leaf& leaf);

// Thread safety: mint() may be called from any thread at once.
class LeafMint {
 public:
  // Makes the leaf key and the stranger. Keeps its own references to the authority's certificate
  // and key; the Authority need not outlive it.
  [[nodiscard]] static Outcome<LeafMint> make(const Authority& authority);

  // Where exotap's listener serves what leaves point to, "http://127.0.0.1:8888": the authority's
  // empty revocation list (RFC 5280 section 4.2.1.13), without which Windows' clients refuse, and
  // the issuing certificate. Before the first leaf; without it leaves point nowhere.
  void publish_at(const std::string& base_url);

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
  [[nodiscard]] EVP_PKEY* key_for(const LeafShape& shape) const;

  // Made when the first server with a weak key is met, by whoever meets it.
  struct WeakKey {
    std::once_flag once;
    KeyPtr key;
  };

  X509Ptr issuing_;
  KeyPtr issuing_key_;
  std::int64_t issuing_not_after_ = 0;
  X509Ptr stranger_;
  X509Ptr unrooted_;  // the stranger once more, as if signed by another
  KeyPtr stranger_key_;
  KeyPtr leaf_key_;
  std::unique_ptr<WeakKey> weak_key_;
  // Encoded once: the same in every leaf of their kind.
  ExtensionPtr no_authority_, key_usage_, for_servers_, for_clients_;
  ExtensionPtr key_id_, signed_by_issuing_, signed_by_stranger_;
  ExtensionPtr signs_no_handshakes_, known_to_nobody_, revocation_list_, issuer_url_;
};

}  // namespace exotap
