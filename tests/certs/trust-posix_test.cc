#include <gtest/gtest.h>

#include "certs/trust.h"

namespace exotap {
namespace {

TEST(TrustSystemStore, GivesTheContextThePlacesToLookIn) {
  const SslCtxPtr context(SSL_CTX_new(TLS_client_method()));
  EXPECT_EQ(trust_system_store(context.get()), "");
}

}  // namespace
}  // namespace exotap
