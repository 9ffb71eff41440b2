#include "decoders/eas/answer.h"

#include <gtest/gtest.h>

#include <string>

#include "decoders/eas/eas.h"
#include "tests/decoders/coded_bytes.h"
#include "tests/decoders/eas/wbxml_text.h"
#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::document;
using testing::empty;
using testing::expect_declared;
using testing::expect_facts;
using testing::in;
using testing::listing;
using testing::stated_by;
using testing::text;
using testing::value_of;
using testing::values_of;

constexpr std::string_view kWbxml =
    "HTTP/1.1 200 OK\nContent-Type: application/vnd.ms-sync.wbxml\n\n";

Facts of(std::string_view command, const std::string& answer, std::string_view method = "POST") {
  const std::string ask = std::string(method) + " /Microsoft-Server-ActiveSync" +
                          (command.empty() ? "" : "?Cmd=" + std::string(command)) +
                          " HTTP/1.1\nHost: outlook.office365.com\n";
  Facts facts = stated_by(kEasDecoder, testing::exchange(ask, answer));
  expect_declared(facts, kEasDecoder);
  return facts;
}

Facts of_body(std::string_view command, const std::string& root) {
  return of(command, std::string(kWbxml) + document(root));
}

std::string status(std::uint8_t page, std::string_view value) {
  return in(page, "Status", text(value));
}

TEST(EasAnswer, AHealthySyncFailsNowhere) {
  const Facts facts = of_body(
      "Sync",
      in(0, "Sync",
         in(0, "Collections", in(0, "Collection", status(0, "1") + empty(0, "MoreAvailable")))));
  expect_facts(facts, {{"eas.status.code", "1"},
                       {"eas.status.name", "success"},
                       {"eas.status.place", "Sync/Collections/Collection"},
                       {"eas.status.count", "1"},
                       {"eas.more_available", "true"}});
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
  EXPECT_EQ(value_of(facts, "eas.asks"), "(absent)");
}

TEST(EasAnswer, AFailureUnderStatus200IsOne) {
  const std::string collection = in(0, "Collection", status(0, "3"));
  const Facts facts = of_body("Sync", in(0, "Sync", in(0, "Collections", collection + collection)));
  EXPECT_EQ(values_of(facts, "answer.failure"),
            (std::vector<std::string>{"ActiveSync Sync status 3, invalid synchronization key"}));
  expect_facts(facts,
               {{"eas.status.name", "invalid synchronization key"}, {"eas.status.count", "2"}});
  EXPECT_EQ(
      value_of(of_body("FolderSync", in(7, "FolderSync", status(7, "126"))), "answer.failure"),
      "ActiveSync FolderSync status 126, UserDisabledForSync");
  EXPECT_EQ(value_of(of_body("Sync", in(0, "Sync", status(0, "199"))), "answer.failure"),
            "ActiveSync Sync status 199");
  EXPECT_EQ(value_of(of_body("Find",
                             in(25, "Find", status(25, "1") + in(25, "Response", status(25, "2")))),
                     "answer.failure"),
            "ActiveSync Find status 2, invalid request");
  EXPECT_EQ(value_of(of_body("SendMail", in(21, "SendMail", status(21, "115"))), "answer.failure"),
            "ActiveSync SendMail status 115, SendQuotaExceeded");
}

TEST(EasAnswer, OneFailureIsToldOnceThoughSeveralItemsHaveIt) {
  const std::string item = in(0, "Add", status(0, "6")) + in(0, "Change", status(0, "6"));
  const Facts facts = of_body(
      "Sync",
      in(0, "Sync",
         in(0, "Collections", in(0, "Collection", status(0, "1") + in(0, "Responses", item)))));
  EXPECT_EQ(values_of(facts, "answer.failure").size(), 1U);
  EXPECT_EQ(values_of(facts, "eas.status.place").size(), 3U);
}

