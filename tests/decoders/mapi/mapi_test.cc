#include "decoders/mapi/mapi.h"

#include <gtest/gtest.h>

#include "tests/decoders/coded_bytes.h"
#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/mapi/mapi_writer.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_declared;
using testing::expect_facts;
using testing::expect_never_told;
using testing::listing;
using testing::mapi_answer;
using testing::mapi_request;
using testing::MapiBytes;
using testing::preamble;
using testing::rop_buffer;
using testing::sample;
using testing::value_of;
using testing::values_of;

Facts stated(const Exchange& exchange) {
  Facts facts = testing::stated_by(kMapiDecoder, exchange);
  expect_declared(facts, kMapiDecoder);
  return facts;
}

// A call and the body proper of its answer.
Facts of_call(std::string_view type, const std::string& body) {
  return stated(testing::exchange(mapi_request(type), mapi_answer(type, preamble(0) + body)));
}

std::string logon(std::uint32_t value) {
  return rop_buffer(MapiBytes().byte(0xFE).byte(0).dword(value).bytes(), 6);
}

TEST(MapiEndpoint, IsToldByThePath) {
  EXPECT_EQ(mapi_endpoint("/mapi/emsmdb/"), "emsmdb");
  EXPECT_EQ(mapi_endpoint("/MAPI/Nspi"), "nspi");
  EXPECT_EQ(mapi_endpoint("/mapi/emsmdbx"), "");
  EXPECT_EQ(mapi_endpoint("/mapi/healthcheck.htm"), "");
  EXPECT_EQ(mapi_endpoint("/"), "");
}

TEST(MapiConnect, ThatSucceedsTellsItsSession) {
  const Facts facts = stated(
      testing::exchange(mapi_request("Connect", testing::connect_request("/o=Contoso/cn=mara")),
                        mapi_answer("Connect", preamble(1) + testing::connect_answer(0), 0,
                                    "Set-Cookie: MapiContext=SECRETNEW; path=/mapi/emsmdb\n"
                                    "Set-Cookie: MapiSequence=SECRETNEXT; path=/mapi/emsmdb\n"
                                    "X-TunnelExpirationTime: 1800000\n")));
  expect_facts(facts, {{"mapi.endpoint", "emsmdb"},
                       {"mapi.request_type", "Connect"},
                       {"mapi.request_id", "{e2ea6c1c-e61b-49e9-9cfb-38184f907552}:12"},
                       {"mapi.client_info", "{2ef33c39-49c8-421c-b876-cdf7f2ac3aa0}:7"},
                       {"mapi.client_application", "Outlook/16.0.17328.20142"},
                       {"mapi.server_application", "Exchange/15.20.7544.020"},
                       {"mapi.user_dn", "/o=Contoso/cn=mara"},
                       {"mapi.cookie.sent", "MapiContext"},
                       {"mapi.cookie.sent", "MapiSequence"},
                       {"mapi.cookie.set", "MapiContext"},
                       {"mapi.cookie.set", "MapiSequence"},
                       {"mapi.pending_period", "15000"},
                       {"mapi.expiration", "900000"},
                       {"mapi.tunnel_expiration", "1800000"},
                       {"mapi.response_code", "0"},
                       {"mapi.response_code_name", "success"},
                       {"mapi.pendings", "1"},
                       {"mapi.done", "true"},
                       {"mapi.elapsed", "12"},
                       {"mapi.connect.polls_max", "60000"},
                       {"mapi.connect.retry_count", "6"},
                       {"mapi.connect.retry_delay", "10000"}});
  EXPECT_EQ(values_of(facts, "mapi.preamble"),
            (std::vector<std::string>{"PROCESSING", "PENDING", "DONE"}));
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
  EXPECT_EQ(value_of(facts, "mapi.error.code"), "(absent)");
  EXPECT_EQ(value_of(facts, "decode.mapi.error"), "(absent)");
  expect_never_told(facts, "SECRET");
  expect_never_told(facts, "Mara Example");
}

