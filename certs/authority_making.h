// The certificates of a new authority, in memory: the root and what it signs before its key dies.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>

#include "capture/exchange.h"
#include "certs/authority.h"
#include "certs/openssl.h"
#include "certs/outcome.h"
#include "certs/revocation_list.h"

namespace exotap {

struct AuthorityParts {
  X509Ptr root;
  CrlPtr root_list;  // of what the root signed: signed now, for its key is gone afterwards
  X509Ptr issuing;
  KeyPtr issuing_key;
};

// `names` as permitted_list() gives them; `life` is the issuing certificate's, from now on. The
// subjects carry the machine's name, the day and some random digits, so that an administrator can
// tell one exotap from another. The root's key exists only inside this call.
[[nodiscard]] Outcome<AuthorityParts> make_authority(std::span<const std::string> names,
                                                     const std::string& machine, WallTime now,
                                                     std::chrono::days life = kIssuingLife);

// A self-signed authority certificate of this key, with a comment where one is given; nullptr where
// OpenSSL fails.
[[nodiscard]] X509Ptr make_root(EVP_PKEY* key, const std::string& common_name, WallTime now,
                                std::chrono::days life = kRootLife, std::string_view comment = {});

[[nodiscard]] std::string certificate_pem(X509* certificate);

}  // namespace exotap