TEST(EasAnswer, AFailureTellsHowMuchItConcerns) {
  const auto scope = [](std::string_view command, const std::string& root) {
    return value_of(of_body(command, root), "eas.failure.scope");
  };
  EXPECT_EQ(scope("FolderSync", in(7, "FolderSync", status(7, "6"))), "command");
  EXPECT_EQ(scope("SendMail", in(21, "SendMail", status(21, "120"))), "command");
  const std::string folder = in(0, "Collection", status(0, "5"));
  EXPECT_EQ(scope("Sync", in(0, "Sync", in(0, "Collections", folder))), "folder");
  const std::string item = in(0, "Responses", in(0, "Add", status(0, "6")));
  const std::string with_item =
      in(0, "Sync", in(0, "Collections", in(0, "Collection", status(0, "1") + item)));
  EXPECT_EQ(scope("Sync", with_item), "item");
  const std::string healthy = in(0, "Sync", in(0, "Collections", in(0, "Collection", "")));
  EXPECT_EQ(scope("Sync", healthy), "(absent)");
}

TEST(EasAnswer, OrdinaryPingsFailNowhere) {
  const Facts over = of_body("Ping", in(13, "Ping", status(13, "1")));
  EXPECT_EQ(value_of(over, "answer.failure"), "(absent)");
  const Facts changes = of_body(
      "Ping", in(13, "Ping", status(13, "2") + in(13, "Folders", in(13, "Folder", text("5")))));
  EXPECT_EQ(value_of(changes, "answer.failure"), "(absent)");
  expect_facts(changes, {{"eas.status.name", "changes"}, {"eas.changed_folders", "1"}});
  const Facts other =
      of_body("Ping", in(13, "Ping", status(13, "5") + in(13, "HeartbeatInterval", text("3540"))));
  EXPECT_EQ(value_of(other, "answer.failure"), "(absent)");
  expect_facts(other, {{"eas.asks", "other_interval"}, {"eas.interval_limit", "3540"}});
}

TEST(EasAnswer, AnEmptyBodyIsLegal) {
  const Facts facts = of("Sync", "HTTP/1.1 200 OK\nContent-Length: 0\n");
  EXPECT_EQ(value_of(facts, "eas.empty_answer"), "true");
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
  EXPECT_EQ(value_of(facts, "decode.eas.error"), "(absent)");
  Exchange unfinished = testing::exchange("POST /Microsoft-Server-ActiveSync?Cmd=Ping HTTP/1.1\n",
                                          "HTTP/1.1 200 OK\n");
  unfinished.answer.complete = false;
  EXPECT_EQ(value_of(stated_by(kEasDecoder, unfinished), "eas.empty_answer"), "(absent)");
  EXPECT_EQ(value_of(of("Sync", "HTTP/1.1 401 X\nContent-Length: 0\n"), "eas.empty_answer"),
            "(absent)");
}

TEST(EasAnswer, AStatusUnderAnErrorStatusIsToldAndIsNoSurprise) {
  const Facts facts = of("Sync", "HTTP/1.1 500 X\nContent-Type: application/vnd.ms-sync.wbxml\n\n" +
                                     document(in(0, "Sync", status(0, "110"))));
  expect_facts(facts, {{"eas.status.name", "ServerError"}});
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
}

TEST(EasAnswer, WhatIsAskedOfTheClientIsToldOnce) {
  const Facts facts = of_body(
      "Sync", in(0, "Sync",
                 status(0, "142") + in(0, "Collections", in(0, "Collection", status(0, "143")))));
  EXPECT_EQ(values_of(facts, "eas.asks"), (std::vector<std::string>{"provision"}));
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
}

TEST(EasAnswer, OfferedPoliciesAreNotYetConfirmed) {
  const std::string lock = in(14, "EASProvisionDoc", in(14, "DevicePasswordEnabled", text("1")));
  const std::string policy =
      in(14, "Policy", in(14, "PolicyKey", text("42")) + in(14, "Data", lock));
  const Facts facts = of_body("Provision", in(14, "Provision", in(14, "Policies", policy)));
  EXPECT_EQ(values_of(facts, "eas.provisioning"), (std::vector<std::string>{"policies_offered"}));
  EXPECT_EQ(value_of(facts, "eas.policy_demand"), "DevicePasswordEnabled=1");
}