TEST(MapiConnect, RefusedInItsBodyIsAFailure) {
  const Facts facts = of_call("Connect", testing::connect_answer(0x3EB));
  expect_facts(facts, {{"mapi.response_code", "0"},
                       {"mapi.error.code", "0x000003EB"},
                       {"mapi.error.name", "UnknownUser"},
                       {"answer.failure", "MAPI Connect: UnknownUser (0x000003EB)"}});
}

TEST(MapiConnect, ThatWasNotCarriedOutIsAFailure) {
  const Facts facts = of_call("Connect", testing::failure_answer(0x80040111));
  expect_facts(facts, {{"mapi.status_code", "0x80040111"},
                       {"answer.failure", "MAPI Connect: status LogonFailed (0x80040111)"}});
  EXPECT_EQ(value_of(facts, "mapi.error.code"), "(absent)");
}

TEST(MapiCode, OtherThanZeroIsAFailureWithItsDiagnostics) {
  const Facts facts = stated(testing::exchange(
      mapi_request("Execute"),
      "HTTP/1.1 200 OK\nContent-Type: text/html\nX-RequestType: Execute\nX-ResponseCode: 10\n\n"
      "<html><head><title>Session gone</title></head><body><p>The context is not\r\n"
      "found.</p></body></html>"));
  expect_facts(facts, {{"mapi.response_code", "10"},
                       {"mapi.response_code_name", "context not found"},
                       {"mapi.diagnostics", "Session gone The context is not found."},
                       {"answer.failure", "MAPI response code 10, context not found"}});
  EXPECT_EQ(value_of(facts, "decode.mapi.error"), "(absent)");
}

TEST(MapiCode, BehindDoneOutweighsTheHeads) {
  const Facts facts = stated(testing::exchange(
      mapi_request("Execute"),
      mapi_answer("Execute", preamble(2, "X-ElapsedTime: 30001\r\nX-ResponseCode: 15\r\n"))));
  EXPECT_EQ(values_of(facts, "mapi.response_code"), (std::vector<std::string>{"15"}));
  EXPECT_EQ(value_of(facts, "answer.failure"), "MAPI response code 15, invalid sequence");
}

TEST(MapiCode, OtherThanZeroLeavesNoBodyToRead) {
  const Facts facts = stated(testing::exchange(
      mapi_request("Connect"),
      mapi_answer("Connect", preamble(0, "X-ResponseCode: 12\r\n") + testing::connect_answer(5))));
  EXPECT_EQ(value_of(facts, "mapi.error.code"), "(absent)");
  EXPECT_EQ(values_of(facts, "answer.failure").size(), 1U);
}

TEST(MapiCode, OfAServerThatCountsOtherwiseHasNoName) {
  const Facts facts = stated(testing::exchange(
      mapi_request("Execute"), mapi_answer("Execute", "", 6, "Set-Cookie: sid=SECRET\n")));
  EXPECT_EQ(value_of(facts, "mapi.response_code_name"), "(absent)");
  EXPECT_EQ(value_of(facts, "answer.failure"), "MAPI response code 6");
}

TEST(MapiCode, BesideABadStatusIsNoHiddenFailure) {
  const Facts facts = stated(testing::exchange(
      mapi_request("Execute"), "HTTP/1.1 503 Service Unavailable\nX-ResponseCode: 18\n\n"));
  EXPECT_EQ(value_of(facts, "mapi.response_code_name"), "endpoint shutting down");
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
}

TEST(MapiAnswer, ThatEndsBeforeDoneIsAFailure) {
  Exchange exchange =
      testing::exchange(mapi_request("NotificationWait"),
                        mapi_answer("NotificationWait", "PROCESSING\r\nPENDING\r\n"));
  Facts facts = stated(exchange);
  EXPECT_EQ(value_of(facts, "mapi.done"), "false");
  EXPECT_EQ(value_of(facts, "answer.failure"), "the answer ends before DONE");
  EXPECT_EQ(value_of(facts, "mapi.pendings"), "1");

  // The connection was lost: the end was never seen.
  exchange.answer.complete = false;
  EXPECT_EQ(value_of(stated(exchange), "mapi.done"), "false");
}

