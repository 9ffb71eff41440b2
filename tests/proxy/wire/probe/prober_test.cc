// Through a real proxy: who asks, how often, and that it never holds anything up.
#include "proxy/wire/probe/prober.h"

#include <atomic>

#include "tests/proxy/wire/opened_fixture.h"
#include "tests/proxy/wire/signal.h"

namespace exotap::test {
namespace {

class ProberTest : public OpenedTest {
 protected:
  Exchange failed(const std::string& host, std::uint64_t id) {
    Exchange e;
    e.id = id;
    e.host = host;
    e.port = 443;
    e.scheme = "https";
    e.is_connect = true;
    e.mail_related = true;
    e.fault = {FaultType::tcp, Stage::connect, "ECONNREFUSED", {}};
    return e;
  }
  Exchange tunnelled(std::uint16_t port, std::uint64_t id = 1) {
    Exchange e = failed(kHost, id);
    e.fault = {};
    e.handling = Handling::tunnelled;
    e.server = {"127.0.0.1", port};
    e.tls.attempted = true;
    e.tls.version = "1.3";
    return e;
  }
};

TEST_F(ProberTest, AnswersByTheTap) {
  serve_tls([](Peer& client) { client.read_to_end(); });
  ASSERT_TRUE(proxy_->probe(tunnelled(origin_->port(), 21), ProbeKind::certificate));
  const Exchange* record = recorder_.nth(0);
  ASSERT_NE(record, nullptr);
  ASSERT_TRUE(record->probe);
  EXPECT_EQ(record->probe->about, 21U);
  EXPECT_EQ(record->tls.chain.size(), 1U);
  EXPECT_TRUE(record->tls.problems.empty()) << "--upstream-ca is trusted here, too";
}

TEST_F(ProberTest, AsksAHostForItsCertificateOnce) {
  serve_tls([](Peer& client) { client.read_to_end(); });
  EXPECT_TRUE(proxy_->probe(tunnelled(origin_->port()), ProbeKind::certificate));
  EXPECT_FALSE(proxy_->probe(tunnelled(origin_->port()), ProbeKind::certificate));
  Exchange opened = tunnelled(origin_->port());
  opened.handling = Handling::opened;
  EXPECT_FALSE(proxy_->probe(opened, ProbeKind::certificate));
  EXPECT_NE(recorder_.nth(0), nullptr);
  EXPECT_EQ(recorder_.count(), 1U);
}

TEST_F(ProberTest, TriesOnlySoManyOfAHundredFailuresAgain) {
  ASSERT_TRUE(settings_.connect_to.add("::127.0.0.1:" + std::to_string(closed_port())));
  start();
  std::size_t begun = 0;
  for (std::uint64_t i = 0; i < 100; ++i) {
    const Exchange one = failed("h" + std::to_string(i) + ".contoso.com", i);
    begun += proxy_->probe(one, ProbeKind::control) ? 1 : 0;
  }
  EXPECT_EQ(begun, wire::kControlRunsPerMinute);
  const Exchange* last = recorder_.nth(begun - 1);
  ASSERT_NE(last, nullptr);
  EXPECT_EQ(last->fault.code, "ECONNREFUSED");
  EXPECT_EQ(recorder_.count(), begun);
}

TEST_F(ProberTest, KeepsOnlySoManyUnderWayAndComesToAllOfThem) {
  std::atomic<int> here = 0;
  std::atomic<int> most = 0;
  Signal go_on;
  Origin origin([&](Peer& client) {
    const int now = ++here;
    for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
    }
    if (now == static_cast<int>(wire::kProbesAtOnce)) go_on.raise();
    EXPECT_TRUE(go_on.wait());
    --here;
    client.close();
  });
  ASSERT_TRUE(settings_.connect_to.add("::127.0.0.1:" + std::to_string(origin.port())));
  start();
  constexpr std::size_t kAsked = wire::kProbesAtOnce + 3;
  for (std::uint64_t i = 0; i < kAsked; ++i) {
    EXPECT_TRUE(
        proxy_->probe(failed("h" + std::to_string(i) + ".contoso.com", i), ProbeKind::control));
  }
  EXPECT_NE(recorder_.nth(kAsked - 1), nullptr);
  EXPECT_EQ(most, static_cast<int>(wire::kProbesAtOnce));
}

TEST_F(ProberTest, AProxyThatStopsWaitsForNoAnswer) {
  Origin mute([](Peer& client) { client.read_to_end(); });
  ASSERT_TRUE(settings_.connect_to.add("::127.0.0.1:" + std::to_string(mute.port())));
  start();
  ASSERT_TRUE(proxy_->probe(failed(kHost, 1), ProbeKind::control));
  const auto begun = std::chrono::steady_clock::now();
  proxy_->stop(std::chrono::milliseconds(0));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, wire::kProbePatience / 2);
  EXPECT_EQ(recorder_.count(), 0U) << "nothing is offered afterwards";
  EXPECT_FALSE(proxy_->probe(failed(kHost, 2), ProbeKind::control));
}

}  // namespace
}  // namespace exotap::test
