// The key of all leaves of one run.
#pragma once

#include "certs/openssl.h"

namespace exotap {

// A fresh P-256 key held in OpenSSL's older form, with which putting it into a certificate costs
// 5 us; with one of EVP_EC_gen, OpenSSL 3.0 encodes and decodes it each time, for 164 us. nullptr
// where OpenSSL fails.
[[nodiscard]] KeyPtr make_leaf_key();

}  // namespace exotap
