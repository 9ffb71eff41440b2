// The older form's functions are deprecated in OpenSSL 3 and work as ever.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "certs/leaf_key.h"

#include <openssl/ec.h>
#include <openssl/obj_mac.h>

namespace exotap {

KeyPtr make_leaf_key() {
  std::unique_ptr<EC_KEY, OpensslFree<EC_KEY_free>> pair(
      EC_KEY_new_by_curve_name(NID_X9_62_prime256v1));
  if (!pair || EC_KEY_generate_key(pair.get()) != 1) return nullptr;
  EC_KEY_set_asn1_flag(pair.get(), OPENSSL_EC_NAMED_CURVE);
  KeyPtr key(EVP_PKEY_new());
  if (!key || EVP_PKEY_assign_EC_KEY(key.get(), pair.get()) != 1) return nullptr;
  (void)pair.release();  // the key owns it now
  return key;
}

}  // namespace exotap
