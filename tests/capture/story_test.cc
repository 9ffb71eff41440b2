#include "capture/story.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace exotap {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::StartsWith;

Story story(std::string_view yaml) {
  StoryResult result = parse_story(yaml, "story.yml");
  EXPECT_EQ(result.error, "");
  return result.story ? std::move(*result.story) : Story{};
}

std::string error(std::string_view yaml) {
  const StoryResult result = parse_story(yaml, "story.yml");
  EXPECT_FALSE(result.story.has_value());
  return result.error;
}

constexpr std::string_view kPortCut = R"(
title: The router cuts port 443
exchanges:
  - destination: STS.contoso.com:443
    at: 1.5
    address: 192.0.2.44
    connect: true
    request: |
      CONNECT sts.contoso.com:443 HTTP/1.1
      Host: sts.contoso.com:443
    fault: {type: timeout, stage: connect, code: ETIMEDOUT, detail: no answer in 15 s}
    timings: {dns: 3ms, connect: 15s}
)";

TEST(Story, TellsAConnectionThatFailed) {
  const Story told = story(kPortCut);
  EXPECT_EQ(told.title, "The router cuts port 443");
  ASSERT_EQ(told.exchanges.size(), 1u);
  const Exchange& e = *told.exchanges[0];
  EXPECT_EQ(e.id, 1u);
  EXPECT_EQ(e.connection_id, 1u);
  EXPECT_EQ(e.host, "sts.contoso.com");
  EXPECT_EQ(e.port, 443);
  EXPECT_EQ(e.server.address, "192.0.2.44");
  EXPECT_EQ(e.scheme, "https");
  EXPECT_EQ(e.handling, Handling::opened);
  EXPECT_TRUE(e.is_connect);
  EXPECT_TRUE(e.mail_related);
  EXPECT_EQ(e.fault.type, FaultType::timeout);
  EXPECT_EQ(e.fault.stage, Stage::connect);
  EXPECT_EQ(e.fault.code, "ETIMEDOUT");
  EXPECT_EQ(e.timings.dns, milliseconds(3));
  EXPECT_EQ(e.timings.total, milliseconds(15003));
  EXPECT_EQ(e.started.time_since_epoch(), seconds(1772438400) + milliseconds(1500));
  EXPECT_FALSE(e.tls.attempted);
  EXPECT_TRUE(e.answer.head.empty());
}

TEST(Story, LaterExchangesInheritFromTheirConnection) {
  const Story told = story(R"(
title: Basic challenge
exchanges:
  - {connection: 4, destination: "outlook.office365.com:443", address: 198.51.100.7,
     client: "127.0.0.9:1234", connect: true}
  - connection: 5
    destination: "http.contoso.com:80"
  - connection: 4
    at: 2
    request: "GET /EWS/Exchange.asmx HTTP/1.1\nHost: outlook.office365.com\n\n"
    answer: "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Basic\n\nno"
  - destination: "other.contoso.com:443"
)");
  ASSERT_EQ(told.exchanges.size(), 4u);
  const Exchange& later = *told.exchanges[2];
  EXPECT_EQ(later.host, "outlook.office365.com");
  EXPECT_EQ(later.server.address, "198.51.100.7");
  EXPECT_EQ(later.client.address, "127.0.0.9");
  EXPECT_EQ(later.sequence, 1u);
  EXPECT_EQ(later.answer.head.status, 401);
  EXPECT_EQ(later.answer.body, "no");
  EXPECT_EQ(told.exchanges[1]->handling, Handling::clear);
  EXPECT_EQ(told.exchanges[1]->scheme, "http");
  EXPECT_EQ(told.exchanges[3]->connection_id, 6u);
}

TEST(Story, AQuestionOfExotapsOwnIsMarked) {
  const Story told = story(R"(
title: Asked
exchanges:
  - {destination: "sts.contoso.com:443", handling: probed}
  - {destination: "sts.contoso.com:443", handling: tunnelled}
)");
  ASSERT_EQ(told.exchanges.size(), 2u);
  ASSERT_TRUE(told.exchanges[0]->probe);
  EXPECT_EQ(told.exchanges[0]->probe->kind, ProbeKind::certificate);
  EXPECT_FALSE(told.exchanges[1]->probe);
}

TEST(Story, ReadsCertificatesByName) {
  const Story told = story(R"(
title: Expired
starts: 2026-03-02
chains:
  sts:
    - {subject_cn: sts.contoso.com, subject_o: Contoso, issuer_cn: Fabrikam CA,
       names: [sts.contoso.com, "*.sts.contoso.com"], not_before: 2024-01-01,
       not_after: 2026-02-27T10:00:00Z, addresses: [192.0.2.1], serial: 0a0b}
    - {subject_cn: Fabrikam CA, issuer_cn: Fabrikam Root, ca: true}
exchanges:
  - destination: sts.contoso.com:443
    connect: true
    tls: {version: "1.2", sni: sts.contoso.com, chain: sts, problems: [expired],
          detail: certificate has expired, client_alert: certificate_expired}
  - destination: sts2.contoso.com:443
    connect: true
    tls: {chain: sts}
)");
  ASSERT_EQ(told.exchanges.size(), 2u);
  const TlsRecord& tls = told.exchanges[0]->tls;
  EXPECT_TRUE(tls.attempted);
  EXPECT_TRUE(tls.established);
  EXPECT_FALSE(tls.client_established);
  EXPECT_EQ(tls.version, "1.2");
  ASSERT_EQ(tls.chain.size(), 2u);
  EXPECT_EQ(tls.chain[0].subject, "CN=sts.contoso.com,O=Contoso");
  EXPECT_EQ(tls.chain[0].dns_names.size(), 2u);
  EXPECT_EQ(tls.chain[0].not_before, 1704067200);
  EXPECT_EQ(tls.chain[0].not_after, 1772186400);
  EXPECT_FALSE(tls.chain[0].self_signed);
  EXPECT_TRUE(tls.chain[1].is_ca);
  EXPECT_TRUE(tls.chain[1].dns_names.empty());
  EXPECT_EQ(tls.problems, std::vector{CertificateProblem::expired});
  const CertificateRecord& again = told.exchanges[1]->tls.chain[0];
  EXPECT_EQ(again.sha256, tls.chain[0].sha256);
  EXPECT_EQ(again.sha256.size(), 64u);
  EXPECT_NE(tls.chain[0].sha256, tls.chain[1].sha256);
}

