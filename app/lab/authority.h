// The lab's certificates: a throw-away root and intermediate made in memory, and a leaf for every
// virtual host, healthy or with exactly one defect (RFC 5280, RFC 9525).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "app/lab/story.h"

using SSL_CTX = struct ssl_ctx_st;

namespace exotap::lab {

// Keys never leave the object. One thread at a time. Constructing it and `equip` throw
// std::runtime_error when OpenSSL refuses.
class Authority {
 public:
  Authority();
  ~Authority();
  Authority(const Authority&) = delete;
  Authority& operator=(const Authority&) = delete;

  // The root clients are to trust, PEM (RFC 7468).
  [[nodiscard]] std::string root_pem() const;

  // Gives a server's context the certificate chain and key for that host.
  void equip(SSL_CTX* context, std::string_view host, CertificateKind kind) const;

 private:
  struct Pki;
  std::unique_ptr<Pki> pki_;
};

}  // namespace exotap::lab
