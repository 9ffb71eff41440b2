#include "decoders/rpc/rpc.h"

#include <gtest/gtest.h>

#include "tests/decoders/auth_messages.h"
#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/rpc/rpc_writer.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using namespace testing;

constexpr std::string_view kTarget =
    "/rpc/rpcproxy.dll?8f0d7ef5-4a1c-4b06-8ac1-0d2cb23c9d11@contoso.com:6001";

Facts stated(const Exchange& exchange) {
  Facts facts = stated_by(kRpcDecoder, exchange);
  expect_declared(facts, kRpcDecoder);
  return facts;
}

std::string request(std::string_view method, std::string_view body, std::string_view more = {}) {
  return std::string(method) + " " + std::string(kTarget) +
         " HTTP/1.1\nHost: mail.contoso.com\nUser-Agent: MSRPC\nAccept: application/rpc\n" +
         std::string(more) + "\n" + std::string(body);
}

std::string success(std::string_view body) {
  return "HTTP/1.1 200 Success\nContent-Type: application/rpc\nContent-Length: 1073741824\n\n" +
         std::string(body);
}

Facts of_out(std::string_view answer) {
  return stated(testing::exchange(request("RPC_OUT_DATA", conn_a1()), success(answer)));
}

Facts of_in(std::string_view body) {
  Exchange exchange = testing::exchange(request("RPC_IN_DATA", body), "");
  exchange.request.complete = false;
  return stated(exchange);
}

TEST(RpcDecoder, RecognisesVerbsAndProxies) {
  const auto recognised = [](std::string_view text) {
    return kRpcDecoder.recognises(testing::exchange(text, ""));
  };
  EXPECT_TRUE(recognised("RPC_IN_DATA /anything HTTP/1.1\n"));
  EXPECT_TRUE(recognised("GET /rpc/rpcproxy.dll HTTP/1.1\n"));
  EXPECT_FALSE(recognised("POST /ews/exchange.asmx HTTP/1.1\n"));
  EXPECT_FALSE(kRpcDecoder.recognises(Exchange{}));
}

TEST(RpcOutChannel, ThatIsSetUpTellsHow) {
  const Facts facts = stated(testing::exchange(
      request("RPC_OUT_DATA", conn_a1(),
              "Pragma: No-cache\nPragma: MinConnTimeout=120, SessionId=a-b-c\n"
              "Pragma: ResourceTypeUuid=d-e-f\n"),
      success(conn_a3() + conn_c2() + rpc_packet(12, bind_ack_body({{0, 0}, {3, 3}})))));
  expect_facts(facts, {{"rpc.channel", "out"},
                       {"rpc.server", "8f0d7ef5-4a1c-4b06-8ac1-0d2cb23c9d11@contoso.com"},
                       {"rpc.port", "6001"},
                       {"rpc.service", "store"},
                       {"rpc.min_connection_timeout", "120"},
                       {"rpc.session_id", "a-b-c"},
                       {"rpc.resource_type", "d-e-f"},
                       {"rpc.request.rts", "CONN/A1"},
                       {"rpc.request.packets", "1"},
                       {"rpc.answer.rts", "CONN/A3"},
                       {"rpc.answer.rts", "CONN/C2"},
                       {"rpc.answer.packets", "3"},
                       {"rpc.connection_timeout", "120000"},
                       {"rpc.connection_timeout", "180000"},
                       {"rpc.receive_window", "65536"},
                       {"rpc.bind.result", "acceptance"},
                       {"rpc.bind.result", "negotiate_ack"}});
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
  EXPECT_EQ(value_of(facts, "rpc.echo"), "(absent)");
  EXPECT_EQ(value_of(facts, "rpc.cut"), "(absent)");
  EXPECT_EQ(value_of(facts, "rpc.with_certificate"), "(absent)");
  expect_never_told(facts, "SECRETRTSCOOKIE");
}

TEST(RpcInChannel, TellsWhatTheClientBindsTo) {
  const Facts facts =
      of_in(conn_b1() + rpc_packet(11, bind_body({{kEmsmdb, 0x00510000}, {kNspi, 56}})) +
            rts(1, {}) + rts(1, {}));
  expect_facts(facts, {{"rpc.channel", "in"},
                       {"rpc.request.rts", "CONN/B1"},
                       {"rpc.channel_lifetime", "1073741824"},
                       {"rpc.client_keepalive", "300000"},
                       {"rpc.interface", "EMSMDB 0.81"},
                       {"rpc.interface", "NSPI 56.0"},
                       {"rpc.request.packets", "4"}});
  // Signs of life are told once.
  EXPECT_EQ(values_of(facts, "rpc.request.rts"), (std::vector<std::string>{"CONN/B1", "Ping"}));
}

