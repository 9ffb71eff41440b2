// What a server's certificates are worth: the chain as received, and what is wrong with it.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "capture/exchange.h"
#include "certs/openssl.h"

namespace exotap {

inline constexpr std::size_t kMaxChain = 10;        // certificates kept of what was received
inline constexpr std::size_t kMaxKnownChains = 64;  // of one KnownChains

// Chains already turned into records: reading one costs more than verifying it. Bounded; the one
// not seen the longest goes first. Belongs to one thread.
class KnownChains {
 public:
  // The records of these certificates, read now if they are not known. Valid until the next call.
  [[nodiscard]] const std::vector<CertificateRecord>& read(STACK_OF(X509) * received);
  [[nodiscard]] std::size_t size() const { return chains_.size(); }

 private:
  struct Chain {
    std::vector<X509Ptr> certificates;
    std::vector<CertificateRecord> records;
  };
  std::vector<Chain> chains_;  // the last one seen is in front
};

// Fills tls.chain, tls.problems, tls.verify_detail, tls.verify_code and tls.staple of a connection
// made with make_client_context(), after its handshake: finished, or failed after certificates
// came. `host` is whom the client meant, a name or an address. A resumed session brought no
// certificates: nothing is filled then, as with a server that sent none.
void judge(SSL* connection, std::string_view host, KnownChains& known, TlsRecord& tls);

// The same for certificates somebody else received (DER, leaf first, in a handshake that passes
// untouched): verified against the anchors of `context`, as a server's, now. Nothing is filled
// where none of them can be read.
void judge_received(std::span<const std::string> certificates, SSL_CTX* context,
                    std::string_view host, KnownChains& known, TlsRecord& tls);

// Whether a session of this connection may be kept for resumption: only where nothing is wrong,
// for a resumed session is not judged again. May be asked inside OpenSSL's new-session callback.
[[nodiscard]] bool may_resume(SSL* connection, std::string_view host);

}  // namespace exotap
