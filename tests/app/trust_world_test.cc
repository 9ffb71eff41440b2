#include "app/trust_world.h"

#include <gmock/gmock.h>

#include "tests/app/own_home.h"

namespace exotap {
namespace {

using testing::HasSubstr;

class TrustWorldTest : public OwnHome {};

TEST_F(TrustWorldTest, IsOfThisUserAndThisMachine) {
  const TrustWorld world = this_trust_world();
  EXPECT_EQ(world.home, home());
  EXPECT_FALSE(world.machine.empty());
  EXPECT_EQ(world.run({"sh", "-c", "exit 4"}).exit_code, 4);
}

TEST_F(TrustWorldTest, EveryDatabaseOfTheHomeIsAStore) {
  (void)file(".pki/nssdb/cert9.db", "");
  (void)file(".mozilla/firefox/abc.default/cert9.db", "");
  TrustWorld world = this_trust_world();
  const TemporaryFolder scratch("exotap-test-");
  const std::vector<TrustStorePtr> stores = nss_stores(world, scratch);
  ASSERT_EQ(stores.size(), 2U);
  EXPECT_THAT(stores[0]->name(), HasSubstr(".pki/nssdb"));
  EXPECT_THAT(stores[1]->name(), HasSubstr("abc.default"));
}

}  // namespace
}  // namespace exotap