TEST(MapiAnswer, MayBeCompressedAsAWhole) {
  const Facts facts = stated(testing::exchange(
      mapi_request("Connect"),
      mapi_answer("Connect", testing::gzipped(preamble(0) + testing::connect_answer(0x3EB)), 0,
                  "Content-Encoding: gzip\n")));
  EXPECT_EQ(value_of(facts, "mapi.error.name"), "UnknownUser");
}

TEST(MapiAnswer, WhoseEndIsUnknownIsNone) {
  for (int i = 0; i < 3; ++i) {
    Exchange exchange = testing::exchange(mapi_request("NotificationWait"),
                                          mapi_answer("NotificationWait", "PROCESSING\r\n"));
    if (i == 0) exchange.still_waiting = true;
    if (i == 1) exchange.client_aborted = true;
    if (i == 2) exchange.answer.body_size += 1;
    const Facts facts = stated(exchange);
    EXPECT_EQ(value_of(facts, "mapi.done"), "(absent)") << i;
    EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)") << i;
  }
}

TEST(MapiNotification, TellsWhetherSomethingHappened) {
  EXPECT_EQ(value_of(of_call("NotificationWait", testing::notification_answer(0, 1)),
                     "mapi.notification.pending"),
            "true");
  const Facts quiet = of_call("NotificationWait", testing::notification_answer(0, 0));
  EXPECT_EQ(value_of(quiet, "mapi.notification.pending"), "false");
  EXPECT_EQ(value_of(quiet, "answer.failure"), "(absent)");
}

TEST(MapiBind, ThatFailsIsAFailure) {
  const Facts facts = stated(
      testing::exchange(mapi_request("Bind", "", "/mapi/nspi/?MailboxId=8f0d@contoso.com"),
                        mapi_answer("Bind", preamble(0) + testing::bind_answer(0x80040111))));
  expect_facts(facts, {{"mapi.endpoint", "nspi"},
                       {"mapi.error.name", "LogonFailed"},
                       {"answer.failure", "MAPI Bind: LogonFailed (0x80040111)"}});
}

TEST(MapiUnbind, ThatReturnsOneHasSucceeded) {
  const Facts facts = of_call("Unbind", testing::short_answer(1));
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
  EXPECT_EQ(value_of(facts, "mapi.error.code"), "(absent)");
}

TEST(MapiLookUp, ThatFindsNothingIsNoFailure) {
  const Facts facts = of_call("GetMatches", testing::short_answer(0x8004010F));
  EXPECT_EQ(value_of(facts, "mapi.error.name"), "NotFound");
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
}

TEST(MapiExecute, WhoseLogonIsRefusedIsAFailure) {
  const Facts facts = of_call("Execute", testing::execute_answer(0, logon(0x7D8)));
  expect_facts(facts, {{"mapi.rop", "RopLogon"},
                       {"mapi.rop.error.code", "0x000007D8"},
                       {"mapi.rop.error.name", "ProtocolDisabled"},
                       {"answer.failure", "MAPI RopLogon: ProtocolDisabled (0x000007D8)"}});
  EXPECT_EQ(value_of(facts, "mapi.error.code"), "(absent)");
}

TEST(MapiExecute, WhoseOtherWorkFailsIsNone) {
  const std::string open = MapiBytes().byte(0x03).byte(0).dword(0x8004010F).bytes();
  const Facts facts = of_call("Execute", testing::execute_answer(0, rop_buffer(open, 4)));
  expect_facts(facts, {{"mapi.rop", "ROP 0x03"}, {"mapi.rop.error.name", "NotFound"}});
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
}

TEST(MapiExecute, ThatIsCompressedSaysThatItWasNotLookedAt) {
  const Facts facts = of_call("Execute", testing::execute_answer(0, rop_buffer("anything", 5)));
  EXPECT_EQ(value_of(facts, "mapi.rop.unread"), "compressed");
  EXPECT_EQ(value_of(facts, "mapi.rop"), "(absent)");
}

