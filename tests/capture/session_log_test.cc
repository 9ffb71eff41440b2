#include "capture/session_log.h"

#include <memory>
#include <optional>

#include "decoders/json.h"
#include "tests/capture/judged.h"
#include "tests/capture/known_key.h"
#include "tests/capture/log_folder.h"

namespace exotap {
namespace {

class SessionLogTest : public LogFolderTest {
 protected:
  void open(Keep keep) {
    LogWorld world;
    world.now = [] { return noon(); };
    world.free_space = [this](const std::filesystem::path&) {
      return std::optional<std::uint64_t>(free_);
    };
    log_ = std::make_unique<SessionLog>(redaction_, "run", keep, folder(), RotationLimits{}, world);
  }
  void tell(const Told& told) { log_->exchange(told.exchange, told.facts); }

  // What is in the file, by event.id; findings and gaps too.
  std::string ids() {
    log_->flush();
    const std::string text = read(log_->path());
    std::string found;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at);
      const JsonDocument line(std::string_view(text).substr(at, end - at));
      EXPECT_TRUE(line.ok()) << line.error();
      found.append(found.empty() ? "" : " ").append(line.root()["event.id"].text().substr(4));
      at = end + 1;
    }
    return found;
  }

  std::uint64_t free_ = 100ULL << 30U;
  Redaction redaction_{false, known_pseudonyms()};
  std::unique_ptr<SessionLog> log_;
};

TEST_F(SessionLogTest, HealthyAttemptsLeaveNothing) {
  open(Keep::failing);
  for (std::uint64_t id = 1; id < 20; ++id) tell(healthy(id, 1));
  EXPECT_EQ(ids(), "");
}

TEST_F(SessionLogTest, KeepAllKeepsAll) {
  open(Keep::all);
  tell(healthy(1, 1));
  tell(healthy(2, 0));
  EXPECT_EQ(ids(), "1 2");
}

TEST_F(SessionLogTest, AFailureBringsTheStepsThatLedToItAndWhatFollows) {
  open(Keep::failing);
  tell(healthy(1, 7));
  tell(healthy(2, 8));
  tell(healthy(3, 7));
  tell(failing(4, 7));
  tell(healthy(5, 7));
  tell(healthy(6, 8));
  EXPECT_EQ(ids(), "1 3 4 5");
}

TEST_F(SessionLogTest, SoDoesAFinding) {
  open(Keep::failing);
  tell(healthy(1, 7));
  tell(healthy(2, 7));
  log_->finding(port_finding(2, 7));
  tell(healthy(3, 7));
  EXPECT_EQ(ids(), "1 2 f1 3");
}

TEST_F(SessionLogTest, AnInformationalFindingBringsItsEvidenceOnly) {
  open(Keep::failing);
  tell(healthy(1, 7));
  tell(healthy(2, 7));
  Finding finding = port_finding(2, 7);
  finding.level = Level::informational;
  log_->finding(finding);
  tell(healthy(3, 7));
  EXPECT_EQ(ids(), "2 f1");
}

TEST_F(SessionLogTest, EvidenceOfOtherAttemptsIsInTheLog) {
  open(Keep::failing);
  tell(healthy(1, 7));
  tell(healthy(2, 8));
  Finding finding = port_finding(2, 8);
  finding.evidence.push_back({1, "http.response.status_code", "200"});
  log_->finding(finding);
  EXPECT_EQ(ids(), "2 1 f1");
}

// Its exchange is in the log all the same; how often it came a later line says.
TEST_F(SessionLogTest, ARepeatThatIsNoNewsHasNoLineOfItsOwn) {
  open(Keep::failing);
  tell(healthy(1, 7));
  Finding again = port_finding(1, 7);
  again.is_news = false;
  log_->finding(again);
  tell(healthy(2, 7));
  EXPECT_EQ(ids(), "1 2");
}

TEST_F(SessionLogTest, FaultsAreRecordsEvenWhereNobodyAsked) {
  open(Keep::failing);
  tell(healthy(1, 7));
  tell(refused(2, 7, /*mail_related=*/false));
  Told unrelated = failing(3, 7);
  unrelated.exchange.mail_related = false;
  tell(unrelated);
  EXPECT_EQ(ids(), "2");
}

TEST_F(SessionLogTest, AClientThatHangsUpFailsNoAttempt) {
  open(Keep::failing);
  tell(healthy(1, 7));
  Told aborted = failing(2, 7);
  aborted.exchange.fault = {FaultType::client, Stage::answer, "EOF", "the client hung up"};
  tell(aborted);
  tell(healthy(3, 7));
  EXPECT_EQ(ids(), "2");
}

