#include "decoders/flow/port_reach.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/flow/story.h"

namespace exotap {
namespace {

using namespace testing;
using namespace fact;
using flow::reached;

Exchange refused(std::string_view host, std::uint16_t port = 443) {
  return failed_connect(host, FaultType::tcp, Stage::connect, "ECONNREFUSED", port);
}

TEST(Reached, ByAConnectionThatIsUp) {
  EXPECT_EQ(reached(connect("h")), true);
  EXPECT_EQ(reached(get("h/", "", "HTTP/1.1 500 Error\n\n")), true);
}

TEST(Reached, NotWhereTcpFails) {
  for (const char* code : {"ECONNREFUSED", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"}) {
    EXPECT_EQ(reached(failed_connect("h", FaultType::tcp, Stage::connect, code)), false) << code;
  }
  EXPECT_EQ(reached(failed_connect("h", FaultType::timeout, Stage::connect, "")), false);
}

TEST(Reached, NotWhereTheHandshakeIsCutBeforeTheServerSpeaks) {
  for (const char* code : {"ECONNRESET", "EOF", "NOT_TLS"}) {
    EXPECT_EQ(reached(failed_connect("h", FaultType::tls, Stage::tls, code)), false) << code;
  }
  EXPECT_EQ(reached(failed_connect("h", FaultType::timeout, Stage::tls, "")), false);
}

TEST(Reached, WhereTheServerSpokeTlsWhateverItSaid) {
  Exchange alert = failed_connect("h", FaultType::tls, Stage::tls, "alert handshake_failure");
  alert.tls.alert_received = "handshake_failure";
  EXPECT_EQ(reached(alert), true);
  Exchange bad = failed_connect("h", FaultType::tls, Stage::tls, "certificate");
  bad.tls.chain = {CertificateRecord{}};
  EXPECT_EQ(reached(bad), true);
}

TEST(Reached, NothingIsToldByNamesProxiesOrWhatBreaksLater) {
  EXPECT_EQ(reached(failed_connect("h", FaultType::dns, Stage::resolve, "HOST_NOT_FOUND")),
            std::nullopt);
  EXPECT_EQ(reached(failed_connect("h", FaultType::proxy, Stage::connect, "407")), std::nullopt);
  EXPECT_EQ(reached(failed_connect("h", FaultType::tcp, Stage::answer, "ECONNRESET")),
            std::nullopt);
  EXPECT_EQ(reached(failed_connect("h", FaultType::client, Stage::tls, "EOF")), std::nullopt);
  Exchange ours = connect("h");
  ours.handling = Handling::refused;
  EXPECT_EQ(reached(ours), std::nullopt);
  Exchange nothing_dialled = connect("h");
  nothing_dialled.server = {};
  EXPECT_EQ(reached(nothing_dialled), std::nullopt);
}

TEST(Port443, BlockedForOneHostOnly) {
  Story story;
  (void)story.tell(connect("outlook.office365.com"));
  (void)story.tell(connect("login.microsoftonline.com"));
  const Facts facts = story.tell(refused("sts.contoso.com"));
  EXPECT_EQ(facts.number(kFlowPort443OthersOk), 2);
  EXPECT_EQ(facts.number(kFlowPort443OthersFailed), 0);
  EXPECT_TRUE(facts.is_true(kFlowPort443OnlyThisHost));
  EXPECT_EQ(facts.number(kFlowPort443AllHosts), 0);
  EXPECT_EQ(facts.number(kFlowHostWorkedBefore), 0);
}

TEST(Port443, BlockedForAllWhilePort80Works) {
  Story story;
  Exchange clear = get("autodiscover.contoso.com/", "", "HTTP/1.1 302 Found\n\n");
  clear.port = 80;
  (void)story.tell(clear);
  (void)story.tell(refused("outlook.office365.com"));
  const Facts facts = story.tell(refused("sts.contoso.com"));
  EXPECT_EQ(facts.number(kFlowPort443OthersOk), 0);
  EXPECT_EQ(facts.number(kFlowPort443OthersFailed), 1);
  EXPECT_TRUE(facts.is_true(kFlowPort443AllHosts));
  EXPECT_EQ(facts.number(kFlowPort443OnlyThisHost), 0);
  EXPECT_TRUE(facts.is_true(kFlowPort443Port80Ok));
}

TEST(Port443, OneFailureAloneProvesNeither) {
  Story story;
  const Facts facts = story.tell(refused("sts.contoso.com"));
  EXPECT_EQ(facts.number(kFlowPort443OnlyThisHost), 0);
  EXPECT_EQ(facts.number(kFlowPort443AllHosts), 0);
  EXPECT_EQ(facts.number(kFlowPort443Port80Ok), 0);
}

TEST(Port443, TheSameHostFailingAgainIsNotAnother) {
  Story story;
  for (int i = 0; i < 5; ++i) (void)story.tell(refused("sts.contoso.com"));
  EXPECT_EQ(story.tell(refused("sts.contoso.com")).number(kFlowPort443OthersFailed), 0);
}

TEST(Port443, AHostThatIsReachedAgainHasNotFailed) {
  Story story;
  (void)story.tell(refused("outlook.office365.com"));
  (void)story.tell(connect("outlook.office365.com"));
  const Facts facts = story.tell(refused("sts.contoso.com"));
  EXPECT_EQ(facts.number(kFlowPort443OthersFailed), 0);
  EXPECT_EQ(facts.number(kFlowPort443OthersOk), 1);
}

TEST(Port443, AnAnswerOnAnOldConnectionKeepsItsHostReached) {
  Story story;
  (void)story.tell(connect("outlook.office365.com"));
  story.wait(std::chrono::minutes(20));
  (void)story.tell(get("outlook.office365.com/mapi/emsmdb", "", "HTTP/1.1 200 OK\n\n"));
  EXPECT_EQ(story.tell(refused("sts.contoso.com")).number(kFlowPort443OthersOk), 1);
}

TEST(Port443, OldNewsDoNotCount) {
  Story story;
  (void)story.tell(connect("outlook.office365.com"));
  (void)story.tell(refused("login.microsoftonline.com"));
  story.wait(flow::kReachMemory + std::chrono::seconds(1));
  const Facts facts = story.tell(refused("sts.contoso.com"));
  EXPECT_EQ(facts.number(kFlowPort443OthersOk), 0);
  EXPECT_EQ(facts.number(kFlowPort443OthersFailed), 0);
}

TEST(Port443, ForeignHostsProveThePortOpenButNeverClosed) {
  Story story;
  Exchange blocked_ads = refused("ads.example.net");
  blocked_ads.mail_related = false;
  (void)story.tell(blocked_ads);
  Exchange updates = connect("update.example.org");
  updates.mail_related = false;
  (void)story.tell(updates);
  const Facts facts = story.tell(refused("sts.contoso.com"));
  EXPECT_EQ(facts.number(kFlowPort443OthersFailed), 0);
  EXPECT_EQ(facts.number(kFlowPort443OthersOk), 1);
}

TEST(Port443, NamesOutlookGuessesProveThePortOpenButNeverClosed) {
  Story story;
  (void)story.tell(refused("contoso.com"));
  (void)story.tell(refused("autodiscover.contoso.com"));
  (void)story.tell(refused("contoso.co.uk"));
  Facts facts = story.tell(refused("sts.contoso.com"));
  EXPECT_EQ(facts.number(kFlowPort443OthersFailed), 0);
  EXPECT_EQ(facts.number(kFlowPort443AllHosts), 0);
  (void)story.tell(connect("autodiscover.contoso.com"));
  facts = story.tell(refused("sts.contoso.com"));
  EXPECT_TRUE(facts.is_true(kFlowPort443OnlyThisHost));
}

TEST(Port443, OtherPortsAreNotItsBusiness) {
  Story story;
  (void)story.tell(connect("outlook.office365.com", 993));
  const Facts facts = story.tell(refused("sts.contoso.com"));
  EXPECT_EQ(facts.number(kFlowPort443OthersOk), 0);
  const Facts certauth = story.tell(refused("sts.contoso.com", 49443));
  EXPECT_TRUE(certauth.has(kFlowHostWorkedBefore));
  EXPECT_FALSE(certauth.has(kFlowPort443OthersOk));
}

TEST(Port443, AHealthyConnectionSaysNothing) {
  Story story;
  const Facts facts = story.tell(connect("sts.contoso.com"));
  EXPECT_FALSE(facts.has(kFlowHostWorkedBefore));
  EXPECT_FALSE(facts.has(kFlowPort443OthersOk));
}

TEST(Port443, AConnectThatHangsIsToldAsAFailureWouldBe) {
  Story story;
  (void)story.tell(connect("outlook.office365.com"));
  Exchange hanging = connect("sts.contoso.com");
  hanging.still_waiting = true;
  hanging.fault.stage = Stage::resolve;
  EXPECT_FALSE(story.tell(hanging).has(kFlowPort443OnlyThisHost));
  for (const Stage stage : {Stage::connect, Stage::tls}) {
    hanging.fault.stage = stage;
    EXPECT_TRUE(story.tell(hanging).is_true(kFlowPort443OnlyThisHost));
  }
  // It has not failed yet: another host's failure stands alone.
  EXPECT_EQ(story.tell(refused("login.microsoftonline.com")).number(kFlowPort443OthersFailed), 0);
}

TEST(HostWorkedBefore, IsRememberedLongerThanFiveMinutes) {
  Story story;
  (void)story.tell(connect("sts.contoso.com"));
  story.wait(std::chrono::hours(3));
  EXPECT_TRUE(story.tell(refused("sts.contoso.com")).is_true(kFlowHostWorkedBefore));
  EXPECT_EQ(story.tell(refused("sts.contoso.com", 8443)).number(kFlowHostWorkedBefore), 0);
}

TEST(PortReach, MemoryIsBounded) {
  Story story;
  for (int i = 0; i < 5000; ++i) (void)story.tell(connect("h" + std::to_string(i)));
  const auto others = story.tell(refused("sts.contoso.com")).number(kFlowPort443OthersOk);
  EXPECT_LE(others, static_cast<std::int64_t>(flow::kMaxHostPorts));
}

}  // namespace
}  // namespace exotap