TEST(MapiAnswer, ThatIsAWebPageIsAFailure) {
  const Facts facts = stated(testing::exchange(
      mapi_request("Connect"), "HTTP/1.1 200 OK\nContent-Type: text/html\n\n<html>Sign in</html>"));
  EXPECT_EQ(value_of(facts, "answer.failure"), "a web page instead of a MAPI/HTTP answer");
  EXPECT_EQ(value_of(facts, "mapi.diagnostics"), "(absent)");
}

TEST(MapiDiagnostics, AreTheWordsOfExchangesOwnPage) {
  const Facts facts = stated(
      testing::exchange(mapi_request("Connect"),
                        "HTTP/1.1 200 OK\nContent-Type: text/html\nX-FEServer: FE1\n\n"
                        "<html><body>Connection blocked by Client Access Rules</body></html>"));
  EXPECT_EQ(value_of(facts, "mapi.diagnostics"), "Connection blocked by Client Access Rules");
  EXPECT_EQ(value_of(facts, "answer.failure"), "a web page instead of a MAPI/HTTP answer");
}

TEST(MapiDiagnostics, AreWhatFollowsDoneWithACode) {
  const Facts facts = stated(testing::exchange(
      mapi_request("Connect"), mapi_answer("Connect",
                                           "PROCESSING\r\nDONE\r\nX-ResponseCode: 5\r\n\r\n"
                                           "<p>ProtocolDisabled</p>")));
  EXPECT_EQ(value_of(facts, "mapi.response_code"), "5");
  EXPECT_EQ(value_of(facts, "mapi.diagnostics"), "ProtocolDisabled");
}

TEST(MapiAnswer, OfABadStatusMayBeAPage) {
  const Facts facts = stated(testing::exchange(
      mapi_request("Connect"),
      "HTTP/1.1 401 Unauthorized\nContent-Type: text/html\n\n<html>You are not</html>"));
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
  EXPECT_EQ(value_of(facts, "decode.mapi.error"), "(absent)");
}

TEST(MapiAnswer, ThatIsSomethingElseSaysSo) {
  const Facts facts = stated(
      testing::exchange(mapi_request("Connect"), mapi_answer("Connect", "\x01\x02\x03\x04")));
  EXPECT_EQ(value_of(facts, "decode.mapi.error"), "the answer does not begin with PROCESSING");
}

TEST(MapiAnswer, CutAnywhereStatesOnlyWhatIsDeclaredAndNoFailureOfItsOwn) {
  const std::string body = preamble(1) + testing::execute_answer(0, logon(0));
  for (std::size_t size = 0; size <= body.size(); ++size) {
    Exchange exchange =
        testing::exchange(mapi_request("Execute"), mapi_answer("Execute", body.substr(0, size)));
    exchange.answer.body_size = body.size() + 1;
    EXPECT_EQ(value_of(stated(exchange), "answer.failure"), "(absent)") << size;
  }
}

TEST(MapiRequest, WithoutAnAnswerIsStated) {
  const Facts facts = stated(testing::exchange(mapi_request("Connect"), ""));
  EXPECT_EQ(value_of(facts, "mapi.request_type"), "Connect");
  EXPECT_EQ(value_of(facts, "mapi.response_code"), "(absent)");
}

TEST(MapiDiagnostics, AreBoundedAndHoldNoToken) {
  const std::string token(200, 'A');
  const Facts facts = stated(testing::exchange(
      mapi_request("Execute"),
      mapi_answer("Execute",
                  "<p>" + token + std::string(9000, ' ') + std::string(9000, 'x') + "</p>", 12)));
  expect_never_told(facts, token);
  EXPECT_LE(value_of(facts, "mapi.diagnostics").size(), 512U);
}

