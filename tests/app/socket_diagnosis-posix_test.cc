#include <gtest/gtest.h>
#include <unistd.h>

#include "app/socket_diagnosis.h"
#include "tests/app/real_sockets.h"

namespace exotap {
namespace {

TEST(SocketDiagnosis, KnowsBothEndsAndTheListener) {
  for (const int family : {AF_INET, AF_INET6}) {
    const LoopbackPair pair(family);
    SocketDiagnosis diagnosis;
    const auto client = diagnosis.ask(pair.client_end(), pair.listening());
    const auto server = diagnosis.ask(pair.listening(), pair.client_end());
    const auto listener = diagnosis.ask(pair.listening(), {});
    ASSERT_TRUE(client && server && listener);
    EXPECT_EQ(client->inode, pair.inode_of(pair.client()));
    EXPECT_EQ(server->inode, pair.inode_of(pair.server()));
    EXPECT_EQ(listener->inode, pair.inode_of(pair.listener()));
    EXPECT_EQ(client->user, ::geteuid());
  }
}

TEST(SocketDiagnosis, KnowsNoSocketThatIsNotThere) {
  Endpoint unused;
  {
    const LoopbackPair gone(AF_INET);
    unused = gone.client_end();
  }
  const LoopbackPair pair(AF_INET);
  SocketDiagnosis diagnosis;
  EXPECT_FALSE(diagnosis.ask(unused, pair.listening()));
  EXPECT_FALSE(diagnosis.ask({"no address", 1}, pair.listening()));
  EXPECT_FALSE(diagnosis.ask({"127.0.0.1", 1}, {"::1", 2}));
}

TEST(SocketDiagnosis, FindsAClientThatSpeaksIpv6ToAnIpv4Address) {
  const LoopbackPair pair(AF_INET, LoopbackPair::Client::mapped);
  SocketDiagnosis diagnosis;
  const auto client = diagnosis.ask(pair.client_end(), pair.listening());
  ASSERT_TRUE(client);
  EXPECT_EQ(client->inode, pair.inode_of(pair.client()));
}

}  // namespace
}  // namespace exotap