TEST(EasAnswer, ARemoteWipeIsSeen) {
  const Facts asks = of_body("Sync", in(0, "Sync", status(0, "140")));
  EXPECT_EQ(value_of(asks, "answer.failure"), "ActiveSync Sync status 140, RemoteWipeRequested");
  const Facts wipe =
      of_body("Provision", in(14, "Provision", status(14, "1") + empty(14, "RemoteWipe")));
  EXPECT_EQ(value_of(wipe, "eas.provisioning"), "remote_wipe_requested");
  const Facts account = of_body(
      "Provision", in(14, "Provision", status(14, "1") + empty(14, "AccountOnlyRemoteWipe")));
  EXPECT_EQ(value_of(account, "eas.provisioning"), "account_wipe_requested");
}

TEST(EasAnswer, ProvisioningEndsWithAConfirmation) {
  const std::string policy =
      in(14, "Policy", status(14, "1") + in(14, "PolicyKey", text("3942919513")));
  const Facts facts =
      of_body("Provision", in(14, "Provision", status(14, "1") + in(14, "Policies", policy)));
  EXPECT_EQ(value_of(facts, "eas.provisioning"), "confirmed");
  testing::expect_never_told(facts, "3942919513");
}

// A policy of old: XML in Data instead of elements.
TEST(EasAnswer, NoPolicyIsNoFailure) {
  const Facts facts = of_body(
      "Provision",
      in(14, "Provision", status(14, "1") + in(14, "Policies", in(14, "Policy", status(14, "2")))));
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
  expect_facts(facts, {{"eas.status.name", "no policy for this client"}});
}

TEST(EasAnswer, OptionsTellsWhatTheServerCan) {
  const Facts facts = of("",
                         "HTTP/1.1 200 OK\nMS-Server-ActiveSync: 15.20\n"
                         "MS-ASProtocolVersions: 2.0,2.1,2.5,12.0,12.1,14.0,14.1,16.0,16.1\n"
                         "MS-ASProtocolCommands: Sync,SendMail,Ping\n"
                         "X-MS-RP: 2.0,2.1,16.1\nContent-Length: 0\n",
                         "OPTIONS");
  expect_facts(facts, {{"eas.versions_offered", "2.0,2.1,2.5,12.0,12.1,14.0,14.1,16.0,16.1"},
                       {"eas.commands_offered", "Sync,SendMail,Ping"},
                       {"eas.server_version", "15.20"},
                       {"eas.versions_changed", "2.0,2.1,16.1"}});
  EXPECT_EQ(value_of(facts, "eas.policy_key"), "(absent)");
  EXPECT_EQ(value_of(facts, "eas.empty_answer"), "(absent)") << "never has a body";
}

TEST(EasAnswer, RefusalsBringTheirFields) {
  const Facts moved = of("Sync",
                         "HTTP/1.1 451 X\nX-MS-Location: "
                         "https://eu.contoso.com/Microsoft-Server-ActiveSync?token=abc\n");
  expect_facts(moved, {{"eas.http_meaning", "other server"},
                       {"eas.asks", "other_server"},
                       {"eas.location",
                        "https://eu.contoso.com/Microsoft-Server-ActiveSync?token=[redacted]"}});
  const Facts expired =
      of("Sync",
         "HTTP/1.1 457 X\nX-MS-Credential-Service-Url: https://sspr.contoso.com/\n"
         "X-MS-Credentials-Expire: 0\n");
  expect_facts(expired, {{"eas.http_meaning", "password expired"},
                         {"eas.credential_url", "https://sspr.contoso.com/"},
                         {"eas.credentials_expire", "0"}});
  const Facts busy =
      of("Sync", "HTTP/1.1 503 X\nRetry-After: 120\nX-MS-ASThrottle: CommandFrequency\n");
  expect_facts(busy,
               {{"eas.http_meaning", "busy or throttled"}, {"eas.throttle", "CommandFrequency"}});
  const Facts provision = of("FolderSync",
                             "HTTP/1.1 449 X\n\n<html>Retry after sending a "
                             "PROVISION command</html>");
  expect_facts(provision, {{"eas.http_meaning", "provision first"}, {"eas.asks", "provision"}});
  EXPECT_EQ(value_of(provision, "answer.failure"), "(absent)") << "the status line says it";
  EXPECT_EQ(value_of(of("Sync", "HTTP/1.1 403 X\n"), "eas.http_meaning"),
            "user or device not allowed");
  EXPECT_EQ(value_of(of("Sync", "HTTP/1.1 456 X\n"), "eas.http_meaning"), "account blocked");
  EXPECT_EQ(value_of(of("Sync", "HTTP/1.1 418 X\n"), "eas.http_meaning"), "(absent)");
}

