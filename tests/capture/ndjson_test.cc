#include "capture/ndjson.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <span>

#include "decoders/authentication.h"
#include "decoders/json.h"
#include "tests/capture/judged.h"
#include "tests/capture/known_key.h"

namespace exotap {
namespace {

class NdjsonTest : public testing::Test {
 protected:
  std::string line(const Told& told) {
    std::string out;
    format_.append_exchange(out, told.exchange.id, told.exchange.started, told.facts);
    return out;
  }
  std::string line(const Finding& finding) {
    std::string out;
    format_.append_finding(out, finding, noon());
    return out;
  }

  Redaction redaction_{false, known_pseudonyms()};
  Ndjson format_{redaction_, "1a2b3c4d"};
};

TEST_F(NdjsonTest, AnExchangeIsOneFlatLine) {
  EXPECT_EQ(line(healthy(17, 3)),
            R"({"@timestamp":"2026-11-22T12:31:24.000000Z","event.kind":"event",)"
            R"("event.dataset":"exotap.exchange","ecs.version":"8.17.0","event.id":"1a2b3c4d-17",)"
            R"("exotap.attempt.id":3,"url.domain":"outlook.office365.com",)"
            R"("url.path":"/mapi/emsmdb/","http.request.method":"POST",)"
            R"("http.response.status_code":200,"event.outcome":"success",)"
            R"("event.duration":84000000,"exotap.mail_related":true,"flow.attempt":3,)"
            R"("flow.step":"mail"})"
            "\n");
}

TEST_F(NdjsonTest, RepeatedFactsAreAnArrayWhereTheFirstStands) {
  Told told;
  told.facts.add(fact::kHttpAuthChallenge, "negotiate");
  told.facts.add(fact::kUrlDomain, "x");
  told.facts.add(fact::kHttpAuthChallenge, "ntlm");
  told.facts.add(fact::kHttpInterim, 100);
  told.facts.add(fact::kHttpInterim, 103);
  const std::string text = line(told);
  EXPECT_NE(text.find(R"("http.auth.challenge":["negotiate","ntlm"],"url.domain":"x",)"
                      R"("http.interim":[100,103]})"),
            std::string::npos)
      << text;
}

TEST_F(NdjsonTest, EveryKeyStandsOnceHoweverManyFactsThereAre) {
  // As many at once as one exchange may have, each twice.
  const std::span<const FactSpec* const> all = all_facts();
  for (std::size_t at = 0; at < all.size(); at += Facts::kMaxFacts / 2) {
    const auto some = all.subspan(at, std::min(Facts::kMaxFacts / 2, all.size() - at));
    Told told;
    for (const FactSpec* spec : some) {
      for (int i = 0; i < 2; ++i) {
        if (spec->type == FactType::text) told.facts.add(*spec, "x");
        if (spec->type == FactType::integer) told.facts.add(*spec, 1);
        if (spec->type == FactType::boolean) told.facts.add(*spec, true);
      }
    }
    const std::string text = line(told);
    const JsonDocument document(text);
    ASSERT_TRUE(document.ok()) << document.error();
    for (const FactSpec* spec : some) {
      const std::string key = "\"" + std::string(spec->name) + "\":";
      EXPECT_EQ(text.find(key), text.rfind(key)) << key;
      EXPECT_EQ(document.root()[spec->name].size(), 2U) << key;
    }
  }
}

TEST_F(NdjsonTest, AFindingHasAllThatInterfaceMdPromises) {
  EXPECT_EQ(
      line(port_finding(17, 3)),
      R"({"@timestamp":"2026-11-22T12:31:07.000000Z","event.kind":"alert",)"
      R"("event.dataset":"exotap.finding","ecs.version":"8.17.0","event.id":"1a2b3c4d-f1",)"
      R"("rule.id":"6d8a7c1e-0b1f-4a57-9f0f-3f0c7e0a1b2c","rule.name":"port-443-refused",)"
      R"("rule.reference":["https://learn.microsoft.com/windows-server/identity/ad-fs/overview"],)"
      R"("event.severity":70,"message":"Port 443 of adfs.contoso.com is closed",)"
      R"("exotap.explain":"adfs.contoso.com refused the connection to port 443.",)"
      R"("exotap.remedy":"Ask whoever runs the firewall in front of adfs.contoso.com to open port )"
      R"(443.","exotap.evidence":[{"event.id":"1a2b3c4d-17","field":"error.code",)"
      R"("value":"ECONNREFUSED","where":"connection"}],"url.domain":"adfs.contoso.com",)"
      R"("exotap.attempt.id":3,"exotap.repeats":1,"exotap.caused_by_exotap":false})"
      "\n");
}

TEST_F(NdjsonTest, AFindingSaysWhatItIsBecauseOf) {
  EXPECT_EQ(line(port_finding(1, 1)).find("_of\":"), std::string::npos);
  Finding finding = port_finding(1, 1);
  finding.number = 9;
  finding.because_of = 4;
  EXPECT_NE(line(finding).find(R"(,"exotap.because_of":"1a2b3c4d-f4")"), std::string::npos);
  finding.because_of = 0;
  finding.again_of = 7;
  finding.cause_of = {2, 5};
  EXPECT_NE(line(finding).find(R"(,"exotap.again_of":"1a2b3c4d-f7",)"
                               R"("exotap.cause_of":["1a2b3c4d-f2","1a2b3c4d-f5"])"),
            std::string::npos)
      << line(finding);
  EXPECT_TRUE(JsonDocument(line(finding)).ok());
}

TEST_F(NdjsonTest, AFindingSaysWhomToCallWhereTheRuleNamesOne) {
  EXPECT_EQ(line(port_finding(1, 1)).find("exotap.owner"), std::string::npos);
  Finding finding = port_finding(1, 1);
  finding.owner = Owner::network;
  EXPECT_NE(line(finding).find(R"(,"exotap.owner":"network")"), std::string::npos);
}

TEST_F(NdjsonTest, EventIdsAreUnique) {
  Finding second = port_finding(1, 0);
  second.number = 2;
  EXPECT_NE(line(port_finding(1, 0)), line(second));
  EXPECT_NE(make_run_id(), make_run_id());
}

TEST_F(NdjsonTest, AnExchangeThatIsStillWaitingIsALineOfItsOwn) {
  Told waiting = healthy(17, 3);
  waiting.facts.add(fact::kExotapStillWaiting, true);
  EXPECT_NE(line(waiting).find(R"("event.id":"1a2b3c4d-17.waiting")"), std::string::npos);
  EXPECT_NE(line(port_finding(17, 3)).find(R"({"event.id":"1a2b3c4d-17.waiting")"),
            std::string::npos);
  EXPECT_NE(line(healthy(17, 3)).find(R"("event.id":"1a2b3c4d-17",)"), std::string::npos);
  EXPECT_NE(line(port_finding(17, 3)).find(R"({"event.id":"1a2b3c4d-17",)"), std::string::npos);
}

TEST_F(NdjsonTest, AGapSaysWhatAndHowMuch) {
  std::string out;
  format_.append_gap(out, {"analysis queue full", 12, 3456}, noon());
  EXPECT_EQ(out,
            R"({"@timestamp":"2026-11-22T12:31:07.000000Z","event.kind":"event",)"
            R"("event.dataset":"exotap.gap","ecs.version":"8.17.0","event.id":"1a2b3c4d-g1",)"
            R"("message":"analysis queue full","exotap.gap.exchanges":12,"exotap.gap.bytes":3456})"
            "\n");
}

TEST_F(NdjsonTest, LinesStayLinesWhateverTheFactsHold) {
  Told told = healthy(1, 0);
  told.facts.add(fact::kHttpResponseServer, "a\nb\x1b[2J\xff\"\\");
  const std::string text = line(told);
  EXPECT_EQ(text.find('\n'), text.size() - 1);
  EXPECT_TRUE(JsonDocument(text).ok());
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace exotap