TEST(RpcInChannel, OfWhichOnlyTheBeginningWasKeptSaysSo) {
  const std::string body = conn_b1() + rpc_packet(0, std::string(100, 'x'));
  Exchange exchange =
      testing::exchange(request("RPC_IN_DATA", body.substr(0, body.size() - 30)), "");
  exchange.request.body_size = 1 << 20;
  exchange.request.complete = false;
  const Facts facts = stated(exchange);
  EXPECT_EQ(value_of(facts, "rpc.cut"), "true");
  EXPECT_EQ(value_of(facts, "rpc.request.packets"), "1");
  EXPECT_EQ(value_of(facts, "decode.rpc.error"), "(absent)");
}

TEST(RpcFault, BehindSuccessIsAFailure) {
  const Facts facts = of_out(conn_a3() + conn_c2() + rpc_packet(3, fault_body(5)) +
                             rpc_packet(3, fault_body(0x12345678)));
  expect_facts(facts, {{"rpc.fault.status", "0x00000005"},
                       {"rpc.fault.status", "0x12345678"},
                       {"rpc.fault.name", "ERROR_ACCESS_DENIED"},
                       {"answer.failure", "RPC fault ERROR_ACCESS_DENIED (0x00000005)"}});
  EXPECT_EQ(values_of(facts, "answer.failure").size(), 1U);
}

TEST(RpcBind, ThatIsRefusedIsAFailure) {
  const Facts whole = of_out(rpc_packet(13, RpcBytes().word(8).byte(1).byte(5).byte(0).bytes()));
  expect_facts(whole, {{"rpc.bind.refused", "authentication_type_not_recognized"},
                       {"answer.failure", "RPC bind refused: authentication_type_not_recognized"}});
  const Facts one = of_out(rpc_packet(12, bind_ack_body({{2, 1}})));
  expect_facts(one, {{"rpc.bind.result", "provider_rejection: abstract_syntax_not_supported"},
                     {"answer.failure", "RPC bind refused: abstract_syntax_not_supported"}});
  // Of the transfer syntaxes Windows offers, a server takes one.
  const Facts syntax = of_out(rpc_packet(12, bind_ack_body({{0, 0}, {2, 2}, {3, 3}})));
  EXPECT_EQ(value_of(syntax, "answer.failure"), "(absent)");
}

TEST(RpcAuth, TellsTheSignInInsideWithoutItsSecrets) {
  const std::string type1 = ntlm(1);
  const std::string type3 = authenticate_message({.response = v2_response(kAvEnd)});
  const Facts asked = of_in(conn_b1() + rpc_packet(11, bind_body({{kNspi, 56}}), type1, 10, 6) +
                            rpc_packet(16, "pad!", type3, 10, 6));
  expect_facts(asked, {{"rpc.auth.type", "ntlm"},
                       {"rpc.auth.level", "privacy"},
                       {"rpc.auth.ntlm", "negotiate"},
                       {"rpc.auth.ntlm", "authenticate"},
                       {"rpc.auth.user", "anna"},
                       {"rpc.auth.domain", "CONTOSO"},
                       {"rpc.auth.workstation", "PC7"}});
  EXPECT_EQ(values_of(asked, "rpc.auth.type").size(), 1U);
  expect_never_told(asked, "ZZZZ");

  const std::string type2 = challenge_message(wide("CONTOSO"), kAvEnd);
  const Facts answered =
      of_out(conn_a3() + rpc_packet(12, bind_ack_body({{0, 0}}), "\xA1\x07" + type2, 9, 2));
  expect_facts(answered, {{"rpc.auth.type", "negotiate"},
                          {"rpc.auth.level", "connect"},
                          {"rpc.auth.ntlm", "challenge"},
                          {"rpc.auth.target", "CONTOSO"}});
  expect_never_told(answered, "ZZZZ");
}

TEST(RpcProxy, ThatRefusesSaysWhyInItsReason) {
  const Facts facts = stated(
      testing::exchange(request("RPC_IN_DATA", ""),
                        "HTTP/1.0 503 RPC Error: 6ba, EEInfo: AQAAAA==\n\nRPC EEInfo:AQAAAA=="));
  expect_facts(facts, {{"rpc.error.code", "0x000006ba"},
                       {"rpc.error.name", "RPC_S_SERVER_UNAVAILABLE"},
                       {"rpc.error.has_details", "true"}});
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
}

