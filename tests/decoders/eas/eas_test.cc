#include "decoders/eas/eas.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/eas/wbxml_text.h"
#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::document;
using testing::empty;
using testing::expect_declared;
using testing::expect_facts;
using testing::expect_never_told;
using testing::in;
using testing::listing;
using testing::sample;
using testing::stated_by;
using testing::text;
using testing::value_of;
using testing::values_of;

constexpr std::string_view kQuery = "&User=mara%40contoso.com&DeviceId=D1&DeviceType=Phone";

std::string post(std::string_view command, std::string_view body, std::string_view fields = "") {
  return "POST /Microsoft-Server-ActiveSync?Cmd=" + std::string(command) + std::string(kQuery) +
         " HTTP/1.1\nHost: outlook.office365.com\nMS-ASProtocolVersion: 16.1\n"
         "Content-Type: application/vnd.ms-sync.wbxml\n" +
         std::string(fields) + "\n" + std::string(body);
}

Facts asked(std::string_view command, std::string_view body, std::string_view fields = "") {
  return stated_by(kEasDecoder, testing::exchange(post(command, body, fields), ""));
}

TEST(EasDecoder, RecognisesItsPath) {
  EXPECT_TRUE(kEasDecoder.recognises(testing::exchange(post("Sync", ""), "")));
  EXPECT_TRUE(kEasDecoder.recognises(
      testing::exchange("OPTIONS https://a.b/microsoft-server-activesync HTTP/1.1\n", "")));
  EXPECT_FALSE(kEasDecoder.recognises(testing::exchange("POST /ews/exchange.asmx HTTP/1.1\n", "")));
  EXPECT_FALSE(kEasDecoder.recognises(Exchange{}));
}

TEST(EasRequest, TellsCommandUserAndDevice) {
  const Facts facts = asked("Sync", "", "X-MS-PolicyKey: 1133359084\n");
  expect_facts(facts, {{"eas.command", "Sync"},
                       {"eas.protocol_version", "16.1"},
                       {"eas.query_form", "plain"},
                       {"user.name", "mara@contoso.com"},
                       {"eas.device_id", "D1"},
                       {"eas.device_type", "Phone"},
                       {"eas.policy_key", "present"}});
  expect_never_told(facts, "1133359084");
  expect_declared(facts, kEasDecoder);
  EXPECT_EQ(value_of(asked("Sync", "", "X-MS-PolicyKey: 0\n"), "eas.policy_key"), "zero");
  EXPECT_EQ(value_of(asked("Sync", ""), "eas.policy_key"), "absent");
}

TEST(EasRequest, ReadsThePackedQuery) {
  const Facts facts = stated_by(
      kEasDecoder, testing::exchange(
                       "POST /Microsoft-Server-ActiveSync?oRIJBAJBQgTSBAAAAlBoBQF4BwECCAZhbkBjLmQ= "
                       "HTTP/1.1\nHost: outlook.office365.com\n",
                       ""));
  expect_facts(facts, {{"eas.command", "Ping"},
                       {"eas.protocol_version", "16.1"},
                       {"eas.query_form", "packed"},
                       {"user.name", "an@c.d"},
                       {"eas.device_id", "AB"},
                       {"eas.device_type", "Ph"},
                       {"eas.policy_key", "present"}});
}

TEST(EasRequest, AFieldsPolicyKeyGoesBeforeThePackedOne) {
  const Facts facts = stated_by(
      kEasDecoder, testing::exchange(
                       "POST /Microsoft-Server-ActiveSync?oRIJBAJBQgTSBAAAAlBoBQF4BwECCAZhbkBjLmQ= "
                       "HTTP/1.1\nX-MS-PolicyKey: 0\n",
                       ""));
  EXPECT_EQ(value_of(facts, "eas.policy_key"), "zero");
}

TEST(EasRequest, CountsWhatItAsksFor) {
  const std::string collection =
      in(0, "Collection", in(0, "SyncKey", text("0")) + in(0, "WindowSize", text("100")));
  const Facts facts = asked("Sync", document(in(0, "Sync",
                                                in(0, "Collections", collection + collection) +
                                                    in(0, "HeartbeatInterval", text("900")))));
  expect_facts(facts, {{"eas.collection_count", "2"},
                       {"eas.first_sync", "true"},
                       {"eas.window_size", "100"},
                       {"eas.heartbeat_interval", "900"}});
  const Facts waits = asked("Sync", document(in(0, "Sync", in(0, "Wait", text("8")))));
  EXPECT_EQ(value_of(waits, "eas.heartbeat_interval"), "480");
  EXPECT_EQ(value_of(waits, "eas.first_sync"), "(absent)");
}