// The samples give heads only: their bodies were binary, and are not part of them.
Exchange of_meta(const std::string& text, std::string_view body) {
  const auto section = [&text](std::string_view name) {
    const std::size_t from = text.find(name);
    if (from == std::string::npos) return std::string();
    const std::size_t begin = text.find('\n', from) + 1;
    const std::size_t end = text.find("\n[", begin);
    std::string lines = text.substr(begin, end == std::string::npos ? end : end - begin);
    while (lines.ends_with('\n')) lines.pop_back();
    return lines + "\n";
  };
  const std::size_t url = text.find("exchange-lab-01/") + 15;
  const std::string target = text.substr(url, text.find('\n', url) - url);
  return testing::exchange(
      "POST " + target + " HTTP/1.1\nHost: exchange-lab-01\n" + section("[request-headers]") + "\n",
      "HTTP/1.1 200 OK\n" + section("[response-headers]") + "\n" + std::string(body));
}

TEST(MapiSample, APingIsAnswered) {
  const auto text = sample("mapi-ping.txt");
  if (!text) GTEST_SKIP() << "samples are not on this machine";
  const Facts facts = stated(of_meta(*text, preamble(0)));
  expect_facts(facts, {{"mapi.endpoint", "emsmdb"},
                       {"mapi.request_type", "PING"},
                       {"mapi.request_id", "{00000000-0000-0000-0000-000000000000}:1"},
                       {"mapi.client_application", "Outlook/15.00.0847.4040"},
                       {"mapi.server_application", "Exchange/15.02.2562.045"},
                       {"mapi.response_code", "0"},
                       {"mapi.done", "true"},
                       {"mapi.pending_period", "30000"}});
  EXPECT_EQ(values_of(facts, "mapi.cookie.set"),
            (std::vector<std::string>{"MapiRouting", "X-BackEndCookie"}));
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)") << listing(facts);
}

TEST(MapiSample, AConnectIsRefusedInItsBodyAlone) {
  const auto text = sample("mapi-connect-refused.txt");
  if (!text) GTEST_SKIP() << "samples are not on this machine";
  const Facts facts = stated(of_meta(*text, preamble(0) + testing::connect_answer(0x3EB)));
  expect_facts(facts, {{"mapi.request_type", "Connect"},
                       {"mapi.request_id", "{00000000-0000-0000-0000-000000000000}:1"},
                       {"mapi.client_info", "{00000000-0000-0000-0000-000000000000}:0"},
                       {"mapi.client_application", "Outlook/15.00.0847.4040"},
                       {"mapi.server_application", "Exchange/15.02.2562.045"},
                       {"mapi.response_code", "0"},
                       {"mapi.pending_period", "30000"},
                       {"mapi.expiration", "300000"},
                       {"mapi.tunnel_expiration", "1800000"},
                       {"mapi.error.name", "UnknownUser"},
                       {"answer.failure", "MAPI Connect: UnknownUser (0x000003EB)"}});
  EXPECT_EQ(
      values_of(facts, "mapi.cookie.set"),
      (std::vector<std::string>{"MapiRouting", "MapiContext", "MapiSequence", "X-BackEndCookie"}));
  // The head alone is no success: without the body nothing says that the Connect came through.
  const Facts head_alone = stated(of_meta(*text, ""));
  EXPECT_EQ(value_of(head_alone, "mapi.done"), "(absent)");
}

TEST(MapiSample, ThePageOfABrowserIsNoAnswerOfTheProtocol) {
  const auto text = sample("http-mapi-connectivity-page.txt");
  if (!text) GTEST_SKIP() << "samples are not on this machine";
  const Facts facts =
      stated(testing::exchange("GET /mapi/nspi/ HTTP/1.1\nHost: mail.exchange.local\n\n", *text));
  expect_facts(facts, {{"mapi.endpoint", "nspi"},
                       {"mapi.server_application", "Exchange/15.01.2176.009"},
                       {"mapi.cookie.set", "X-BackEndCookie"}});
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
  EXPECT_EQ(value_of(facts, "mapi.request_type"), "(absent)");
  EXPECT_EQ(value_of(facts, "decode.mapi.error"), "(absent)");
}

}  // namespace
}  // namespace exotap
