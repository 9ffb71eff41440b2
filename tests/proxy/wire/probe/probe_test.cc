#include "proxy/wire/probe/probe.h"

#include <atomic>

#include "tests/proxy/wire/probe/probing.h"

namespace exotap::test {
namespace {

class ProbeTest : public Probing {
 protected:
  static wire::Task<void> go(wire::Probe& probe) { co_await probe.run(); }
  ExchangePtr asked(wire::ProbeRequest wanted) {
    wire::Probe probe(alone_.thread, std::move(wanted));
    loop_.begin(go(probe));
    EXPECT_TRUE(loop_.run());
    return probe.take();
  }
};

TEST_F(ProbeTest, ACertificateIsARecordOfItsOwn) {
  Origin origin([](Peer& client) { client.read_to_end(); }, ca_.server({.ends_in = -60}));
  const ExchangePtr record = asked(request(origin.port(), ProbeKind::certificate));
  ASSERT_TRUE(record->probe);
  EXPECT_EQ(record->probe->kind, ProbeKind::certificate);
  EXPECT_EQ(record->probe->about, 7U);
  EXPECT_EQ(record->probe->no_answer, "");
  EXPECT_EQ(record->handling, Handling::probed);
  EXPECT_EQ(record->connection_id, 3U);
  EXPECT_EQ(record->host, kAsked);
  EXPECT_EQ(record->server.port, origin.port());
  EXPECT_TRUE(record->mail_related);
  EXPECT_TRUE(record->request.head.empty());
  EXPECT_EQ(record->tls.problems, std::vector{CertificateProblem::expired});
  EXPECT_FALSE(record->fault) << "no client met it on this connection";
  EXPECT_GT(record->timings.total.count(), 0);
}

TEST_F(ProbeTest, ACertificateThatCannotBeHadIsNoFault) {
  const ExchangePtr record = asked(request(closed_port(), ProbeKind::certificate));
  EXPECT_FALSE(record->fault);
  EXPECT_TRUE(record->tls.chain.empty());
  EXPECT_NE(record->probe->no_answer.find("ECONNREFUSED"), std::string::npos)
      << record->probe->no_answer;
}

TEST_F(ProbeTest, AControlThatFailsHasTheFault) {
  const ExchangePtr record = asked(request(closed_port()));
  EXPECT_EQ(record->probe->kind, ProbeKind::control);
  EXPECT_EQ(record->fault.code, "ECONNREFUSED");
  EXPECT_FALSE(record->probe->again);
}

TEST_F(ProbeTest, AControlThatWorksIsRepeatedInExotapsWay) {
  std::atomic<int> served = 0;
  const auto count = [&](Peer& client) {
    ++served;
    client.read_to_end();
  };
  auto plain = std::make_unique<Origin>(count, ca_.server({}));
  const ExchangePtr passed = asked(request(plain->port()));
  plain.reset();
  EXPECT_FALSE(passed->fault);
  EXPECT_FALSE(passed->probe->again);
  EXPECT_EQ(served, 2);
  Origin choosy(count, only_speaking(ca_.server({}), "h2"));
  const ExchangePtr ours = asked(request(choosy.port()));
  EXPECT_FALSE(ours->fault);
  EXPECT_EQ(ours->tls.alpn, "h2");
  EXPECT_EQ(ours->probe->again.code, "alert no_application_protocol");
}

TEST_F(ProbeTest, EndsWhenItIsCancelled) {
  Origin mute([](Peer& client) { client.read_to_end(); });
  wire::Probe probe(alone_.thread, request(mute.port()));
  loop_.begin(go(probe));
  probe.cancel();
  EXPECT_TRUE(loop_.run());
  EXPECT_FALSE(probe.take()->probe->no_answer.empty());
}

}  // namespace
}  // namespace exotap::test
