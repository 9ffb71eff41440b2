#include "app/doctor/free_port.h"

#include <gtest/gtest.h>

#include <memory>

#include "tests/app/real_sockets.h"

namespace exotap {
namespace {

TEST(FreePort, IsOneWhereNobodyListens) {
  auto pair = std::make_unique<LoopbackPair>(AF_INET);
  const Endpoint where = pair->listening();
  EXPECT_FALSE(port_is_free(where));
  pair.reset();
  EXPECT_TRUE(port_is_free(where));  // its old connections are no hindrance
  EXPECT_TRUE(port_is_free(where));  // and asking leaves nothing behind
}

TEST(FreePort, AnAddressOfAnotherMachineIsNot) {
  EXPECT_FALSE(port_is_free({"192.0.2.1", 8888}));
  EXPECT_FALSE(port_is_free({"localhost", 8888}));
}

}  // namespace
}  // namespace exotap
