#include "decoders/connection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/decoders/exchange_from_text.h"

namespace exotap {
namespace {

using namespace testing;
using namespace fact;

Facts decoded(const Exchange& exchange) {
  Facts facts;
  EXPECT_TRUE(kConnectionDecoder.recognises(exchange));
  kConnectionDecoder.decode(exchange, facts);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    EXPECT_THAT(kConnectionDecoder.emits, ::testing::Contains(facts[i].spec));
  }
  return facts;
}

Exchange answered(int status) {
  Exchange made = exchange("GET / HTTP/1.1\nHost: h\n\n", "HTTP/1.1 200 OK\n\n");
  made.answer.head.status = static_cast<std::uint16_t>(status);
  return made;
}

Exchange failed(FaultType type, Stage stage, std::string code) {
  Exchange made = exchange("CONNECT h:443 HTTP/1.1\nHost: h:443\n\n", "");
  made.is_connect = true;
  made.fault = {type, stage, std::move(code), "One plain sentence."};
  return made;
}

TEST(Connection, AHealthyOneSaysWhoAndHowLong) {
  Exchange made = answered(200);
  made.connection_id = 17;
  made.sequence = 3;
  made.timings.total = Nanoseconds(5'000'000'000);
  made.timings.wait = Nanoseconds(400);
  const Facts facts = decoded(made);
  EXPECT_EQ(facts.number(kEventDuration), 5'000'000'000);
  EXPECT_EQ(facts.number(kExotapTimingWait), 400);
  EXPECT_FALSE(facts.has(kExotapTimingDns));
  EXPECT_EQ(facts.number(kExotapConnectionId), 17);
  EXPECT_EQ(facts.number(kExotapConnectionSequence), 3);
  EXPECT_EQ(facts.text(kClientAddress), "127.0.0.1");
  EXPECT_EQ(facts.number(kClientPort), 50000);
  EXPECT_EQ(facts.text(kDestinationIp), "192.0.2.10");
  EXPECT_EQ(facts.number(kDestinationPort), 443);
  EXPECT_EQ(facts.text(kExotapHandling), "opened");
  EXPECT_EQ(facts.number(kExotapMailRelated), 1);
}

TEST(Connection, TheProxyBehindExotapIsNamedWhereThereIsOne) {
  EXPECT_FALSE(decoded(answered(200)).has(kExotapUpstreamAddress));
  EXPECT_FALSE(decoded(answered(200)).has(kExotapUpstreamType));
  Exchange made = answered(200);
  made.upstream_address = "http://proxy.contoso.com:8080";
  made.upstream_type = "pac";
  made.upstream_sign_in = "sent";
  const Facts facts = decoded(made);
  EXPECT_EQ(facts.text(kExotapUpstreamAddress), "http://proxy.contoso.com:8080");
  EXPECT_EQ(facts.text(kExotapUpstreamType), "pac");
}

TEST(Connection, FlagsAreStatedOnlyWhereTheyAreTrue) {
  const Facts plain = decoded(answered(200));
  for (const FactSpec* spec : {&kExotapConnect, &kExotapStillWaiting, &kExotapSpeculative,
                               &kExotapClientAborted, &kExotapClearToProxy, &kErrorType}) {
    EXPECT_FALSE(plain.has(*spec)) << spec->name;
  }
  Exchange made = answered(200);
  made.is_connect = made.still_waiting = made.speculative = true;
  made.client_aborted = made.clear_to_proxy = true;
  made.mail_related = false;
  const Facts flagged = decoded(made);
  for (const FactSpec* spec : {&kExotapConnect, &kExotapStillWaiting, &kExotapSpeculative,
                               &kExotapClientAborted, &kExotapClearToProxy}) {
    EXPECT_TRUE(flagged.is_true(*spec)) << spec->name;
  }
  EXPECT_EQ(flagged.number(kExotapMailRelated), 0);
}

TEST(Connection, AFaultIsNamedWithItsStage) {
  const Facts facts = decoded(failed(FaultType::tcp, Stage::connect, "ECONNREFUSED"));
  EXPECT_EQ(facts.text(kErrorType), "tcp");
  EXPECT_EQ(facts.text(kErrorCode), "ECONNREFUSED");
  EXPECT_EQ(facts.text(kErrorMessage), "One plain sentence.");
  EXPECT_EQ(facts.text(kExotapFaultStage), "connect");
  EXPECT_FALSE(facts.has(kDnsResponseCode));
}

TEST(Connection, EveryFaultAndStageHasItsWord) {
  const std::pair<FaultType, const char*> types[] = {
      {FaultType::dns, "dns"},      {FaultType::tcp, "tcp"},   {FaultType::proxy, "proxy"},
      {FaultType::tls, "tls"},      {FaultType::http, "http"}, {FaultType::timeout, "timeout"},
      {FaultType::client, "client"}};
  for (const auto& [type, word] : types) {
    EXPECT_EQ(decoded(failed(type, Stage::tls, "")).text(kErrorType), word);
  }
  const std::pair<Stage, const char*> stages[] = {
      {Stage::resolve, "resolve"}, {Stage::connect, "connect"}, {Stage::tls, "tls"},
      {Stage::request, "request"}, {Stage::answer, "answer"},   {Stage::tunnel, "tunnel"}};
  for (const auto& [stage, word] : stages) {
    EXPECT_EQ(decoded(failed(FaultType::tcp, stage, "")).text(kExotapFaultStage), word);
  }
}

TEST(Connection, WhatStillWaitsSaysForWhatThoughNothingFailed) {
  Exchange waiting = failed(FaultType::none, Stage::connect, "");
  waiting.still_waiting = true;
  const Facts facts = decoded(waiting);
  EXPECT_EQ(facts.text(kExotapFaultStage), "connect");
  EXPECT_FALSE(facts.has(kErrorType));
  waiting.still_waiting = false;
  EXPECT_FALSE(decoded(waiting).has(kExotapFaultStage));
}

TEST(Connection, NamesThatDoNotResolve) {
  const std::pair<const char*, const char*> codes[] = {
      {"HOST_NOT_FOUND", "NXDOMAIN"}, {"NO_DATA", "NO_DATA"}, {"TRY_AGAIN", "SERVFAIL"}};
  for (const auto& [code, word] : codes) {
    EXPECT_EQ(decoded(failed(FaultType::dns, Stage::resolve, code)).text(kDnsResponseCode), word);
  }
  EXPECT_FALSE(decoded(failed(FaultType::dns, Stage::resolve, "other")).has(kDnsResponseCode));
}

TEST(Connection, NothingDialledHasNoDestination) {
  Exchange made = failed(FaultType::dns, Stage::resolve, "HOST_NOT_FOUND");
  made.server = {};
  const Facts facts = decoded(made);
  EXPECT_FALSE(facts.has(kDestinationIp));
  EXPECT_FALSE(facts.has(kDestinationPort));
}

TEST(Connection, HandlingAndItsReason) {
  const std::pair<Handling, const char*> ways[] = {{Handling::opened, "opened"},
                                                   {Handling::tunnelled, "tunnelled"},
                                                   {Handling::clear, "clear"},
                                                   {Handling::refused, "refused"},
                                                   {Handling::probed, "probed"}};
  for (const auto& [way, word] : ways) {
    Exchange made = answered(200);
    made.handling = way;
    made.handling_reason = "tunnel_option";
    EXPECT_EQ(decoded(made).text(kExotapHandling), word);
    EXPECT_EQ(decoded(made).text(kExotapHandlingReason), "tunnel_option");
  }
}

TEST(Connection, WhatExotapAskedItselfIsMarked) {
  EXPECT_FALSE(decoded(answered(200)).has(kExotapProbe));
  Exchange asked;
  asked.handling = Handling::probed;
  asked.probe.emplace();
  EXPECT_EQ(decoded(asked).text(kExotapProbe), "certificate");
  EXPECT_FALSE(decoded(asked).has(kExotapProbeError));
  asked.probe->no_answer = "Nothing answered there.";
  EXPECT_EQ(decoded(asked).text(kExotapProbeError), "Nothing answered there.");
}

}  // namespace
}  // namespace exotap