TEST_F(SessionLogTest, AFailureWithoutAnAttemptStandsAlone) {
  open(Keep::failing);
  tell(healthy(1, 0));
  tell(failing(2, 0));
  tell(healthy(3, 0));
  EXPECT_EQ(ids(), "2");
}

TEST_F(SessionLogTest, ManyFailingAttemptsAreRememberedNotAll) {
  open(Keep::failing);
  std::uint64_t id = 0;
  for (std::int64_t attempt = 1; attempt <= 257; ++attempt) tell(failing(++id, attempt));
  tell(healthy(++id, 1));  // forgotten
  tell(healthy(++id, 2));
  const std::string found = ids();
  EXPECT_EQ(found.substr(found.rfind(' ')), " 259");
  EXPECT_EQ(found.find("258"), std::string::npos);
}

TEST_F(SessionLogTest, AFindingHasTheTimeOfWhatCompletedIt) {
  open(Keep::failing);
  tell(healthy(1, 7));
  log_->finding(port_finding(1, 7));
  log_->flush();
  EXPECT_NE(read(log_->path())
                .find("\"@timestamp\":\"2026-11-22T12:31:08.084000Z\","
                      "\"event.kind\":\"alert\""),
            std::string::npos);
}

TEST_F(SessionLogTest, GapsAreRecords) {
  open(Keep::failing);
  log_->gap({"analysis queue full", 3, 4});
  EXPECT_EQ(ids(), "g1");
}

TEST_F(SessionLogTest, AFullDiskIsAGapWhenItIsOver) {
  LogWorld world;
  WallTime now = noon();
  world.now = [&] { return now; };
  world.free_space = [this](const std::filesystem::path&) {
    return std::optional<std::uint64_t>(free_);
  };
  log_ =
      std::make_unique<SessionLog>(redaction_, "run", Keep::all, folder(), RotationLimits{}, world);
  free_ = 0;
  tell(healthy(1, 1));
  log_->flush();
  free_ = 100ULL << 30U;
  now += std::chrono::seconds(1);
  tell(healthy(2, 1));
  EXPECT_EQ(ids(), "2 g1");
  log_.reset();
}

TEST_F(SessionLogTest, WhatIsHeldBackIsWrittenAtTheEnd) {
  open(Keep::all);
  tell(healthy(1, 1));
  const auto path = log_->path();
  log_.reset();
  EXPECT_NE(read(path), "");
}

// Secrets planted in every fact that is a text, and in every text of a finding, in every form.
TEST_F(SessionLogTest, NoCanaryReachesTheFile) {
  open(Keep::all);
  for (const char* secret :
       {"password=Can4ry&x=1", R"({"access_token":"Can4ry"})", "<o:Password>Can4ry</o:Password>",
        "Authorization: Bearer Can4ry1.Can4ry", "Cookie: a=Can4ry", "https://x/#id_token=Can4ry",
        "<saml:Assertion>Can4ry", "eyJhbGciOiJub25lIn0.eyJDYW40cnkiOiJDCan4ry"}) {
    std::optional<Told> told;  // several of them: there are more facts than one exchange may state
    for (const FactSpec* spec : all_facts()) {
      if (!told) told.emplace();
      const bool fingerprint =
          spec->name == "tls.server.hash.sha256" || spec->name == "x509.serial_number" ||
          spec->name == "ntlm.channel_bindings" || spec->name.starts_with("tls.channel_binding.") ||
          spec->name.ends_with(".certificate.thumbprint") ||
          spec->name.ends_with(".certificate.sha256");
      const bool verbatim = fingerprint || spec->type != FactType::text;
      if (!verbatim) told->facts.add(*spec, secret);
      ASSERT_FALSE(told->facts.overflowed());
      if (told->facts.size() < Facts::kMaxFacts / 2) continue;
      tell(*told);
      told.reset();
    }
    if (told) tell(*told);
    Finding finding = port_finding(1, 1);
    finding.title = finding.explain = finding.remedy = finding.host = secret;
    finding.references = {secret};
    finding.evidence = {{1, "url.path", secret}, {1, "url.query", secret}, {1, "x", secret}};
    log_->finding(finding);
    log_->gap({secret, 1, 1});
  }
  log_->flush();
  const std::string text = read(log_->path());
  EXPECT_GT(text.size(), 1000U);
  EXPECT_EQ(text.find("Can4ry"), std::string::npos) << text.substr(text.find("Can4ry") - 200, 300);
}

}  // namespace
}  // namespace exotap