TEST(EasAnswer, AWebPageUnderSuccessIsAFailure) {
  const std::string page = "<!DOCTYPE html><title>Sign in to the network</title>";
  EXPECT_EQ(
      value_of(of("Sync", "HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + page), "answer.failure"),
      "a web page instead of an ActiveSync answer");
  EXPECT_EQ(value_of(of("", "HTTP/1.1 200 OK\n\n" + page, "OPTIONS"), "answer.failure"),
            "a web page instead of an ActiveSync answer");
  EXPECT_EQ(value_of(of("", "HTTP/1.1 200 OK\n\n" + page, "GET"), "answer.failure"), "(absent)")
      << "somebody's browser";
  EXPECT_EQ(value_of(of("GetAttachment", "HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + page),
                     "answer.failure"),
            "(absent)")
      << "the attachment is a page";
}

TEST(EasAnswer, ReadsCompressedBodies) {
  const std::string body = document(in(0, "Sync", status(0, "5")));
  const Facts facts =
      of("Sync", "HTTP/1.1 200 OK\nContent-Encoding: gzip\n\n" + testing::gzipped(body));
  EXPECT_EQ(value_of(facts, "answer.failure"), "ActiveSync Sync status 5, server error");
}

TEST(EasAnswer, ReadsTheFirstOfSeveralParts) {
  const std::string command = document(in(20, "ItemOperations", status(20, "1")));
  const std::string head("\x02\x00\x00\x00\x14\x00\x00\x00", 8);
  std::string parts = head + static_cast<char>(command.size()) + std::string(3, '\0');
  parts += std::string("\x60\x00\x00\x00\x03\x00\x00\x00", 8) + command + "mail";
  const Facts facts =
      of("ItemOperations",
         "HTTP/1.1 200 OK\nContent-Type: application/vnd.ms-sync.multipart\n\n" + parts);
  expect_facts(
      facts,
      {{"eas.part_count", "2"}, {"eas.status.code", "1"}, {"eas.status.place", "ItemOperations"}});
  EXPECT_EQ(value_of(of("ItemOperations",
                        "HTTP/1.1 200 OK\nContent-Type: "
                        "application/vnd.ms-sync.multipart\n\nabc"),
                     "decode.eas.error"),
            "answer: no beginning of several parts");
}

TEST(EasAnswer, ACutBodyStillTellsItsStatus) {
  const std::string body = document(in(0, "Sync", status(0, "5") + in(0, "Wait", text("8"))));
  Exchange exchange = testing::exchange("POST /Microsoft-Server-ActiveSync?Cmd=Sync HTTP/1.1\n",
                                        std::string(kWbxml) + body.substr(0, body.size() - 3));
  EXPECT_EQ(value_of(stated_by(kEasDecoder, exchange), "decode.eas.error"),
            "answer: it ends too early");
  exchange.answer.body_size += 70'000;
  const Facts facts = stated_by(kEasDecoder, exchange);
  EXPECT_EQ(value_of(facts, "decode.eas.error"), "(absent)");
  EXPECT_EQ(value_of(facts, "answer.failure"), "ActiveSync Sync status 5, server error");
}

TEST(EasAnswer, SaysWhatCannotBeRead) {
  const Facts garbage = of("Sync", std::string(kWbxml) + "garbage");
  EXPECT_EQ(value_of(garbage, "decode.eas.error"), "answer: no WBXML version at byte 1");
  EXPECT_EQ(value_of(garbage, "answer.failure"), "something else instead of an ActiveSync answer");
  const Facts newer = of_body("Sync", in(0, "Sync", std::string("\x7B\x01", 2) + status(0, "1")));
  EXPECT_EQ(value_of(newer, "eas.unknown_elements"), "1");
  EXPECT_EQ(value_of(newer, "answer.failure"), "(absent)");
  EXPECT_EQ(value_of(of("Sync", "HTTP/1.1 500 X\n\nRuntime Error"), "decode.eas.error"),
            "(absent)");
}

}  // namespace
}  // namespace exotap