TEST(EasRequest, ABodyNamesTheCommandWhereTheUrlDoesNot) {
  const Facts facts = stated_by(
      kEasDecoder, testing::exchange("POST /Microsoft-Server-ActiveSync HTTP/1.1\n\n" +
                                         document(in(25, "Find", in(25, "SearchId", text("1")))),
                                     ""));
  EXPECT_EQ(value_of(facts, "eas.command"), "Find");
}

// Mail sent by 12.1 is the message itself.
TEST(EasRequest, AMessageAsBodyIsNotLookedInto) {
  const std::string mail = "Subject: nothing\n\nhello";
  const Facts facts = stated_by(
      kEasDecoder, testing::exchange("POST /Microsoft-Server-ActiveSync?Cmd=SendMail&User=a "
                                     "HTTP/1.1\nContent-Type: message/rfc822\n\n" +
                                         mail,
                                     "HTTP/1.1 200 OK\nContent-Length: 0\n"));
  EXPECT_EQ(value_of(facts, "decode.eas.error"), "(absent)");
  expect_never_told(facts, "hello");
  EXPECT_EQ(value_of(facts, "eas.empty_answer"), "true");
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
}

TEST(EasProvision, TellsItsSteps) {
  const std::string type = in(14, "PolicyType", text("MS-EAS-Provisioning-WBXML"));
  const auto policies = [](std::string_view inside) {
    return document(in(14, "Provision", in(14, "Policies", in(14, "Policy", std::string(inside)))));
  };
  const Facts first = asked("Provision", policies(type));
  expect_facts(first, {{"eas.provisioning", "policies_asked"},
                       {"eas.policy_type", "MS-EAS-Provisioning-WBXML"}});
  EXPECT_EQ(value_of(first, "eas.client_status"), "(absent)");

  const Facts second = asked(
      "Provision", policies(type + in(14, "PolicyKey", text("42")) + in(14, "Status", text("3"))));
  expect_facts(second, {{"eas.provisioning", "acknowledged"}, {"eas.client_status", "3"}});
  EXPECT_EQ(value_of(second, "eas.status.code"), "(absent)") << "a request's is no answer's";

  const Facts device = asked(
      "Provision",
      document(in(14, "Provision", in(18, "DeviceInformation", in(18, "Status", text("2"))))));
  EXPECT_EQ(value_of(device, "eas.client_status"), "(absent)") << "not of the policies";

  const Facts wiped =
      asked("Provision",
            document(in(14, "Provision", in(14, "RemoteWipe", in(14, "Status", text("1"))))));
  expect_facts(wiped, {{"eas.provisioning", "wipe_reported"}, {"eas.client_status", "1"}});
}

TEST(EasRequest, SaysWhatCannotBeRead) {
  EXPECT_EQ(value_of(asked("Sync", "garbage"), "decode.eas.error"),
            "request: no WBXML version at byte 1");
  EXPECT_EQ(value_of(asked("Sync", document("\x45")), "decode.eas.error"),
            "request: it ends too early");
  Exchange cut = testing::exchange(post("Sync", document("\x45")), "");
  cut.request.body_size = 1'000'000;
  EXPECT_EQ(value_of(stated_by(kEasDecoder, cut), "decode.eas.error"), "(absent)")
      << "the record keeps only the beginning";
}

TEST(EasDecoder, AnswersOfExotapItselfAreNotJudged) {
  Exchange refused = testing::exchange(post("Sync", ""), "HTTP/1.1 503 X\n\n<html>");
  refused.handling = Handling::refused;
  EXPECT_EQ(value_of(stated_by(kEasDecoder, refused), "eas.http_meaning"), "(absent)");
}

struct Sample {
  std::string_view file;
  bool answer;
  testing::ExpectedFacts facts;
};