TEST(RpcEcho, IsARequestWithoutPackets) {
  const Facts facts =
      stated(testing::exchange(request("RPC_IN_DATA", "123"), success(rts(64, {}))));
  expect_facts(facts, {{"rpc.echo", "true"}, {"rpc.answer.rts", "Echo"}});
  EXPECT_EQ(value_of(facts, "decode.rpc.error"), "(absent)");
}

TEST(RpcRequest, WithCertificateOrInVersionOneSaysSo) {
  const Facts facts =
      stated(testing::exchange("RPC_CONNECT /rpcwithcert/rpcproxy.dll?ex01:6004 HTTP/1.1\n\n", ""));
  expect_facts(facts, {{"rpc.channel", "mixed"},
                       {"rpc.with_certificate", "true"},
                       {"rpc.server", "ex01"},
                       {"rpc.service", "directory"}});
  EXPECT_EQ(
      value_of(stated(testing::exchange("GET /rpc/rpcproxy.dll HTTP/1.1\n\n",
                                        "HTTP/1.1 200 OK\nContent-Type: text/html\n\n<html>")),
               "rpc.channel"),
      "none");
}

TEST(RpcAnswer, ThatIsNotOfTheProtocolSaysSo) {
  EXPECT_EQ(value_of(stated(testing::exchange(
                         request("RPC_OUT_DATA", conn_a1()),
                         "HTTP/1.1 200 OK\nContent-Type: text/html\n\n<html>Welcome</html>")),
                     "answer.failure"),
            "a web page instead of an RPC answer");
  EXPECT_EQ(value_of(of_out(conn_a3() + "garbage in the channel"), "decode.rpc.error"),
            "no RPC packet at byte 28 of the answer");
}

TEST(RpcBody, FullOfEverythingStaysWithinItsBudget) {
  std::string body;
  for (int i = 0; i < 2000; ++i) {
    body += rpc_packet(3, fault_body(static_cast<std::uint32_t>(i)), "T" + std::to_string(i),
                       static_cast<unsigned>(i), 2);
    body += conn_c2();
  }
  const Facts facts = of_out(body);
  EXPECT_FALSE(facts.overflowed());
  EXPECT_LT(facts.size(), 6 * kMaxRpcStated);
  EXPECT_EQ(value_of(facts, "rpc.answer.packets"), "4000");
}

TEST(RpcSample, ASignInOfAProbeIsRead) {
  const auto text = sample("http-rpc-in-data-ntlm.txt");
  if (!text) GTEST_SKIP() << "samples are not on this machine";
  const Facts facts = stated(testing::exchange(*text, ""));
  expect_facts(facts, {{"rpc.channel", "in"}, {"rpc.echo", "true"}});
  EXPECT_EQ(value_of(facts, "rpc.server"), "(absent)");
  EXPECT_EQ(value_of(facts, "decode.rpc.error"), "(absent)");
}

// The captures are of RPC straight over TCP: the packets are the same.
std::string packets_of_capture(std::string_view name, char type) {
  const auto bytes = sample(name);
  if (!bytes) return {};
  const std::size_t at = bytes->find(std::string("\x05\x00", 2) + type + '\x03');
  if (at == std::string::npos) return {};
  const auto length = static_cast<unsigned char>((*bytes)[at + 8]) +
                      256U * static_cast<unsigned char>((*bytes)[at + 9]);
  return bytes->substr(at, length);
}

TEST(RpcSample, SignInsOfCapturesAreRead) {
  for (const char* name : {"pcap-ntlm-empty-av.pcap", "pcap-ntlm-unterminated-av.pcap"}) {
    const std::string bind = packets_of_capture(name, 11);
    if (bind.empty()) GTEST_SKIP() << "samples are not on this machine";
    const Facts asked = of_in(conn_b1() + bind);
    EXPECT_EQ(value_of(asked, "rpc.auth.type"), "ntlm") << name;
    EXPECT_EQ(value_of(asked, "rpc.auth.ntlm"), "negotiate") << name;
    EXPECT_NE(value_of(asked, "rpc.interface"), "(absent)") << name;
    EXPECT_EQ(value_of(asked, "decode.rpc.error"), "(absent)") << listing(asked);
    const Facts answered = of_out(conn_a3() + packets_of_capture(name, 12));
    EXPECT_EQ(value_of(answered, "rpc.auth.ntlm"), "challenge") << name;
    EXPECT_EQ(value_of(answered, "rpc.auth.target"), "CNAMIS") << name;
    EXPECT_EQ(value_of(answered, "answer.failure"), "(absent)") << listing(answered);
  }
}

}  // namespace
}  // namespace exotap