TEST(Story, AFailedHandshakeIsNotEstablished) {
  const Story told = story(R"(
title: Reset after the ClientHello
exchanges:
  - destination: sts.contoso.com:443
    connect: true
    fault: {type: tls, stage: tls, code: ECONNRESET}
    tls: {sni: sts.contoso.com}
)");
  ASSERT_EQ(told.exchanges.size(), 1u);
  EXPECT_TRUE(told.exchanges[0]->tls.attempted);
  EXPECT_FALSE(told.exchanges[0]->tls.established);
  EXPECT_EQ(told.exchanges[0]->tls.version, "");
}

TEST(Story, AProblemNeedsACertificate) {
  EXPECT_EQ(error("title: x\nexchanges:\n  - destination: a:1\n    tls: {problems: [expired]}\n"),
            "story.yml:4: a certificate problem needs a received certificate (say the chain)");
}

TEST(Story, AFinishedExchangeMayRepeatItsId) {
  const Story told = story(R"(
title: Waiting
exchanges:
  - {destination: "a.contoso.com:443", still_waiting: true}
  - {id: 1, connection: 1}
)");
  ASSERT_EQ(told.exchanges.size(), 2u);
  EXPECT_TRUE(told.exchanges[0]->still_waiting);
  EXPECT_EQ(told.exchanges[1]->id, told.exchanges[0]->id);
}

TEST(Story, SaysWhereAMistakeIsAndWhatToDo) {
  EXPECT_EQ(error(""), "story.yml:1: a story is no mapping (write KEY: VALUE lines)");
  EXPECT_EQ(error("exchanges: []\n"), "story.yml:1: the story has no title (add title: ...)");
  EXPECT_THAT(error("title: x\nexchange: []\n"),
              StartsWith("story.yml:2: 'exchange' is no key of a story (known are title,"));
  EXPECT_THAT(error("title: x\nexchanges:\n  - at: 1\n"),
              StartsWith("story.yml:3: the connection has no destination"));
  EXPECT_THAT(error("title: x\nexchanges:\n  - destination: contoso.com\n"),
              StartsWith("story.yml:3: 'contoso.com' is no host and port"));
  EXPECT_THAT(error("title: x\nexchanges:\n  - destination: a:1\n    handling: seen\n"),
              StartsWith("story.yml:4: 'seen' is none of the words known here (write one of"));
  EXPECT_THAT(error("title: x\nexchanges:\n  - destination: a:1\n    connect: yes please\n"),
              HasSubstr("write one of true, false"));
  EXPECT_THAT(error("title: x\nexchanges:\n  - destination: a:1\n    fault: {type: tcp}\n"),
              StartsWith("story.yml:4: a fault needs its type and stage"));
  EXPECT_THAT(error("title: x\nexchanges:\n  - destination: a:1\n    timings: {dns: 12}\n"),
              HasSubstr("'12' is no duration"));
  EXPECT_THAT(error("title: x\nexchanges:\n  - destination: a:1\n    at: later\n"),
              HasSubstr("'later' is no offset"));
  EXPECT_THAT(error("title: x\nexchanges:\n  - destination: a:1\n    tls: {chain: none}\n"),
              HasSubstr("there is no chain 'none'"));
  EXPECT_THAT(error("title: x\nexchanges:\n  - destination: a:1\n    request: |\n      GET /\n"),
              HasSubstr("line 1 of the request: a request line is"));
  EXPECT_THAT(error("title: x\nexchanges: 7\n"), HasSubstr("this is no list"));
  EXPECT_THAT(error("title: x\nexchanges:\n  - destination: a:1\n    interim: [200]\n"),
              HasSubstr("no interim status"));
  EXPECT_THAT(error("title: [x\n"), StartsWith("story.yml:"));
  EXPECT_THAT(error("title: x\ntitle: y\n"), HasSubstr("'title' is there twice"));
}

TEST(Story, IsBounded) {
  EXPECT_THAT(error(std::string(kMaxStoryText + 1, ' ')), HasSubstr("longer than is read"));
  std::string many = "title: x\nexchanges:\n";
  for (std::size_t i = 0; i <= kMaxStoryExchanges; ++i) many += "- {destination: 'a:1'}\n";
  EXPECT_THAT(error(many), HasSubstr("more than 4096 items"));
}

TEST(Story, ReadsAFileAndNamesTheOneItCannotRead) {
  const std::string path = ::testing::TempDir() + "exotap_story_test.yml";
  std::ofstream(path) << kPortCut;
  const StoryResult result = read_story(path);
  std::filesystem::remove(path);
  EXPECT_EQ(result.error, "");
  ASSERT_TRUE(result.story.has_value());
  EXPECT_EQ(result.story->exchanges.size(), 1u);
  EXPECT_EQ(read_story("/nowhere/story.yml").error,
            "/nowhere/story.yml:1: cannot be read (check name and permission)");
}

}  // namespace
}  // namespace exotap