// What INDEX.md says of each, request or answer as it came.
const Sample kSamples[] = {
    {"eas-wbxml-01.wbxml", false, {{"eas.command", "FolderSync"}, {"eas.first_sync", "true"}}},
    {"eas-wbxml-02.wbxml",
     true,
     {{"eas.status.code", "142"},
      {"eas.status.name", "DeviceNotProvisioned"},
      {"eas.status.place", "FolderSync"},
      {"eas.asks", "provision"}}},
    {"eas-wbxml-03.wbxml",
     false,
     {{"eas.command", "Provision"},
      {"eas.provisioning", "policies_asked"},
      {"eas.policy_type", "MS-EAS-Provisioning-WBXML"}}},
    {"eas-wbxml-04.wbxml",
     true,
     {{"eas.provisioning", "policies_offered"},
      {"eas.policy_type", "MS-EAS-Provisioning-WBXML"},
      {"eas.status.code", "1"},
      {"eas.status.place", "Provision/DeviceInformation"},
      {"eas.status.place", "Provision"},
      {"eas.status.place", "Provision/Policies/Policy"},
      {"eas.status.count", "3"}}},
    {"eas-wbxml-05.wbxml",
     false,
     {{"eas.command", "Provision"},
      {"eas.provisioning", "acknowledged"},
      {"eas.client_status", "1"}}},
    {"eas-wbxml-07.wbxml",
     true,
     {{"eas.status.code", "1"}, {"eas.status.place", "FolderSync"}, {"eas.changed_folders", "12"}}},
    {"eas-wbxml-08.wbxml", false, {{"eas.command", "Settings"}}},
    {"eas-wbxml-10.wbxml",
     false,
     {{"eas.command", "Sync"}, {"eas.first_sync", "true"}, {"eas.collection_count", "1"}}},
    {"eas-wbxml-11.wbxml",
     true,
     {{"eas.status.code", "1"}, {"eas.status.place", "Sync/Collections/Collection"}}},
    {"eas-wbxml-12.wbxml",
     false,
     {{"eas.command", "Sync"}, {"eas.window_size", "50"}, {"eas.collection_count", "1"}}},
    {"eas-wbxml-13.wbxml",
     true,
     {{"eas.status.code", "1"}, {"eas.status.place", "Sync/Collections/Collection"}}},
    {"eas-wbxml-14.wbxml",
     false,
     {{"eas.command", "Ping"}, {"eas.heartbeat_interval", "470"}, {"eas.folder_count", "2"}}},
    {"eas-wbxml-16.wbxml",
     false,
     {{"eas.command", "GetItemEstimate"}, {"eas.collection_count", "1"}}},
    {"eas-wbxml-18.wbxml", false, {{"eas.command", "ItemOperations"}}},
    {"eas-wbxml-mitm-sync.wbxml",
     true,
     {{"eas.status.code", "1"}, {"eas.status.place", "Sync/Collections/Collection"}}},
};

TEST(EasSamples, AreUnderstood) {
  if (!sample("eas-wbxml-01.wbxml")) GTEST_SKIP() << "no samples here";
  for (const Sample& known : kSamples) {
    SCOPED_TRACE(known.file);
    const auto body = sample(known.file);
    ASSERT_TRUE(body);
    const std::string ask = "POST /Microsoft-Server-ActiveSync HTTP/1.1\nHost: eas.contoso.com\n\n";
    const Exchange exchange = known.answer ? testing::exchange(ask,
                                                               "HTTP/1.1 200 OK\nContent-Type: "
                                                               "application/vnd.ms-sync.wbxml\n\n" +
                                                                   *body)
                                           : testing::exchange(ask + *body, "");
    const Facts facts = stated_by(kEasDecoder, exchange);
    expect_facts(facts, known.facts);
    expect_declared(facts, kEasDecoder);
    EXPECT_EQ(value_of(facts, "decode.eas.error"), "(absent)") << listing(facts);
    EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)") << listing(facts);
    for (const std::string_view content :
         {"TestActiveSyncConnectivity", "Bandeja", "359828043781641", "867625158"}) {
      expect_never_told(facts, content);
    }
  }
}

TEST(EasSamples, ARefusalOfAKnownMailbox) {
  const auto text = sample("http-eas-401-known-user.txt");
  if (!text) GTEST_SKIP() << "no samples here";
  const std::size_t answer = text->find("HTTP/1.1 401");
  const Facts facts = stated_by(
      kEasDecoder, testing::exchange(std::string_view(*text).substr(0, text->find("Date:")),
                                     std::string_view(*text).substr(answer)));
  expect_facts(facts,
               {{"eas.protocol_version", "14.0"}, {"eas.http_meaning", "credentials wanted"}});
  EXPECT_EQ(value_of(facts, "eas.mailbox_guid").substr(0, 36),
            "aadaf467-cd08-4a23-909b-9702eca5b845");
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
  EXPECT_EQ(value_of(facts, "decode.eas.error"), "(absent)");
  expect_never_told(facts, "Passw");
}

}  // namespace
}  // namespace exotap
