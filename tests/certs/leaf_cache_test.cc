#include "certs/leaf_cache.h"

#include <gtest/gtest.h>

#include <thread>

#include "tests/certs/pki.h"

namespace exotap {
namespace {

class Caching : public testing::Test {
 protected:
  Caching() {
    const std::vector<std::string> names = {"contoso.com"};
    const auto authority = Authority::create(scratch_.path(), names, Authority::Replace::no);
    mint_.emplace(*LeafMint::make(*authority));
  }

  static LeafShape expired() {
    LeafShape shape;
    shape.key = "expired";
    shape.not_after = 1'600'000'000;
    return shape;
  }

  pki::ScratchFolder scratch_;
  std::optional<LeafMint> mint_;
};

TEST_F(Caching, AHostsLeafIsMadeOnce) {
  LeafCache cache(*mint_);
  const Leaf first = cache.get("a.contoso.com", {});
  const Leaf second = cache.get("a.contoso.com", {});
  EXPECT_EQ(first.certificate.get(), second.certificate.get());
  EXPECT_EQ(second.sent_issuer.get(), mint_->issuing());
  EXPECT_EQ(cache.minted(), 1U);
}

TEST_F(Caching, AnotherHostOrShapeIsAnotherLeaf) {
  LeafCache cache(*mint_);
  const Leaf a = cache.get("a.contoso.com", {});
  const Leaf b = cache.get("b.contoso.com", {});
  const Leaf bad = cache.get("a.contoso.com", expired());
  EXPECT_NE(a.certificate.get(), b.certificate.get());
  EXPECT_NE(a.certificate.get(), bad.certificate.get());
  EXPECT_TRUE(cache.get("a.contoso.com", {}).sound) << "once it is mended, it is sound again";
  EXPECT_FALSE(cache.get("a.contoso.com", expired()).sound);
  EXPECT_EQ(cache.size(), 3U);
}

TEST_F(Caching, IsBoundedAndDropsWhatWasNotUsedTheLongest) {
  LeafCache cache(*mint_, 3);
  for (const char* host : {"a.contoso.com", "b.contoso.com", "c.contoso.com"}) {
    (void)cache.get(host, {});
  }
  (void)cache.get("a.contoso.com", {});  // so b is the oldest
  (void)cache.get("d.contoso.com", {});
  EXPECT_EQ(cache.size(), 3U);
  EXPECT_EQ(cache.minted(), 4U);
  (void)cache.get("a.contoso.com", {});
  EXPECT_EQ(cache.minted(), 4U) << "a is still there";
  (void)cache.get("b.contoso.com", {});
  EXPECT_EQ(cache.minted(), 5U) << "b was dropped";
}

TEST_F(Caching, ADroppedLeafLivesOnWhereItIsServed) {
  LeafCache cache(*mint_, 1);
  const Leaf kept = cache.get("a.contoso.com", {});
  (void)cache.get("b.contoso.com", {});
  EXPECT_EQ(X509_check_host(kept.certificate.get(), "a.contoso.com", 0, 0, nullptr), 1);
}

TEST_F(Caching, ALeafIsMadeAnewBeforeItEnds) {
  LeafCache cache(*mint_);
  const WallTime now = std::chrono::system_clock::now();
  (void)cache.get("a.contoso.com", {}, now);
  (void)cache.get("a.contoso.com", {}, now + std::chrono::days(27));
  EXPECT_EQ(cache.minted(), 1U);
  (void)cache.get("a.contoso.com", {}, now + kLeafLife - std::chrono::hours(1));
  EXPECT_EQ(cache.minted(), 2U);
  EXPECT_EQ(cache.size(), 1U);
}

TEST_F(Caching, SeveralThreadsShareIt) {
  LeafCache cache(*mint_, 5);
  std::vector<std::thread> threads;
  std::vector<int> good(4);
  for (int& mine : good) {
    threads.emplace_back([&mine, &cache] {
      for (int i = 0; i < 100; ++i) {
        const std::string host = "h" + std::to_string(i % 10) + ".contoso.com";
        const Leaf leaf = cache.get(host, {});
        mine += X509_check_host(leaf.certificate.get(), host.c_str(), 0, 0, nullptr) == 1;
      }
    });
  }
  for (std::thread& one : threads) one.join();
  for (const int count : good) EXPECT_EQ(count, 100);
  EXPECT_EQ(cache.size(), 5U);
}

}  // namespace
}  // namespace exotap
